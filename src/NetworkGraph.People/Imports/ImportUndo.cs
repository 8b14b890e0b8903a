using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Imports;

/// <summary>What undoing an import came to.</summary>
/// <param name="Withdrawn">Interactions that no longer count: the import was their only source.</param>
/// <param name="Kept">Interactions that still count, from another source.</param>
/// <param name="LastPosition">Of the last record appended.</param>
public readonly record struct UndoResult(long Withdrawn, long Kept, long LastPosition);

/// <summary>
/// Withdraws an import as a source of everything it brought, merges of ids too: the log decides, id by id, what still counts. Where it is
/// interrupted, doing it again goes on from there; what was withdrawn already stays so.
/// Cost: reads the log from where it first speaks of the import, and appends a record for each interaction of it.
/// </summary>
public sealed class ImportUndo(IInteractionLog log, TimeProvider time)
{
    private const int RecordsAtOnce = 2048;
    private static readonly TimeSpan s_waitFor = TimeSpan.FromMilliseconds(50);

    /// <param name="import">What to undo.</param>
    /// <param name="key">The API key that asks for it, by its public id; null where none is known.</param>
    /// <param name="cancellation">Stops between two appends.</param>
    public async Task<UndoResult> RunAsync(ImportBatch import, string? key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(import);
        await AppendAsync([Phase(import, BatchPhase.Undoing, key)], cancellation);
        // Up to here: what comes in while this runs belongs to another run of the import.
        var until = log.LastPosition;
        var (withdrawn, kept) = (0L, 0L);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var merges = new HashSet<(string One, string Other)>();
        await foreach (var batch in log.ReadAsync(import.FirstPosition - 1, cancellation))
        {
            foreach (var record in batch.Records)
            {
                if (record is Interaction interaction && interaction.Batch == import.Batch) ids.Add(interaction.Id);
                else if (record is SourceChanged { IsAdded: true } source && source.Batch == import.Batch) ids.Add(source.Id);
                else if (record is AliasChanged { Change: AliasChange.Merged } merge && merge.Batch == import.Batch)
                    merges.Add((merge.One, merge.Other));
            }
            if (ids.Count >= RecordsAtOnce) await WithdrawAsync();
            if (batch.LastPosition >= until) break;
        }
        await WithdrawAsync();
        await SplitAsync();
        var last = await AppendAsync([Phase(import, BatchPhase.Undone, key)], cancellation);
        return new UndoResult(withdrawn, kept, last[0].Position);

        // What else shows two ids to be one person's goes on doing so.
        async Task SplitAsync()
        {
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var some in merges.Chunk(RecordsAtOnce))
                await AppendAsync(
                    [.. some.Select(pair =>
                        new AliasChanged { AtMs = nowMs, One = pair.One, Other = pair.Other, Change = AliasChange.Split,
                        Batch = import.Batch })], cancellation);
        }

        async Task WithdrawAsync()
        {
            if (ids.Count == 0) return;
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var asked = ids.Select(
                id => new InteractionWithdrawn
                {
                    AtMs = nowMs,
                    Id = id,
                    Key = key,
                    Reason = WithdrawalReason.SourceWithdrawn,
                    Batch = import.Batch
                });
            var results = await AppendAsync([.. asked], cancellation);
            ids.Clear();
            var positions = results.Where(result => result.Outcome is AppendOutcome.Accepted).Select(result => result.Position).ToList();
            foreach (var record in await log.ReadAtAsync(positions, cancellation))
            {
                if (record is InteractionWithdrawn) withdrawn++;
                else kept++;
            }
        }
    }

    private BatchChanged Phase(ImportBatch import, BatchPhase phase, string? key) =>
        new() { AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(), Batch = import.Batch, Phase = phase, Key = key };

    private async Task<AppendResult[]> AppendAsync(LogRecord[] records, CancellationToken cancellation)
    {
        while (true)
        {
            var receipt = await log.AppendAsync(records, cancellation);
            if (!receipt.Overloaded) return receipt.Results;
            await Task.Delay(s_waitFor, time, cancellation);
        }
    }
}
