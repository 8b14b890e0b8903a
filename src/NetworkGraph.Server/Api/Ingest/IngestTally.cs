using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>What became of a body or file, counted in the order of its lines. Written by one, may be read by others meanwhile.</summary>
/// <param name="onRejected">Called with every line rejected and, with true, every conflict; null for none.</param>
public sealed class IngestTally(Action<RejectedLine, bool>? onRejected = null)
{
    /// <summary>How many of the rejected lines are listed.</summary>
    public const int MaxListed = 1000;

    private readonly List<RejectedLine> _listed = [];

    public long Accepted { get; private set; }

    public long Duplicates { get; private set; }

    public long Conflicts { get; private set; }

    public long Retracted { get; private set; }

    /// <summary>Lines that name an erased person who stays out.</summary>
    public long Suppressed { get; private set; }

    public long RejectedCount { get; private set; }

    /// <summary>The first <see cref="MaxListed"/> lines rejected or in conflict, ascending.</summary>
    public IReadOnlyList<RejectedLine> Listed => _listed;

    /// <summary>Why the body could not be read to its end; null where it was, or may yet be.</summary>
    public Unreadable? Unreadable { get; set; }

    /// <summary>The first line that was not kept because the log was at capacity; 0 for none.</summary>
    public long OverloadedAtLine { get; private set; }

    /// <summary>It was stopped from outside before the end.</summary>
    public bool WasStopped { get; set; }

    public long Lines => Accepted + Duplicates + Conflicts + Retracted + Suppressed + RejectedCount;

    /// <summary>Whether a line was dealt with as it should be: it is in the log, or is kept out of it on purpose.</summary>
    public bool HasKept => Accepted + Duplicates + Retracted + Suppressed > 0;

    /// <summary>The counts as a record of an import keeps them.</summary>
    public BatchCounts Counts => new(Accepted, Duplicates, Conflicts, Retracted, RejectedCount) { Suppressed = Suppressed };

    public bool WasReadToEnd => Unreadable is null && OverloadedAtLine == 0 && !WasStopped;

    /// <summary>Adds a batch and what became of its records. Batches come in order.</summary>
    public void Add(RowBatch rows, AppendAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(answer);
        Accepted += answer.Accepted;
        Duplicates += answer.Duplicates;
        Retracted += answer.Retracted;
        Suppressed += answer.Suppressed;
        if (answer.TryAgainAfter is not null && OverloadedAtLine == 0)
            OverloadedAtLine = rows.Lines.Count > 0 ? rows.Lines[0] : Lines + 1;
        // Both lists are ascending, and are listed as one.
        var (rejected, refused) = (0, 0);
        while (rejected < rows.Rejected.Count || refused < answer.Rejected.Count)
        {
            var isRejected = refused == answer.Rejected.Count
                || rejected < rows.Rejected.Count && rows.Rejected[rejected].Line < rows.Lines[answer.Rejected[refused].Index];
            if (isRejected)
            {
                List(rows.Rejected[rejected++], isConflict: false);
                continue;
            }
            var (index, isConflict, (field, reason)) = answer.Rejected[refused++];
            List(new RejectedLine(rows.Lines[index], IdOf(rows.Records[index]), field, reason), isConflict);
        }
    }

    /// <summary>Appends a batch as a whole and adds what became of it. False where the log is at capacity: nothing was kept.</summary>
    public async Task<bool> AppendAsync(RowBatch rows, LogAppend append, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(append);
        var answer = rows.Records.Count == 0 ? AppendAnswer.Nothing : await append.AppendAsync(rows.Records, cancellation);
        if (answer.TryAgainAfter is not null) return false;
        Add(rows, answer);
        return true;
    }

    private static string? IdOf(LogRecord record) => record switch
    {
        Interaction interaction => interaction.Id,
        ProfileChanged changed => changed.Profile.Id,
        _ => null,
    };

    private void List(RejectedLine line, bool isConflict)
    {
        if (isConflict) Conflicts++;
        else RejectedCount++;
        if (_listed.Count < MaxListed) _listed.Add(line);
        onRejected?.Invoke(line, isConflict);
    }
}
