using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Habits;

/// <summary>
/// How often and where a person attended, from their own list. Cost: O(n log n) in the list's length, one set kept.
/// Not for several threads.
/// </summary>
internal sealed class OwnListFold(VenueTable venues, HabitThresholds thresholds)
{
    private readonly HashSet<int> _venues = [];

    /// <summary>Attendances in the window; different venues of those; the first of them; when the first leaves the window.</summary>
    public (int Attendances, int Venues, long FirstMs, long NextChangeMs) Fold(
        ReadOnlySpan<DyadEvent> events, long asOfMs, List<long>? positions = null)
    {
        _venues.Clear();
        var fromMs = DyadHabitFold.WindowStartMs(asOfMs, thresholds);
        var attendances = 0;
        var firstMs = long.MaxValue;
        foreach (ref readonly var happened in events)
        {
            if (happened.AtMs < fromMs || happened.Direction is DyadDirection.Mentioned) continue;
            if (attendances++ == 0) firstMs = happened.AtMs;
            if (venues.Of(happened.Position) is >= 0 and var venue) _venues.Add(venue);
            positions?.Add(happened.Position);
        }
        var next = firstMs == long.MaxValue ? long.MaxValue : firstMs + (asOfMs - fromMs) + 1;
        return (attendances, _venues.Count, firstMs, next);
    }
}
