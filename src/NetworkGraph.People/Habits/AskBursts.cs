namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: how many asks after a long silence came in bursts?
/// Method: a burst is some asks of different people within a few days; every ask that is part of one counts once.
/// Preconditions: the asks of one person, at most one of each other person within the days of a burst (which holds, since
/// each came after a silence longer than that). Cost: O(n log n), sorts in place.
/// </summary>
public static class AskBursts
{
    /// <param name="asks">Reordered by date.</param>
    /// <param name="thresholds">How close together, and how many.</param>
    public static int Count(List<AskAfterSilence> asks, CrisisNetworkerThresholds thresholds)
    {
        var withinMs = (long)(thresholds.BurstDays * Engine.Ties.TieDecay.DayMs);
        asks.Sort(static (a, b) => a.AtMs.CompareTo(b.AtMs));
        int inBursts = 0, countedUpTo = 0, first = 0;
        for (var last = 0; last < asks.Count; last++)
        {
            while (asks[last].AtMs - asks[first].AtMs > withinMs) first++;
            if (last - first + 1 < thresholds.BurstFromAsks) continue;
            inBursts += last + 1 - Math.Max(first, countedUpTo);
            countedUpTo = last + 1;
        }
        return inBursts;
    }
}
