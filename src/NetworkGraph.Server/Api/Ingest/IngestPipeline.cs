using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
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

    /// <summary>How slowly rows may come; null: as slowly as they like.</summary>
    public RowPace? Pace { get; init; }
}

/// <summary>
/// How long a body may be waited for: progress is counted in rows, since bytes that make none cost their sender little and hold a
/// place that others wait for. Only waiting for the body counts, not the time that the log takes.
/// </summary>
/// <param name="Grace">What any body may be waited for.</param>
/// <param name="RowsPerSecond">For so many rows it may be waited for a second more.</param>
public sealed record RowPace(TimeSpan Grace, double RowsPerSecond)
{
    public TimeSpan Allowed(long rows) => Grace + TimeSpan.FromSeconds(rows / RowsPerSecond);
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

    private static readonly TimeSpan s_lookAtPaceEvery = TimeSpan.FromSeconds(1);
    private TimeSpan _waited;
    private long _rows;

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
            if (await ReadAsync(source, rows, reading) is not { } isMore)
            {
                var come = _rows + rows.Count;
                tally.Unreadable = new Unreadable(
                    come + 1, InteractionFields.Line, $"comes too slowly: {come} rows in {_waited.TotalSeconds:0} seconds");
                isMore = false;
            }
            else tally.Unreadable = rows.Unreadable;
            _rows += rows.Count;
            if (rows.Count > 0)
            {
                var patience = isFirst && !isMore && !options.OneBatchWaits ? TimeSpan.Zero : options.Patience;
                last = AppendAsync(rows, last, patience, reading, appending);
                underWay.Enqueue(new UnderWay(rows, last));
            }
            if (!isMore) return;
        }
    }

    /// <summary>Reads a batch; null where it comes too slowly, with what had come until then in it.</summary>
    private async ValueTask<bool?> ReadAsync(IRowSource source, RowBatch rows, CancellationToken reading)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (options.Pace is not { } pace) return await source.ReadAsync(rows, nowMs, reading);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(reading);
        var started = time.GetTimestamp();
        var read = source.ReadAsync(rows, nowMs, stop.Token).AsTask();
        while (!read.IsCompleted)
        {
            await Task.WhenAny(read, Task.Delay(s_lookAtPaceEvery, time, stop.Token));
            if (read.IsCompleted || _waited + time.GetElapsedTime(started) <= pace.Allowed(_rows + rows.Count)) continue;
            await stop.CancelAsync();
            _waited += time.GetElapsedTime(started);
            await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            reading.ThrowIfCancellationRequested();
            return null;
        }
        _waited += time.GetElapsedTime(started);
        return await read;
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
