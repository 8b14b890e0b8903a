using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// A dyad as a snapshot stores it, seen from <see cref="Person"/>; 64 bytes. Strengths are float32 at the landmark; one
/// that is above 0 stays above 0 (tied is tied), however little of it is left.
/// </summary>
internal struct TieEntry
{
    /// <summary>First contacts are held from 1900-01-01 on, in ms, for 278 years; dates outside are clamped.</summary>
    public const long EpochMs = -2_208_988_800_000;

    public const int MaxInteractions = (1 << InteractionBits) - 1;
    public const int MaxContacts = 15;
    public const int MaxEpisodes = (1 << EpisodeBits) - 1;

    private const int FirstContactBits = 43;
    private const int InteractionBits = 10;
    private const int EpisodeBits = 3;
    private const int EpisodeShift = FirstContactBits + InteractionBits;
    private const int OutShift = EpisodeShift + EpisodeBits;
    private const int InShift = OutShift + 4;
    private const long MinuteMs = 60_000;

    public int Person;
    public int Other;
    public float Mutual;

    /// <summary>Mutual strength at the half-life of hops; above 0 exactly where <see cref="Mutual"/> is.</summary>
    public float Hop;
    public float Out;
    public float In;
    public float ContactOut;
    public float ContactIn;
    public float RhythmDays;

    /// <summary>Minutes from 1900 on which it is burnt; 0 for never.</summary>
    public uint BurntFromMinute;
    public long LastContactMs;

    /// <summary>
    /// Bits 0-42 first contact (ms from 1900), 43-52 interactions, 53-55 episodes, 56-59 contacts out, 60-63 contacts in
    /// (all saturating).
    /// </summary>
    public ulong FirstContactAndCounts;

    public static TieEntry From(int person, int other, in DyadFacts facts) => new()
    {
        Person = person,
        Other = other,
        Mutual = facts is { ContactStrengthOut: > 0, ContactStrengthIn: > 0 }
            ? Stored(Math.Sqrt(facts.ContactStrengthOut) * Math.Sqrt(facts.ContactStrengthIn)) : 0,
        Hop = facts is { ContactStrengthOut: > 0, ContactStrengthIn: > 0 } ? Stored(Math.Max(float.Epsilon, facts.HopStrength)) : 0,
        Out = Stored(facts.StrengthOut),
        In = Stored(facts.StrengthIn),
        ContactOut = Stored(facts.ContactStrengthOut),
        ContactIn = Stored(facts.ContactStrengthIn),
        RhythmDays = facts.RhythmDays,
        BurntFromMinute = facts.BurntFromMs == DyadFacts.NeverMs
            ? 0 : (uint)Math.Clamp((facts.BurntFromMs - EpochMs + MinuteMs - 1) / MinuteMs, 1, uint.MaxValue),
        LastContactMs = facts.LastContactMs,
        FirstContactAndCounts = Pack(facts),
    };

    /// <summary>Whether there is a tie in any direction: only such dyads are in a snapshot.</summary>
    public readonly bool IsTied => Out > 0 || In > 0;

    /// <summary>The order of a row: strongest for a hop first, then by person number. Ascending.</summary>
    public readonly ulong Order => OrderOf(Hop, Other);

    public static ulong OrderOf(float hop, int other) => (ulong)~BitConverter.SingleToUInt32Bits(hop) << 32 | (uint)other;

    public readonly TieEntry Reversed()
    {
        var reversed = this;
        (reversed.Person, reversed.Other) = (Other, Person);
        (reversed.Out, reversed.In) = (In, Out);
        (reversed.ContactOut, reversed.ContactIn) = (ContactIn, ContactOut);
        const ulong counts = 0xFFUL << OutShift;
        var swapped = (FirstContactAndCounts >> 4 & 0xFUL << OutShift) | (FirstContactAndCounts << 4 & 0xFUL << InShift);
        reversed.FirstContactAndCounts = FirstContactAndCounts & ~counts | swapped;
        return reversed;
    }

    public static long FirstContactMs(ulong packed) => EpochMs + (long)(packed & (1UL << FirstContactBits) - 1);

    public static int Interactions(ulong packed) => (int)(packed >> FirstContactBits) & MaxInteractions;

    public static int Episodes(ulong packed) => (int)(packed >> EpisodeShift) & MaxEpisodes;

    public static int ContactsOut(ulong packed) => (int)(packed >> OutShift) & MaxContacts;

    public static int ContactsIn(ulong packed) => (int)(packed >> InShift) & MaxContacts;

    public static long BurntFromMs(uint minute) => minute == 0 ? DyadFacts.NeverMs : EpochMs + minute * MinuteMs;

    private static ulong Pack(in DyadFacts facts) =>
        (ulong)Math.Clamp(facts.FirstContactMs - EpochMs, 0, (1L << FirstContactBits) - 1)
        | (ulong)Math.Clamp(facts.Interactions, 0, MaxInteractions) << FirstContactBits
        | (ulong)Math.Clamp(facts.Episodes, 0, MaxEpisodes) << EpisodeShift
        | (ulong)Math.Clamp(facts.ContactsOut, 0, MaxContacts) << OutShift
        | (ulong)Math.Clamp(facts.ContactsIn, 0, MaxContacts) << InShift;

    private static float Stored(double strength)
    {
        if (strength == 0) return 0;
        var stored = Math.Max((float)strength, float.Epsilon);
        if (strength > 0 && float.IsFinite(stored)) return stored;
        throw new ArgumentOutOfRangeException(nameof(strength), strength,
            "A strength must be 0 or above and fit a float32; the landmark may lie too far back.");
    }
}
