using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;

namespace NetworkGraph.Analytics;

/// <summary>
/// Writes checkpoints of the fold now and then, so that a start replays little: whenever the log has grown by a quarter
/// since the last one (so that all checkpoints together cost a few times the size of the last), and at the end. Writing
/// does not hold up folding.
/// </summary>
/// <param name="path">The checkpoint's file.</param>
/// <param name="log">Names the history that a checkpoint is of.</param>
/// <param name="fold">What is written.</param>
/// <param name="people">The tables of the fold.</param>
/// <param name="time">When to look whether one is due.</param>
/// <param name="inBackground">Runs the writing of a file; null for the thread pool.</param>
public sealed class CheckpointKeeper(
    string path, IInteractionLog log, LogFold fold, EmbeddedPeople people, TimeProvider time, Func<Action, CancellationToken,
        Task>? inBackground = null)
{
    private const long WorthWriting = 250_000;
    private const long WorthWritingAtEnd = 20_000;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);
    private readonly TurnLock _file = new();

    /// <summary>The position that the file holds the fold up to; 0 for none.</summary>
    public long WrittenPosition { get; private set; }

    /// <summary>Says that the fold was started from the file, as of <paramref name="position"/>.</summary>
    public void StartedFrom(long position) => WrittenPosition = position;

    /// <summary>Writes checkpoints until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await fold.Ready.WaitAsync(cancellation);
        using var timer = new PeriodicTimer(s_lookEvery, time);
        do
        {
            var grown = fold.Progress.Position - WrittenPosition;
            if (grown >= Math.Max(WorthWriting, WrittenPosition / 4)) await WriteAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Writes a last checkpoint, where enough was folded since the one before to be worth it.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (fold.Ready.IsCompletedSuccessfully && fold.Progress.Position - WrittenPosition >= WorthWritingAtEnd)
            await WriteAsync(cancellation);
    }

    /// <summary>Writes a checkpoint now.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await _file.WaitAsync(cancellation);
        try
        {
            // The identity as it is with the cut: a file from before an erasure is of another log, and never used.
            var (cut, identity) = await fold.WhileStillAsync(
                position => (HistoryCheckpoint.Cut(people, position), log.Identity), cancellation);
            var lineage = await log.LineageAsync(cut.Position, cancellation);
            await (inBackground ?? Task.Run)(
                () => HistoryCheckpoint.Write(path, $"{identity}/{lineage}", people.Histories, cut, cancellation), cancellation);
            WrittenPosition = cut.Position;
        }
        finally
        {
            _file.Release();
        }
    }

    /// <summary>Whether the file is what was written; also where there is none.</summary>
    public async Task<bool> IsWholeAsync()
    {
        await _file.WaitAsync();
        try
        {
            return await Task.Run(() => HistoryCheckpoint.IsWhole(path));
        }
        finally
        {
            _file.Release();
        }
    }

    /// <summary>
    /// Removes the file, and with it what was erased; a new one is written in time. Waits for one that is being
    /// written.
    /// </summary>
    public async Task DiscardAsync()
    {
        await _file.WaitAsync();
        try
        {
            File.Delete(path);
            File.Delete(HistoryCheckpoint.UnfinishedPath(path));
            WrittenPosition = 0;
        }
        finally
        {
            _file.Release();
        }
    }
}
