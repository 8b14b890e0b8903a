namespace NetworkGraph.Engine.Ties;

/// <summary>
/// What a snapshot knows of one dyad, seen from one of its two people ("out" is from that person, "in" is towards them).
/// Facts hold at the date the snapshot was built for; only what decays or ages is computed at query time.
/// </summary>
public readonly record struct DyadFacts
{
    /// <summary>Tie strength out, decayed to the snapshot's landmark; 0 where not tied in that direction.</summary>
    public double StrengthOut { get; init; }

    /// <summary>Tie strength in, decayed to the snapshot's landmark; 0 where not tied in that direction.</summary>
    public double StrengthIn { get; init; }

    /// <summary>Unix ms of the first interaction.</summary>
    public long FirstContactMs { get; init; }

    /// <summary>Unix ms of the last interaction.</summary>
    public long LastContactMs { get; init; }

    /// <summary>Median of the gaps between interactions, days; 30 with fewer than 3 interactions.</summary>
    public float MedianGapDays { get; init; }

    /// <summary>Number of interactions.</summary>
    public int Interactions { get; init; }

    /// <summary>Message-like interactions out, by this person.</summary>
    public int MessageLikeOut { get; init; }

    /// <summary>Message-like interactions in, towards this person.</summary>
    public int MessageLikeIn { get; init; }

    /// <summary>The last exchange was a decline or complaint and a strength had once been at least 1.</summary>
    public bool Burnt { get; init; }

    /// <summary>Days since the last interaction, 0 or more.</summary>
    public double SilenceDays(long asOfMs) => Math.Max(0, asOfMs - LastContactMs) / TieDecay.DayMs;

    /// <summary>The same dyad seen from the other person.</summary>
    public DyadFacts Reversed() => this with
    {
        StrengthOut = StrengthIn,
        StrengthIn = StrengthOut,
        MessageLikeOut = MessageLikeIn,
        MessageLikeIn = MessageLikeOut,
    };
}
