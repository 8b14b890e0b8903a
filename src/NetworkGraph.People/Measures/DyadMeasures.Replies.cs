using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>Median hours in which each side answers the other (null: none, or 0), and on how many answers they rest.</summary>
public readonly record struct ReplyHours(double? Out, double? In, int AnswersOut, int AnswersIn);

/// <summary>Directed contacts by one side, and how many were answered in time.</summary>
public readonly record struct Approaches(int Sent, int Answered, int Asks, int AsksAnswered)
{
    /// <summary>(answered + 1)/(sent + 2), in (0,1): how readily the other answers while the two are in touch.</summary>
    public double AnswerProbability => (Answered + 1.0) / (Sent + 2.0);
}

/// <summary>The highest √(c_uv·c_vu) at any contact, the balance there and when (Unix ms, null where it is 0).</summary>
public readonly record struct StrengthPeak(double Strength, double? Balance, long? AtMs);

public static partial class DyadMeasures
{
    private const double HourMs = 3_600_000;
    private const int LatenciesOnStack = 64;

    /// <summary>One for each thread: of a person's ties one after the other is matched.</summary>
    [ThreadStatic]
    private static ReplyMatcher? t_matcher;

    /// <summary>Alternations/(n-1) over the directed contacts in order; null with fewer than 2 of them.</summary>
    public static double? TurnTaking(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        var weights = options.WeightTable;
        int directed = 0, alternations = 0;
        var before = DyadDirection.Both;
        foreach (ref readonly var happened in events)
        {
            if (happened.Direction == DyadDirection.Both || !weights.IsContact(in happened)) continue;
            if (directed > 0 && happened.Direction != before) alternations++;
            before = happened.Direction;
            directed++;
        }
        return directed < 2 ? null : alternations / (directed - 1.0);
    }

    /// <summary>How fast each answers the other; what answers what is said in <see cref="ReplyMatching"/>.</summary>
    public static ReplyHours ReplyHours(ReadOnlySpan<DyadEvent> events, bool selfIsLow, MeasureOptions options)
    {
        var answerOf = (t_matcher ??= new ReplyMatcher()).AnswerOf(events, AnsweredWithinMs(options), options.WeightTable);
        var byLow = events.Length <= LatenciesOnStack ? stackalloc long[LatenciesOnStack] : new long[events.Length];
        var byHigh = events.Length <= LatenciesOnStack ? stackalloc long[LatenciesOnStack] : new long[events.Length];
        int byLowCount = 0, byHighCount = 0;
        for (var i = 0; i < events.Length; i++)
        {
            if (answerOf[i] < 0) continue;
            ref readonly var answer = ref events[answerOf[i]];
            var latencyMs = answer.AtMs - events[i].AtMs;
            if (ReplyMatching.IsByLow(in events[i], in answer)) byLow[byLowCount++] = latencyMs;
            else byHigh[byHighCount++] = latencyMs;
        }
        var low = MedianHours(byLow[..byLowCount]);
        var high = MedianHours(byHigh[..byHighCount]);
        return selfIsLow ? new ReplyHours(low, high, byLowCount, byHighCount) : new ReplyHours(high, low, byHighCount, byLowCount);
    }

    /// <summary>ln(out/in) of the median reply times: above 0 where this person is the slower; null where either is.</summary>
    public static double? ResponseAsymmetry(double? replyHoursOut, double? replyHoursIn) =>
        replyHoursOut > 0 && replyHoursIn > 0 ? Math.Log(replyHoursOut.Value / replyHoursIn.Value) : null;

    /// <summary>One side's directed contacts and how many of them were answered within the option's days.</summary>
    public static Approaches ApproachesBy(ReadOnlySpan<DyadEvent> events, bool selfIsLow, MeasureOptions options)
    {
        var withinMs = AnsweredWithinMs(options);
        var answerOf = (t_matcher ??= new ReplyMatcher()).AnswerOf(events, withinMs, options.WeightTable);
        int sent = 0, answered = 0, asks = 0, asksAnswered = 0;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            if (happened.Direction == DyadDirection.Both || !happened.IsOut(selfIsLow) || !options.WeightTable.IsContact(in happened))
                continue;
            var isAnswered = answerOf[i] >= 0 && events[answerOf[i]].AtMs - happened.AtMs <= withinMs;
            var isAsk = happened.Exchange is Exchange.Ask;
            sent++;
            if (isAnswered) answered++;
            if (isAsk) asks++;
            if (isAsk && isAnswered) asksAnswered++;
        }
        return new Approaches(sent, answered, asks, asksAnswered);
    }

    /// <summary>When the tie was at its strongest; of equal peaks the first.</summary>
    public static StrengthPeak Peak(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        var strengths = new RunningStrengths(options, contactsOnly: true);
        var peak = default(StrengthPeak);
        foreach (ref readonly var happened in events)
        {
            strengths.Add(in happened);
            if (strengths.Mutual > peak.Strength) peak = new StrengthPeak(strengths.Mutual, strengths.Balance, happened.AtMs);
        }
        return peak;
    }

    private static long AnsweredWithinMs(MeasureOptions options) => (long)(options.AnsweredWithinDays * TieDecay.DayMs);

    private static double? MedianHours(Span<long> latenciesMs)
    {
        if (latenciesMs.IsEmpty) return null;
        var medianMs = Median.Of(latenciesMs);
        return medianMs > 0 ? medianMs / HourMs : null;
    }
}
