using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>Appends records, to a log here or to one behind a server. Completes when they are durable.</summary>
public delegate ValueTask<AppendAnswer> AppendRecords(IReadOnlyList<LogRecord> records, CancellationToken cancellation);

/// <summary>A record that the log refused, by its index among those appended.</summary>
public readonly record struct RejectedRecord(int Index, bool IsConflict, Rejection Rejection);

/// <summary>What became of records appended together.</summary>
public sealed record AppendAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedRecord> Rejected)
{
    public static readonly AppendAnswer Nothing = new(0, 0, []);

    /// <summary>Interactions whose id was retracted: they stay so.</summary>
    public int Retracted { get; init; }

    /// <summary>Records that name an erased person who stays out: nothing of them was recorded.</summary>
    public int Suppressed { get; init; }

    /// <summary>Null where the records were kept; else the log is at capacity, and this is after how long to try again.</summary>
    public TimeSpan? TryAgainAfter { get; init; }
}

/// <summary>Appends to a log in this process, and counts what becomes of it.</summary>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">Counts what becomes of records; null for none.</param>
/// <param name="hidesOthers">
/// Whether a conflict with, or a retraction of, what another key wrote is answered as a duplicate, so that no key can find
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
        var (accepted, duplicates, retracted, hidden, suppressed) = (0, 0, 0, 0, 0);
        List<RejectedRecord>? rejected = null;
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
                case AppendOutcome.Suppressed:
                    suppressed++;
                    break;
                case AppendOutcome.Accepted:
                    accepted++;
                    break;
                case AppendOutcome.Duplicate:
                    duplicates++;
                    break;
                default:
                    (rejected ??= []).Add(new RejectedRecord(i, IsConflict: true, Conflict));
                    break;
            }
        }
        metrics?.Appended(accepted, duplicates, (rejected?.Count ?? 0) + hidden, retracted, suppressed, time.GetElapsedTime(started));
        return new AppendAnswer(accepted, duplicates + hidden, rejected ?? (IReadOnlyList<RejectedRecord>)[])
        {
            Retracted = retracted,
            Suppressed = suppressed,
        };
    }
}
