using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;

namespace NetworkGraph.Analytics;

/// <summary>
/// Writes checkpoints of the fold now and then, so that a start replays little: whenever the log has grown by a quarter
/// since the last one (so that all checkpoints together cost a few times the size of the last), and at the end. Writing
/// does not hold up folding.
/// </summary>
public sealed class CheckpointKeeper(string path, IInteractionLog log, LogFold fold, EmbeddedPeople people, TimeProvider time) : IDisposable
{
    private const long WorthWriting = 250_000;
    private const long WorthWritingAtEnd = 20_000;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _file = new(1);

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
        if (fold.Ready.IsCompletedSuccessfully && fold.Progress.Position - WrittenPosition >= WorthWritingAtEnd) await WriteAsync(cancellation);
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
            await Task.Run(() => HistoryCheckpoint.Write(path, $"{identity}/{lineage}", people.Histories, cut, cancellation), cancellation);
            WrittenPosition = cut.Position;
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

    public void Dispose() => _file.Dispose();
}
