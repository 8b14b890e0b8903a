namespace NetworkGraph.Engine.Ties;

/// <summary>
/// What a snapshot knows of one dyad, seen from one of its two people ("out" is from that person, "in" is towards them).
/// Facts hold at the date the snapshot was built for; only what decays or ages is computed at query time. Strength counts
/// every interaction by its weight; contacts are those message-like ones that weigh enough between the two.
/// </summary>
public readonly record struct DyadFacts
{
    /// <summary><see cref="BurntFromMs"/> of a dyad that is not burnt and will not be by time alone.</summary>
    public const long NeverMs = long.MaxValue;

    private readonly long? _burntFromMs;
    private readonly float? _rhythmDays;
    private readonly double? _hopStrength;

    /// <summary>Tie strength out, decayed to the snapshot's landmark; 0 where not tied in that direction.</summary>
    public double StrengthOut { get; init; }

    /// <summary>Tie strength in, decayed to the snapshot's landmark; 0 where not tied in that direction.</summary>
    public double StrengthIn { get; init; }

    /// <summary>The same sum over the contacts out alone.</summary>
    public double ContactStrengthOut { get; init; }

    /// <summary>The same sum over the contacts in alone.</summary>
    public double ContactStrengthIn { get; init; }

    /// <summary>
    /// √(out·in) of the contacts' strengths at the half-life of hops, at the landmark; that of the contacts' strengths where it
    /// is not given.
    /// </summary>
    public double HopStrength
    {
        get => _hopStrength ?? Math.Sqrt(ContactStrengthOut) * Math.Sqrt(ContactStrengthIn);
        init => _hopStrength = value;
    }

    /// <summary>Unix ms of the first contact; without meaning where there is none.</summary>
    public long FirstContactMs { get; init; }

    /// <summary>Unix ms of the last contact; without meaning where there is none.</summary>
    public long LastContactMs { get; init; }

    /// <summary>Median days between the starts of successive episodes of contacts; NaN where there is no rhythm yet.</summary>
    public float RhythmDays
    {
        get => _rhythmDays ?? float.NaN;
        init => _rhythmDays = float.IsNaN(value) ? null : value;
    }

    /// <summary>Episodes of contacts.</summary>
    public int Episodes { get; init; }

    /// <summary>Number of interactions.</summary>
    public int Interactions { get; init; }

    /// <summary>Contacts out, by this person.</summary>
    public int ContactsOut { get; init; }

    /// <summary>Contacts in, towards this person.</summary>
    public int ContactsIn { get; init; }

    /// <summary>
    /// Unix ms, a whole minute, from which the dyad is burnt: one of the two declined, and no contact came for long enough
    /// since; <see cref="NeverMs"/> for never.
    /// </summary>
    public long BurntFromMs
    {
        get => _burntFromMs ?? NeverMs;
        init => _burntFromMs = value == NeverMs ? null : value;
    }

    /// <summary>Whether the two ever had a contact.</summary>
    public bool HasContact => ContactsOut > 0 || ContactsIn > 0;

    /// <summary>Whether contacts went in one direction only.</summary>
    public bool IsOneWay => HasContact && (ContactsOut == 0 || ContactsIn == 0);

    /// <summary>Days since the last contact, 0 or more; infinite where there was none.</summary>
    public double SilenceDays(long asOfMs) => HasContact ? Math.Max(0, asOfMs - LastContactMs) / TieDecay.DayMs : double.PositiveInfinity;

    /// <summary>The same dyad seen from the other person.</summary>
    public DyadFacts Reversed() => this with
    {
        StrengthOut = StrengthIn,
        StrengthIn = StrengthOut,
        ContactStrengthOut = ContactStrengthIn,
        ContactStrengthIn = ContactStrengthOut,
        ContactsOut = ContactsIn,
        ContactsIn = ContactsOut,
    };
}
