using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// A dyad as a snapshot stores it, seen from <see cref="Person"/>; 40 bytes. Strengths are float32 at the landmark; one
/// that is above 0 stays above 0 (tied is tied), however little of it is left.
/// </summary>
internal struct TieEntry
{
    /// <summary>First contacts are held from 1900-01-01 on, in ms, for 278 years; dates outside are clamped.</summary>
    public const long EpochMs = -2_208_988_800_000;

    public const int MaxInteractions = (1 << InteractionBits) - 1;
    public const int MaxMessageLike = 15;

    private const int FirstContactBits = 43;
    private const int InteractionBits = 12;
    private const int OutShift = FirstContactBits + InteractionBits;
    private const int InShift = OutShift + 4;
    private const int BurntShift = InShift + 4;

    public int Person;
    public int Other;
    public float Mutual;
    public float Out;
    public float In;
    public float MedianGapDays;
    public long LastContactMs;

    /// <summary>
    /// Bits 0-42 first contact (ms from 1900), 43-54 interactions, 55-58 message-like out, 59-62 message-like in (all
    /// saturating), 63 burnt.
    /// </summary>
    public ulong FirstContactAndCounts;

    public static TieEntry From(int person, int other, in DyadFacts facts) => new()
    {
        Person = person,
        Other = other,
        Mutual = facts is { StrengthOut: > 0, StrengthIn: > 0 }
            ? Stored(Math.Sqrt(facts.StrengthOut) * Math.Sqrt(facts.StrengthIn)) : 0,
        Out = Stored(facts.StrengthOut),
        In = Stored(facts.StrengthIn),
        MedianGapDays = facts.MedianGapDays,
        LastContactMs = facts.LastContactMs,
        FirstContactAndCounts = Pack(facts),
    };

    /// <summary>Whether there is a tie in any direction: only such dyads are in a snapshot.</summary>
    public readonly bool IsTied => Out > 0 || In > 0;

    /// <summary>The order of a row: strongest mutual first, then by person number. Ascending.</summary>
    public readonly ulong Order => OrderOf(Mutual, Other);

    public static ulong OrderOf(float mutual, int other) => (ulong)~BitConverter.SingleToUInt32Bits(mutual) << 32 | (uint)other;

    public readonly TieEntry Reversed()
    {
        var reversed = this;
        (reversed.Person, reversed.Other) = (Other, Person);
        (reversed.Out, reversed.In) = (In, Out);
        const ulong counts = 0xFFUL << OutShift;
        var swapped = (FirstContactAndCounts >> 4 & 0xFUL << OutShift) | (FirstContactAndCounts << 4 & 0xFUL << InShift);
        reversed.FirstContactAndCounts = FirstContactAndCounts & ~counts | swapped;
        return reversed;
    }

    public static long FirstContactMs(ulong packed) => EpochMs + (long)(packed & (1UL << FirstContactBits) - 1);

    public static int Interactions(ulong packed) => (int)(packed >> FirstContactBits) & MaxInteractions;

    public static int MessageLikeOut(ulong packed) => (int)(packed >> OutShift) & MaxMessageLike;

    public static int MessageLikeIn(ulong packed) => (int)(packed >> InShift) & MaxMessageLike;

    public static bool Burnt(ulong packed) => packed >> BurntShift != 0;

    private static ulong Pack(in DyadFacts facts) =>
        (ulong)Math.Clamp(facts.FirstContactMs - EpochMs, 0, (1L << FirstContactBits) - 1)
        | (ulong)Math.Clamp(facts.Interactions, 0, MaxInteractions) << FirstContactBits
        | (ulong)Math.Clamp(facts.MessageLikeOut, 0, MaxMessageLike) << OutShift
        | (ulong)Math.Clamp(facts.MessageLikeIn, 0, MaxMessageLike) << InShift
        | (facts.Burnt ? 1UL << BurntShift : 0);

    private static float Stored(double strength)
    {
        if (strength == 0) return 0;
        var stored = Math.Max((float)strength, float.Epsilon);
        if (strength > 0 && float.IsFinite(stored)) return stored;
        throw new ArgumentOutOfRangeException(nameof(strength), strength,
            "A strength must be 0 or above and fit a float32; the landmark may lie too far back.");
    }
}
