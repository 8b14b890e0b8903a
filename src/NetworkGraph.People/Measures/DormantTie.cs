namespace NetworkGraph.People.Measures;

/// <summary>
/// A dormant tie and what reviving it is worth: reconnectValue = answerProbability × worth, where worth = 1 − (1 − trust)(1 −
/// newness), or trust alone where the newness is not known.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record DormantTie
{
    /// <summary>Id of the other.</summary>
    [Id(0)] public required string Person { get; init; }

    /// <summary>What the other is called; null where that is not known.</summary>
    [Id(12)] public string? Name { get; init; }

    /// <summary>What stands behind the id: person, role, list, room, bot or organisation.</summary>
    [Id(60)] public string Entity { get; init; } = "person";

    [Id(1)] public required double SilenceDays { get; init; }

    /// <summary>The highest √(c_uv·c_vu) at any of the dyad's contacts.</summary>
    [Id(2)] public required double PeakStrength { get; init; }

    /// <summary>Balance at that contact, in [0,1]; null where the peak is 0.</summary>
    [Id(3)] public required double? Balance { get; init; }

    /// <summary>Share of the other's mutual contacts that are not mine, in [0,1]; null where the log knows none.</summary>
    [Id(4)] public required double? Novelty { get; init; }

    /// <summary>Whether the log knows the other's contacts, so that novelty and newness mean something.</summary>
    [Id(5)] public required bool NoveltyKnown { get; init; }

    /// <summary>Episodes of contacts they had.</summary>
    [Id(6)] public required int Episodes { get; init; }

    /// <summary>That the other answers, or contact comes back, when I write now; in (0,1).</summary>
    [Id(7)] public required double AnswerProbability { get; init; }

    /// <summary>peak/(1+peak) × balance at the peak × share of my asks that were answered (with two more that were), in [0,1].</summary>
    [Id(8)] public required double Trust { get; init; }

    /// <summary>
    /// Novelty, less for much time spent together and for the same organisation, in [0,1]; null where the novelty is not known.
    /// </summary>
    [Id(9)] public required double? Newness { get; init; }

    /// <summary>What the tie is worth reviving for, times the probability of an answer; in [0,1].</summary>
    [Id(10)] public required double ReconnectValue { get; init; }

    [Id(11)] public required DormantTieEvidence Evidence { get; init; }
}

/// <summary>What the numbers of a <see cref="DormantTie"/> rest on.</summary>
[GenerateSerializer, Immutable]
public sealed record DormantTieEvidence
{
    /// <summary>peak/(1+peak), in [0,1).</summary>
    [Id(0)] public required double PeakShare { get; init; }

    /// <summary>When the strength was at its peak; null where it never was above 0 in both directions.</summary>
    [Id(1)] public required DateTimeOffset? PeakAt { get; init; }

    /// <summary>My contacts that went one way (mutual kinds are none).</summary>
    [Id(2)] public required int Sent { get; init; }

    /// <summary>How many of them were answered in time.</summary>
    [Id(3)] public required int Answered { get; init; }

    /// <summary>My asks, and how many of them were answered in time.</summary>
    [Id(4)] public required int Asks { get; init; }

    [Id(5)] public required int AsksAnswered { get; init; }

    [Id(6)] public required DateTimeOffset FirstContact { get; init; }

    [Id(7)] public required DateTimeOffset LastContact { get; init; }

    /// <summary>Contacts in each direction.</summary>
    [Id(8)] public required DirectedCount Contacts { get; init; }
}
