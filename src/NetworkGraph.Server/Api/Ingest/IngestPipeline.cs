using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>How a pipeline works.</summary>
public sealed record IngestPipelineOptions
{
    /// <summary>How many lines are appended at once.</summary>
    public int BatchRows { get; init; } = 4096;

    /// <summary>How many appends may be under way while more is read.</summary>
    public int AppendsAtOnce { get; init; } = 4;

    /// <summary>How long a batch waits for a log at capacity, before the rest is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether what is one batch as a whole waits as well. Where its sender can send it again as a whole, it need not.
    /// </summary>
    public bool OneBatchWaits { get; init; }
}

/// <summary>
/// From a body or file to the log: reads a batch while the ones before it are made durable, and waits where the log cannot
/// follow. Holds a few batches, however much there is to read.
/// </summary>
/// <param name="append">Makes records durable.</param>
/// <param name="time">The clock.</param>
/// <param name="options">How it works.</param>
/// <param name="settled">Called after each batch has been added to the tally, in their order; null for none.</param>
public sealed class IngestPipeline(AppendRecords append, TimeProvider time, IngestPipelineOptions options, Action? settled = null)
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(1);

    private readonly record struct UnderWay(RowBatch Rows, Task<AppendAnswer> Answer);

    /// <summary>
    /// Runs to the source's end, or to where it could not be parsed further, or until the log has been at capacity for too long;
    /// <paramref name="tally"/> says which. Cancelling <paramref name="reading"/> stops it cleanly: appends under way are
    /// waited for, so that the tally is true. Cancelling <paramref name="appending"/> gives up waiting for them as well.
    /// </summary>
    public async Task RunAsync(IRowSource source, IngestTally tally, CancellationToken reading, CancellationToken appending)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(tally);
        var underWay = new Queue<UnderWay>();
        try
        {
            await ReadAllAsync(source, tally, underWay, reading, appending);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            tally.WasStopped = true;
        }
        finally
        {
            // Also where something failed: no append is left behind unobserved.
            await ((Task)Task.WhenAll(underWay.Select(u => u.Answer))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        foreach (var (rows, answer) in underWay)
        {
            if (answer.IsCanceled) tally.WasStopped = true;
            else Add(tally, rows, await answer);
        }
    }

    private async Task ReadAllAsync(
        IRowSource source, IngestTally tally, Queue<UnderWay> underWay, CancellationToken reading, CancellationToken appending)
    {
        var spare = new Stack<RowBatch>();
        var last = Task.FromResult(AppendAnswer.Nothing);
        for (var isFirst = true; ; isFirst = false)
        {
            while (underWay.TryPeek(out var first) && (first.Answer.IsCompleted || underWay.Count >= options.AppendsAtOnce))
                await SettleAsync(tally, underWay, spare);
            if (tally.OverloadedAtLine > 0) return;
            reading.ThrowIfCancellationRequested();
            var rows = spare.TryPop(out var used) ? used : new RowBatch(options.BatchRows);
            rows.TakerBusy = underWay.TryPeek(out var oldest) ? oldest.Answer : null;
            var isMore = await source.ReadAsync(rows, time.GetUtcNow().ToUnixTimeMilliseconds(), reading);
            tally.Unreadable = rows.Unreadable;
            if (rows.Count > 0)
            {
                var patience = isFirst && !isMore && !options.OneBatchWaits ? TimeSpan.Zero : options.Patience;
                last = AppendAsync(rows, last, patience, reading, appending);
                underWay.Enqueue(new UnderWay(rows, last));
            }
            if (!isMore) return;
        }
    }

    private void Add(IngestTally tally, RowBatch rows, AppendAnswer answer)
    {
        tally.Add(rows, answer);
        settled?.Invoke();
    }

    private async Task SettleAsync(IngestTally tally, Queue<UnderWay> underWay, Stack<RowBatch> spare)
    {
        var answer = await underWay.Peek().Answer;
        var rows = underWay.Dequeue().Rows;
        Add(tally, rows, answer);
        rows.Clear();
        spare.Push(rows);
    }

    private async Task<AppendAnswer> AppendAsync(
        RowBatch rows, Task<AppendAnswer> before, TimeSpan patience, CancellationToken reading, CancellationToken appending)
    {
        if (rows.Records.Count == 0) return AppendAnswer.Nothing;
        var started = time.GetTimestamp();
        var answer = await append(rows.Records, appending);
        if (answer.TryAgainAfter is not { } delay || patience == TimeSpan.Zero) return answer;
        // Lines are appended in their order, so the batch before this one gets its turn first.
        if ((await before).TryAgainAfter is not null) return answer;
        while (answer.TryAgainAfter is { } atLeast && time.GetElapsedTime(started) < patience)
        {
            delay = atLeast > delay ? atLeast : delay;
            await Task.Delay(delay, time, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (reading.IsCancellationRequested) return answer;
            answer = await append(rows.Records, appending);
            delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay;
        }
        return answer;
    }
}
