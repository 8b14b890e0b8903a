using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Nudges;

/// <summary>Something that waits for one of two people.</summary>
/// <param name="SinceMs">Since when, Unix ms: the first of what waits.</param>
/// <param name="LatestMs">The latest of it.</param>
/// <param name="Count">How many.</param>
/// <param name="Position">Where in the log the latest is.</param>
/// <param name="IsAsk">The latest asks for something.</param>
public readonly record struct OpenLoop(long SinceMs, long LatestMs, int Count, uint Position, bool IsAsk)
{
    public double AgeDays(long asOfMs) => (asOfMs - LatestMs) / TieDecay.DayMs;
}

/// <summary>
/// Problem: what is open between two people, as one of them sees it?
/// Preconditions: the dyad's events up to the date, ordered by (AtMs, Position).
/// Method: a message waits for an answer where no contact came from the other side after it, unless it answers
/// something itself (<see cref="ReplyMatching"/>; a question waits all the same), went to many, or thanks, promotes or
/// gossips. Help (a favour, a referral, an introduction; something given, advice) waits for thanks where nothing at all
/// came from the one helped after it. Messages in a row are unanswered where no sign of life came after the first of them.
/// What is older than the options say waits no longer.
/// Cost: O(events).
/// </summary>
public readonly record struct OpenLoops
{
    /// <summary>The other waits for this person's answer.</summary>
    public OpenLoop? OwedByMe { get; init; }

    /// <summary>This person waits for the other's answer.</summary>
    public OpenLoop? OwedToMe { get; init; }

    /// <summary>Help that this person had and did not thank for.</summary>
    public OpenLoop? Unthanked { get; init; }

    /// <summary>This person's messages in a row without any sign of life from the other, however old.</summary>
    public OpenLoop? Unanswered { get; init; }

    public static OpenLoops Of(
        ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, MeasureOptions measures, NudgeThresholds thresholds)
    {
        if (events.IsEmpty) return default;
        var isAnswer = Answers(events, measures);
        return new OpenLoops
        {
            OwedByMe = Waiting(events, isAnswer, byLow: !selfIsLow, asOfMs, measures.WeightTable, thresholds),
            OwedToMe = Waiting(events, isAnswer, byLow: selfIsLow, asOfMs, measures.WeightTable, thresholds),
            Unthanked = HelpBy(events, byLow: !selfIsLow, asOfMs, thresholds),
            Unanswered = RunBy(events, selfIsLow, measures.WeightTable),
        };
    }

    private static bool[] Answers(ReadOnlySpan<DyadEvent> events, MeasureOptions measures)
    {
        var isAnswer = new bool[events.Length];
        foreach (var answer in ReplyMatching.AnswerOf(events, (long)(measures.AnsweredWithinDays * TieDecay.DayMs), measures.WeightTable))
            if (answer >= 0) isAnswer[answer] = true;
        return isAnswer;
    }

    private static OpenLoop? Waiting(
        ReadOnlySpan<DyadEvent> events, bool[] isAnswer, bool byLow, long asOfMs, InteractionWeights weights, NudgeThresholds thresholds)
    {
        OpenLoop? loop = null;
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (!weights.IsContact(in happened)) continue;
            if (happened.IsOut(!byLow)) break;
            var isAsk = happened.Exchange is Exchange.Ask;
            if (!ExpectsAnswer(in happened, thresholds) || (isAnswer[i] && !isAsk)) continue;
            loop = loop is { } later
                ? later with { SinceMs = happened.AtMs, Count = later.Count + 1, IsAsk = later.IsAsk || isAsk }
                : new OpenLoop(happened.AtMs, happened.AtMs, 1, happened.Position, isAsk);
        }
        return loop is { } open && open.AgeDays(asOfMs) <= thresholds.ReplyWithinDays ? open : null;
    }

    private static bool ExpectsAnswer(in DyadEvent happened, NudgeThresholds thresholds) =>
        happened.Kind is InteractionKind.Message or InteractionKind.Reply
        && happened.Recipients <= thresholds.ReplyUpToRecipients
        && happened.Exchange is Exchange.None or Exchange.Ask or Exchange.Give or Exchange.Advice or Exchange.Complaint
        && (happened.Kind is InteractionKind.Message || happened.Exchange is Exchange.Ask);

    private static OpenLoop? HelpBy(ReadOnlySpan<DyadEvent> events, bool byLow, long asOfMs, NudgeThresholds thresholds)
    {
        OpenLoop? loop = null;
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (happened.IsOut(!byLow)) break;
            if (!IsHelp(in happened, thresholds)) continue;
            loop = loop is { } later
                ? later with { SinceMs = happened.AtMs, Count = later.Count + 1 }
                : new OpenLoop(happened.AtMs, happened.AtMs, 1, happened.Position, false);
        }
        return loop is { } open && open.AgeDays(asOfMs) <= thresholds.ThankWithinDays ? open : null;
    }

    private static bool IsHelp(in DyadEvent happened, NudgeThresholds thresholds) =>
        happened.Recipients <= thresholds.ReplyUpToRecipients
        && (happened.Kind is InteractionKind.Favour or InteractionKind.Referral or InteractionKind.Introduction
            || happened.Exchange is Exchange.Give or Exchange.Advice);

    private static OpenLoop? RunBy(ReadOnlySpan<DyadEvent> events, bool byLow, InteractionWeights weights)
    {
        OpenLoop? run = null;
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (happened.IsIn(byLow)) break;
            if (happened.Kind is InteractionKind.Comment || !weights.IsContact(in happened)) continue;
            run = run is { } later
                ? later with { SinceMs = happened.AtMs, Count = later.Count + 1 }
                : new OpenLoop(happened.AtMs, happened.AtMs, 1, happened.Position, happened.Exchange is Exchange.Ask);
        }
        return run;
    }
}
