using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Problem: what does one tie by itself suggest to one of its two people?
/// Preconditions: the dyad's events up to the date, ordered by (AtMs, Position).
/// Method: of what one can do about a tie only the first rule that fits speaks, so that a person is nudged about another once:
/// stop, follow up a first contact, thank for help, answer, keep a cooling tie warm. (A dormant tie needs the network to say what
/// it is worth.) The worth of each is the product of its parts, which its rule names.
/// Cost: O(events). Source: the parts are those of the reconnect value (Levin, Walter, Murnighan 2011) where a tie is at
/// stake; the half-times are this project's choice.
/// </summary>
public static class DyadNudges
{
    private static readonly ITieNudgeRule[] s_rules = [
        new StopPushingRule(), new FollowUpDueRule(), new ThankForHelpRule(), new ReplyOwedRule(), new TieCoolingRule()];

    /// <summary>The suggestion; null where there is none.</summary>
    /// <param name="person">Id of the other.</param>
    /// <param name="name">What to call the other.</param>
    /// <param name="events">The dyad's events up to <paramref name="asOfMs"/>.</param>
    /// <param name="selfIsLow">Whether the one to be nudged is the low person.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="venues">Where things happened.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <param name="forecast">How P(persist) is made; the prior, of the dyad by itself, where null.</param>
    public static Nudge? Of(
        string person, string name, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, VenueTable venues, PeopleOptions options,
        DyadForecast? forecast = null)
    {
        if (events.IsEmpty) return null;
        var tie = new TieCase(person, name, events, selfIsLow, asOfMs, venues, options, forecast ?? DyadForecast.Prior);
        foreach (var rule in s_rules)
            if (rule.Of(in tie) is { } nudge) return nudge;
        return null;
    }
}
