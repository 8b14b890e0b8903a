namespace NetworkGraph.People.Measures;

/// <summary>A dormant tie and what reviving it is worth: reconnectValue = peak/(1+peak) × balance × novelty × answer.</summary>
[GenerateSerializer, Immutable]
public sealed record DormantTie
{
    /// <summary>Id of the other.</summary>
    [Id(0)] public required string Person { get; init; }

    [Id(1)] public required double SilenceDays { get; init; }

    /// <summary>The highest √(s_uv·s_vu) at any of the dyad's interactions.</summary>
    [Id(2)] public required double PeakStrength { get; init; }

    /// <summary>Balance at that interaction, in [0,1].</summary>
    [Id(3)] public required double Balance { get; init; }

    /// <summary>Share of the other's mutual contacts that are not mine, in [0,1]; null where they have none.</summary>
    [Id(4)] public required double? Novelty { get; init; }

    /// <summary>(answered + 1)/(sent + 2), in (0,1).</summary>
    [Id(5)] public required double AnswerProbability { get; init; }

    /// <summary>In [0,1]; null where the novelty is.</summary>
    [Id(6)] public required double? ReconnectValue { get; init; }

    [Id(7)] public required DormantTieEvidence Evidence { get; init; }
}

/// <summary>What the numbers of a <see cref="DormantTie"/> rest on.</summary>
[GenerateSerializer, Immutable]
public sealed record DormantTieEvidence
{
    /// <summary>peak/(1+peak), in [0,1).</summary>
    [Id(0)] public required double PeakShare { get; init; }

    /// <summary>When the strength was at its peak; null where it never was above 0 in both directions.</summary>
    [Id(1)] public required DateTimeOffset? PeakAt { get; init; }

    /// <summary>My message-like approaches (mutual kinds are none).</summary>
    [Id(2)] public required int Sent { get; init; }

    /// <summary>How many of them were answered in time.</summary>
    [Id(3)] public required int Answered { get; init; }

    [Id(4)] public required DateTimeOffset FirstContact { get; init; }

    [Id(5)] public required DateTimeOffset LastContact { get; init; }

    /// <summary>Message-like interactions in each direction.</summary>
    [Id(6)] public required DirectedCount MessageLike { get; init; }
}
