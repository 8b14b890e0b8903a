using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Ingest;

/// <summary>Appends records, to a log here or to one behind a server. Completes when they are durable.</summary>
public delegate ValueTask<AppendAnswer> AppendRecords(IReadOnlyList<LogRecord> records, CancellationToken cancellation);

/// <summary>A record that the log did not take, by its index among those appended.</summary>
public readonly record struct NotTaken(int Index, bool IsConflict, Rejection Rejection);

/// <summary>What became of records appended together.</summary>
public sealed record AppendAnswer(int Accepted, int Duplicates, IReadOnlyList<NotTaken> NotTaken)
{
    public static readonly AppendAnswer Nothing = new(0, 0, []);

    /// <summary>Interactions whose id was retracted: they stay so.</summary>
    public int Retracted { get; init; }

    /// <summary>Nothing was taken; null where it is not too busy. Otherwise after how long to try again.</summary>
    public TimeSpan? TryAgainAfter { get; init; }
}

/// <summary>Appends to a log in this process, and counts what becomes of it.</summary>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">Counts what becomes of records; null for nobody.</param>
/// <param name="hidesOthers">
/// Whether a conflict with, or a retraction of, what another key wrote is answered as a duplicate, so that nobody can find
/// out by trying what others have sent. It is counted as what it is.
/// </param>
public sealed class LogAppend(IInteractionLog log, TimeProvider time, IngestMetrics? metrics, bool hidesOthers = false)
{
    private static readonly TimeSpan s_tryAgainAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>Interactions whose id is taken by other content are reported by this.</summary>
    public static readonly Rejection Conflict = new("id", "is that of another interaction, with other content; nothing was changed");

    public async ValueTask<AppendAnswer> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var receipt = await log.AppendAsync(records, cancellation);
        if (receipt.Overloaded) return AppendAnswer.Nothing with { TryAgainAfter = s_tryAgainAfter };
        var (accepted, duplicates, retracted, hidden) = (0, 0, 0, 0);
        List<NotTaken>? notTaken = null;
        for (var i = 0; i < receipt.Results.Length; i++)
        {
            switch (receipt.Results[i].Outcome)
            {
                case AppendOutcome.Conflict or AppendOutcome.Retracted when hidesOthers && receipt.Results[i].IsOfAnotherKey:
                    hidden++;
                    break;
                case AppendOutcome.Retracted:
                    retracted++;
                    break;
                case AppendOutcome.Accepted:
                    accepted++;
                    break;
                case AppendOutcome.Duplicate:
                    duplicates++;
                    break;
                default:
                    (notTaken ??= []).Add(new NotTaken(i, IsConflict: true, Conflict));
                    break;
            }
        }
        metrics?.Appended(accepted, duplicates, (notTaken?.Count ?? 0) + hidden, retracted, time.GetElapsedTime(started));
        return new AppendAnswer(accepted, duplicates + hidden, notTaken ?? (IReadOnlyList<NotTaken>)[]) { Retracted = retracted };
    }
}
