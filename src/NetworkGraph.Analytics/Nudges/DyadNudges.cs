using System.Globalization;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Problem: what does one tie by itself suggest to one of its two people?
/// Preconditions: the dyad's events up to the date, ordered by (AtMs, Position).
/// Method: of what one can do about a tie only the first that fits is suggested, so that a person is nudged about another
/// once: stop (messages in a row without a sign of life), follow up a first contact, thank for help, answer, keep a cooling
/// tie warm. (A dormant tie needs the network to say what it is worth.) The worth of each is the product of its parts:
/// <list type="bullet">
/// <item>stop-pushing: unlikely (1 − probability that the other answers) × insistence (1 − 2^−(messages − 2)) × recency (half a
/// month);</item>
/// <item>follow-up-due: stake × freshness (1 within a day, 0.85 within two, then from 0.6 down to 0.1 when it is too late);</item>
/// <item>thank-for-help: stake × freshness (half a week, after a day);</item>
/// <item>reply-owed: stake (0.4 + 0.6 × peak/(1 + peak) of the tie, at least the option's for a question) × freshness (half in
/// ten days, after two);</item>
/// <item>tie-cooling: peak (peak/(1 + peak)) × balance × answer (probability that the other answers) × drift (1 − P(persist)).</item>
/// </list>
/// Cost: O(events). Source: the parts are those of the reconnect value (Levin, Walter, Murnighan 2011) where a tie is at
/// stake; the half-times are this project's choice.
/// </summary>
public static class DyadNudges
{
    /// <summary>The suggestion; null where there is none.</summary>
    /// <param name="person">Id of the other.</param>
    /// <param name="name">What to call the other.</param>
    /// <param name="events">The dyad's events up to <paramref name="asOfMs"/>.</param>
    /// <param name="selfIsLow">Whether the one to be nudged is the low person.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="venues">Where things happened.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static Nudge? Of(
        string person, string name, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, VenueTable venues, PeopleOptions options)
    {
        if (events.IsEmpty) return null;
        var loops = OpenLoops.Of(events, selfIsLow, asOfMs, options, options.Nudges);
        var tie = new TieSide(person, name, asOfMs, options.Nudges);
        var approaches = DyadMeasures.ApproachesBy(events, selfIsLow, options);
        if (StopPushing(in tie, in loops, approaches) is { } stop) return stop;
        if (FollowUp(in tie, events, venues, options) is { } followUp) return followUp;
        if (Thank(in tie, in loops) is { } thank) return thank;
        return Reply(in tie, in loops, events, options) ?? Cooling(in tie, events, approaches, options);
    }

    private static Nudge? StopPushing(in TieSide tie, in OpenLoops loops, Approaches approaches)
    {
        if (loops.Unanswered is not { } run || run.Count < tie.Thresholds.PauseFromUnanswered) return null;
        var age = run.AgeDays(tie.AsOfMs);
        if (age > tie.Thresholds.HoldBackWithinDays) return null;
        return tie.Nudge("pause", NudgeRules.StopPushing,
            Text($"{run.Count} messages of yours to {tie.Name} in a row had no answer, the last {Ago(run.LatestMs, tie.AsOfMs)}. Leave the next word to them."),
            [("unlikely", 1 - approaches.AnswerProbability), ("insistence", 1 - Math.Pow(2, 2 - run.Count)), ("recency", Halved(age, 15))],
            run, [("unanswered", run.Count)]);
    }

    private static Nudge? FollowUp(in TieSide tie, ReadOnlySpan<DyadEvent> events, VenueTable venues, PeopleOptions options)
    {
        if (FirstContact.Of(events, tie.AsOfMs, venues, options.WeightTable, options.FollowUps) is not { } first || !first.State.IsOpen()) return null;
        var ageDays = (tie.AsOfMs - first.MetMs) / TieDecay.DayMs;
        var freshness = ageDays <= 1 ? 1 : ageDays <= 2 ? 0.85 : 0.1 + 0.5 * Math.Max(0, 1 - ageDays / options.FollowUps.LateWithinDays);
        var dueDays = ageDays <= 1 ? 1 : ageDays <= 2 ? 2 : options.FollowUps.LateWithinDays;
        var nudge = tie.Nudge("follow-up", NudgeRules.FollowUpDue,
            Text($"You met {tie.Name} {Ago(first.MetMs, tie.AsOfMs)}, and neither of you has written since. A contact that nobody follows up within two days seldom becomes one."),
            [("stake", tie.Thresholds.FollowUpWorth), ("freshness", freshness)],
            new OpenLoop(first.MetMs, first.MetMs, 1, first.MetPosition, false), []);
        return nudge is null ? null : nudge with { Due = DateTimeOffset.FromUnixTimeMilliseconds(first.MetMs + (long)(dueDays * TieDecay.DayMs)) };
    }

    private static Nudge? Thank(in TieSide tie, in OpenLoops loops)
    {
        if (loops.Unthanked is not { } help) return null;
        return tie.Nudge("thank", NudgeRules.ThankForHelp,
            Text($"{tie.Name} helped you {Ago(help.LatestMs, tie.AsOfMs)}, and has not heard from you since. Say thank you, and what came of it."),
            [("stake", tie.Thresholds.ThankWorth), ("freshness", Halved(help.AgeDays(tie.AsOfMs) - 1, 7))], help, [("help", help.Count)]);
    }

    private static Nudge? Reply(in TieSide tie, in OpenLoops loops, ReadOnlySpan<DyadEvent> events, PeopleOptions options)
    {
        if (loops.OwedByMe is not { } owed) return null;
        var stake = 0.4 + 0.6 * PeakShare(events, options).Share;
        if (owed.IsAsk) stake = Math.Max(stake, tie.Thresholds.AnswerWorth);
        var what = owed.IsAsk ? "asked you something" : "wrote to you";
        return tie.Nudge("reply", NudgeRules.ReplyOwed, Text($"{tie.Name} {what} {Ago(owed.LatestMs, tie.AsOfMs)} and has no answer yet."),
            [("stake", stake), ("freshness", Halved(owed.AgeDays(tie.AsOfMs) - 2, 10))], owed, [("unanswered", owed.Count)]);
    }

    private static Nudge? Cooling(in TieSide tie, ReadOnlySpan<DyadEvent> events, Approaches approaches, PeopleOptions options)
    {
        var facts = DyadMeasures.Facts(events, options.DecayAt(events[^1].AtMs), options);
        if (TieStatusRule.Of(facts, tie.AsOfMs, options.Status) is not TieStatus.Cooling) return null;
        var persist = DyadMeasures.PersistProbability(events, in facts, tie.AsOfMs, options);
        var silenceDays = facts.SilenceDays(tie.AsOfMs);
        return tie.Nudge("keep-in-touch", NudgeRules.TieCooling,
            Text($"You and {tie.Name} were last in touch {Ago(facts.LastContactMs, tie.AsOfMs)}{Rhythm(facts.RhythmDays)}."),
            [
                ("peak", PeakShare(events, options).Share), ("balance", DyadMeasures.Balance(facts.ContactStrengthOut, facts.ContactStrengthIn) ?? 0),
                ("answer", approaches.AnswerProbability), ("drift", 1 - persist),
            ],
            new OpenLoop(facts.LastContactMs, facts.LastContactMs, 1, events[^1].Position, false),
            [("silenceDays", silenceDays), ("rhythmDays", float.IsNaN(facts.RhythmDays) ? 0 : facts.RhythmDays), ("episodes", facts.Episodes)]);
    }

    private static string Rhythm(float days) => float.IsNaN(days) ? "" : Text($"; you usually are every {Elapsed.Days(days)}");

    private static (double Share, double Strength) PeakShare(ReadOnlySpan<DyadEvent> events, PeopleOptions options)
    {
        var peak = DyadMeasures.Peak(events, options).Strength;
        return (peak / (1 + peak), peak);
    }

    /// <summary>1 up to 0 days, half after so many.</summary>
    internal static double Halved(double days, double halfDays) => Math.Pow(2, -Math.Max(0, days) / halfDays);

    private static string Ago(long atMs, long asOfMs) => Elapsed.Ago(DateTimeOffset.FromUnixTimeMilliseconds(atMs), asOfMs);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The other of a tie, at a date.</summary>
    private readonly record struct TieSide(string Person, string Name, long AsOfMs, NudgeThresholds Thresholds)
    {
        public Nudge? Nudge(
            string action, string rule, string reason, (string Name, double Value)[] parts, OpenLoop loop, (string Name, double Value)[] counts)
        {
            var worth = 1d;
            foreach (var (_, value) in parts) worth *= value;
            return worth < Thresholds.LeastWorth ? null : new Nudge
            {
                Action = action,
                Person = Person,
                Worth = worth,
                Rule = rule,
                Reason = reason,
                Evidence = new NudgeEvidence
                {
                    Parts = parts.ToDictionary(part => part.Name, part => part.Value),
                    Counts = counts.ToDictionary(count => count.Name, count => count.Value),
                    Since = DateTimeOffset.FromUnixTimeMilliseconds(loop.SinceMs),
                    Positions = [loop.Position],
                },
            };
        }
    }
}
