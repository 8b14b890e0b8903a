using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

/// <summary>
/// Builds the snapshot of a whole network as of a date from people's histories. Cost: one visit of every event, spread
/// over the machine's cores; the histories may go on growing meanwhile.
/// </summary>
public static class SnapshotAssembly
{
    private const int DyadsPerTask = 16_384;

    /// <summary>
    /// The dyads with their facts as of <paramref name="asOfMs"/> (Unix ms), strengths at <paramref name="decay"/>'s
    /// landmark, of what was in the log up to <paramref name="upToPosition"/>. <paramref name="later"/>, where given, is called with every
    /// dyad with events after that date, and the date of the first of those; calls do not overlap.
    /// </summary>
    public static SnapshotBuilder Collect(
        HistoryStore histories, PeopleOptions options, TieDecay decay, long asOfMs, long upToPosition, Action<int, long>? later,
        CancellationToken cancellation)
    {
        var dyads = histories.DyadCount;
        var builder = new SnapshotBuilder(histories.People.Ids, decay) { Cancellation = cancellation };
        var gate = new Lock();
        Parallel.For(
            0,
            (dyads + DyadsPerTask - 1) / DyadsPerTask,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Reader: new DyadReader(histories), Batch: builder.NewBatch()),
            (task, _, own) =>
            {
                var end = Math.Min(dyads, (task + 1) * DyadsPerTask);
                for (var dyad = task * DyadsPerTask; dyad < end; dyad++)
                {
                    var (low, high) = histories.PeopleOf(dyad);
                    if (!histories.Entities.AreRelated(low, high)) continue;
                    var events = own.Reader.Read(dyad, asOfMs, upToPosition);
                    if (later is not null && own.Reader.NextAtMs is { } next)
                    {
                        lock (gate) later(dyad, next);
                    }
                    if (!events.IsEmpty) own.Batch.Add(low, high, DyadMeasures.Facts(events, decay, options));
                }
                return own;
            },
            static _ => { });
        return builder;
    }
}
