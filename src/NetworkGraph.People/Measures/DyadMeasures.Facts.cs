using System.Buffers;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The measures of one dyad: pure functions of its events up to a date, ordered by (AtMs, Position).
/// A mutual kind counts in both directions; a broker's introduction is directed, from the broker to each of the two.
/// </summary>
public static partial class DyadMeasures
{
    /// <summary>What a strength above 0 is never rounded below, so that tied stays tied as a 32-bit number too.</summary>
    public const double LeastStrength = 1e-37;

    private const int GapsOnStack = 128;

    // Ten reactions make 1.0, also where their sum in binary is a little less.
    private const double SumTolerance = 1e-9;

    private const int MessageLikeBits =
        1 << (int)InteractionKind.Message | 1 << (int)InteractionKind.Reply | 1 << (int)InteractionKind.Comment |
        1 << (int)InteractionKind.Meeting | 1 << (int)InteractionKind.Call | 1 << (int)InteractionKind.Favour |
        1 << (int)InteractionKind.Referral | 1 << (int)InteractionKind.Introduction;

    /// <summary>
    /// What a snapshot holds of a dyad, seen from the low person; strengths at the decay's landmark, which lies near or
    /// after the events. The hot loop of building snapshots: one exponential per distinct time, no allocation.
    /// Burnt: the last event is a decline or a complaint, and at some event the strength in one of the directions was
    /// at least 1. No events give default facts (0 interactions).
    /// </summary>
    public static DyadFacts Facts(ReadOnlySpan<DyadEvent> events, TieDecay decay, MeasureOptions options)
    {
        if (events.IsEmpty) return default;
        var weights = options.WeightTable;
        var perMs = Math.Log(2) / (decay.HalfLifeDays * TieDecay.DayMs);
        double toHigh = 0, toLow = 0, worth = 0;
        var worthAtMs = long.MinValue;
        int messageLikeToHigh = 0, messageLikeToLow = 0;
        bool tiedToHigh = false, tiedToLow = false;

        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            var direction = happened.Direction;
            var messageLike = MessageLikeBits >> (int)happened.Kind & 1;
            var weight = weights.Of(in happened);
            if (weight > 0 && happened.AtMs != worthAtMs)
            {
                worthAtMs = happened.AtMs;
                worth = Math.Exp((worthAtMs - decay.LandmarkMs) * perMs);
            }
            if (direction != DyadDirection.HighToLow)
            {
                toHigh += weight * worth;
                tiedToHigh |= weight > 0;
                messageLikeToHigh += messageLike;
            }
            if (direction != DyadDirection.LowToHigh)
            {
                toLow += weight * worth;
                tiedToLow |= weight > 0;
                messageLikeToLow += messageLike;
            }
        }
        return new DyadFacts
        {
            StrengthOut = tiedToHigh ? Math.Max(LeastStrength, toHigh) : 0,
            StrengthIn = tiedToLow ? Math.Max(LeastStrength, toLow) : 0,
            FirstContactMs = events[0].AtMs,
            LastContactMs = events[^1].AtMs,
            MedianGapDays = (float)MedianGapDays(events, options),
            Interactions = events.Length,
            MessageLikeOut = messageLikeToHigh,
            MessageLikeIn = messageLikeToLow,
            Burnt = IsBurnt(events, options),
        };
    }

    /// <summary>2·min/(sum) in [0,1]; 0 when both strengths are 0.</summary>
    public static double Balance(double strengthOut, double strengthIn) =>
        Math.Max(strengthOut, strengthIn) > 0 ? 2 / (1 + Math.Max(strengthOut, strengthIn) / Math.Min(strengthOut, strengthIn)) : 0;

    /// <summary>Median of the gaps between the events, days; the option's value with fewer than 3 events.</summary>
    public static double MedianGapDays(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        if (events.Length < 3) return options.UnknownGapDays;
        if (events.Length == 3) return (events[2].AtMs - events[0].AtMs) / (2 * TieDecay.DayMs);
        return events.Length <= GapsOnStack + 1 ? MedianGapOnStack(events) : MedianGapPooled(events);
    }

    /// <summary>Whether a sum of weights has come to a threshold; a little less, from rounding, is as much.</summary>
    internal static bool ReachedStrength(double strength, double threshold) => strength >= threshold - SumTolerance;

    private static double MedianGapOnStack(ReadOnlySpan<DyadEvent> events) =>
        MedianGap(events, stackalloc long[events.Length - 1]);

    private static double MedianGapPooled(ReadOnlySpan<DyadEvent> events)
    {
        var rented = ArrayPool<long>.Shared.Rent(events.Length - 1);
        var days = MedianGap(events, rented.AsSpan(0, events.Length - 1));
        ArrayPool<long>.Shared.Return(rented);
        return days;
    }

    private static double MedianGap(ReadOnlySpan<DyadEvent> events, Span<long> gapsMs)
    {
        for (var i = 0; i < gapsMs.Length; i++) gapsMs[i] = events[i + 1].AtMs - events[i].AtMs;
        return Median.Of(gapsMs) / TieDecay.DayMs;
    }

    /// <summary>The last event is a decline or a complaint, and a strength had once been as high as the option says.</summary>
    internal static bool IsBurnt(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        ref readonly var last = ref events[^1];
        if (last.Kind != InteractionKind.Decline && last.Exchange != Exchange.Complaint) return false;
        var strengths = new RunningStrengths(options);
        foreach (ref readonly var happened in events)
        {
            strengths.Add(in happened);
            if (ReachedStrength(Math.Max(strengths.ToHigh, strengths.ToLow), options.BurntFromStrength)) return true;
        }
        return false;
    }
}
