using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.FollowUps;

/// <summary>
/// Problem: how many first contacts in the whole network wait for a follow-up?
/// Method: the first contact of every dyad at a date (Unix ms).
/// Cost: one visit of every event.
/// </summary>
public readonly record struct OpenFollowUps(int Due, int Overdue)
{
    public static OpenFollowUps Count(
        HistoryStore histories, long asOfMs, InteractionWeights weights, FollowUpThresholds thresholds, CancellationToken cancellation)
    {
        int due = 0, overdue = 0;
        var reader = new DyadReader(histories);
        var dyads = histories.DyadCount;
        for (var dyad = 0; dyad < dyads; dyad++)
        {
            if ((dyad & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var (low, high) = histories.PeopleOf(dyad);
            if (!histories.Entities.AreRelated(low, high)) continue;
            var events = reader.Read(dyad, asOfMs);
            // Those who were last in touch before that have met before that.
            if (events.IsEmpty || asOfMs - events[^1].AtMs >= thresholds.LateWithinDays * TieDecay.DayMs) continue;
            switch (FirstContact.Of(events, asOfMs, histories.Venues, weights, thresholds)?.State)
            {
                case FollowUpState.Due:
                    due++;
                    break;
                case FollowUpState.Overdue:
                    overdue++;
                    break;
            }
        }
        return new OpenFollowUps(due, overdue);
    }
}
