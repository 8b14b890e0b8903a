using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>Records what an operation changes, so that the next question sees it.</summary>
internal sealed class Recorder(IInteractionLog log, LogFold fold, TimeProvider clock)
{
    /// <summary>The time that records carry, Unix ms.</summary>
    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Returns when the records are durable and folded; with a problem where none were kept.</summary>
    public async Task<Problem?> RecordAsync(CancellationToken cancellation, params IReadOnlyList<LogRecord> records)
    {
        if (records.Count == 0) return null;
        var receipt = await log.AppendAsync(records, cancellation);
        if (Problem.NotRecorded(receipt) is { } problem) return problem;
        await fold.UntilFoldedAsync(receipt.Results[^1].Position, cancellation);
        return null;
    }

    /// <summary>As <see cref="RecordAsync"/> for one record, with what became of it.</summary>
    public async Task<(AppendOutcome Outcome, Problem? Problem)> AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        var receipt = await log.AppendAsync([record], cancellation);
        if (Problem.NotRecorded(receipt) is { } problem) return (default, problem);
        var (outcome, position) = receipt.Results[0];
        if (outcome is not AppendOutcome.NotFound) await fold.UntilFoldedAsync(position, cancellation);
        return (outcome, null);
    }
}
