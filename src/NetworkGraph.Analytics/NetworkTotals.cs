using NetworkGraph.People.Histories;

namespace NetworkGraph.Analytics;

/// <summary>How many people had how many interactions up to a date.</summary>
public readonly record struct NetworkTotals(int People, long Interactions)
{
    private const int DyadsPerTask = 16_384;

    /// <summary>
    /// Counts up to <paramref name="asOfMs"/>, Unix ms, of what <paramref name="view"/> was published from. Nothing to count where
    /// no interaction is later; else one visit of every event.
    /// </summary>
    public static NetworkTotals Of(HistoryStore histories, NetworkView view, long asOfMs, CancellationToken cancellation)
    {
        if (view.Totals is { } all && (asOfMs >= view.Snapshot.AsOfMs || histories.LatestAtMs <= asOfMs)) return all;
        return Count(histories, asOfMs, cancellation);
    }

    /// <summary>Counts what readers see up to <paramref name="asOfMs"/>, Unix ms: one visit of every event.</summary>
    public static NetworkTotals Count(HistoryStore histories, long asOfMs, CancellationToken cancellation)
    {
        var seen = new bool[histories.People.Count];
        var interactions = 0L;
        var dyads = histories.DyadCount;
        Parallel.For(
            0,
            (dyads + DyadsPerTask - 1) / DyadsPerTask,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new DyadReader(histories),
            (task, _, reader) =>
            {
                Interlocked.Add(ref interactions,
                    CountIn(histories, reader, task * DyadsPerTask, Math.Min(dyads, (task + 1) * DyadsPerTask), asOfMs, seen));
                return reader;
            },
            static _ => { });
        return new NetworkTotals(seen.Count(static person => person), interactions);
    }

    /// <summary>Interactions that have their first dyad among these; marks who took part. Two threads may mark the same person.</summary>
    private static long CountIn(HistoryStore histories, DyadReader reader, int from, int to, long asOfMs, bool[] seen)
    {
        var interactions = 0L;
        for (var dyad = from; dyad < to; dyad++)
        {
            var takesPart = false;
            foreach (ref readonly var happened in reader.Read(dyad, asOfMs))
            {
                if (happened.IsFirstOfInteraction) interactions++;
                takesPart |= happened.Direction is not DyadDirection.Mentioned;
            }
            if (!takesPart) continue;
            var (low, high) = histories.PeopleOf(dyad);
            // People who came after the count began are left for the next one.
            if (high >= seen.Length || low >= seen.Length) continue;
            seen[low] = true;
            seen[high] = true;
        }
        return interactions;
    }
}
