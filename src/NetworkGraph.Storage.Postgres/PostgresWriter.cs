using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// The one thread of this process that changes the log. It takes all appends that wait, writes what is new of them in one
/// transaction, and answers them when that is durable. Other processes do the same: the one that holds the lock on the table
/// <c>log</c> appends, the others wait.
/// </summary>
/// <remarks>
/// Each commit leaves its number under this writer's name in the same transaction. So where the connection breaks before
/// the answer to a commit has come, the next transaction (which cannot begin before that one has ended) sees whether it
/// got through, and what was handed over is neither lost nor doubled, records without an id included.
/// </remarks>
internal sealed class PostgresWriter : IDisposable
{
    private const long MaxCommitBytes = 16L << 20;
    private static readonly TimeSpan s_leastWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(1);

    private readonly PostgresLogOptions _options;
    private readonly Database _database;
    private readonly LogTail _tail;
    private readonly RecordBytes _bytes;
    private readonly CommitDraft _draft;
    private readonly Eraser _eraser;
    private readonly ErasureCleanUp _cleanUp;
    private readonly Action<Guid> _renewed;
    private readonly Guid _writer;
    private readonly AcknowledgedMark? _mark;
    private string? _refusesBecause;
    private Transacted _last;
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private WriterSession? _session;
    private long _lastCommit;
    private int _backend;

    public PostgresWriter(
        PostgresLogOptions options, Database database, Guid writer, LogTail tail, Action<Guid> renewed, AcknowledgedMark? mark)
    {
        _mark = mark;
        _options = options;
        _writer = writer;
        _renewed = renewed;
        _database = database;
        _tail = tail;
        Queue = new WaitingWork(options.MaxQueuedRecords, options.MaxQueuedBytes, options.Fingerprint);
        _bytes = new RecordBytes(database.Name);
        _draft = new CommitDraft(_bytes, options.Time);
        _eraser = new Eraser(database, _bytes, _draft);
        _cleanUp = new ErasureCleanUp(database, options.Time);
        _thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        _thread.Start();
    }

    /// <summary>Where work for this writer is handed in.</summary>
    public WaitingWork Queue { get; }

    /// <summary>Why the last append failed, in a sentence; null where it did not.</summary>
    public string? RefusesBecause => Volatile.Read(ref _refusesBecause);

    /// <summary>The server's process that this writer talks to; 0 where it talks to none.</summary>
    public int Backend => Volatile.Read(ref _backend);

    /// <summary>Does what waits, then ends; a database that is away is not waited for. Blocks until then.</summary>
    public void Dispose()
    {
        Queue.Close();
        _closing.Cancel();
        _thread.Join();
        _cleanUp.Dispose();
        _session?.Dispose();
        _closing.Dispose();
    }

    private void Run()
    {
        var works = new List<LogWork>();
        while (Queue.Take(works, _options.MaxCommitRecords, MaxCommitBytes, Timeout.InfiniteTimeSpan))
        {
            if (works[0] is PendingErasure erasure) Erase(erasure);
            else Append(works);
            works.Clear();
        }
    }

    private void Append(List<LogWork> works)
    {
        RecordBatch? written;
        try
        {
            var hashes = HashesOf(works);
            written = UntilDone<RecordBatch?>(
                () =>
                {
                    var (state, lastCommit, known) = _session!.Begin(_writer, hashes);
                    if (lastCommit > _lastCommit) return Transacted.GotThrough;
                    _draft.Begin(state.LastPosition, known, _session.Suppressed, StoredAmong(known));
                    foreach (var work in works) _draft.Judge((PendingAppend)work);
                    if (_draft.Accepted == 0) return Transacted.Nothing;
                    _session.Commit(_draft.Rows(), _writer, _lastCommit + 1, _draft.LastPosition);
                    return Transacted.Committed;
                },
                done => done is Transacted.Nothing ? null : _draft.Batch());
        }
        catch (Exception failure)
        {
            foreach (var work in works) work.Fail(failure);
            return;
        }
        if (written is not null) Publish(written);
        foreach (var work in works) ((PendingAppend)work).Complete();
    }

    private void Erase(PendingErasure erasure)
    {
        try
        {
            var marker = UntilDone(
                () =>
                {
                    var (state, lastCommit, _) = _session!.Begin(_writer, []);
                    if (lastCommit > _lastCommit) return Transacted.GotThrough;
                    _eraser.Erase(_session, erasure, state, _writer, _lastCommit + 1);
                    return Transacted.Committed;
                },
                _ => _eraser.Marker);
            _draft.ForgetPeople();
            _renewed(_eraser.Identity);
            _tail.Drop();
            Publish(marker);
            // From the commit on the person is erased: nothing that follows may be reported as a failure, or hold up appends.
            _cleanUp.Owe();
            erasure.Complete(marker.LastPosition);
        }
        catch (Exception failure)
        {
            erasure.Fail(failure);
        }
    }

    /// <summary>
    /// Runs a transaction until it is known to have ended one way: waits while the database is away, and after a commit
    /// whose answer got lost finds out what became of it.
    /// </summary>
    private T UntilDone<T>(Func<Transacted> transact, Func<Transacted, T> finish)
    {
        var started = _options.Time.GetTimestamp();
        var wait = s_leastWait;
        while (true)
        {
            try
            {
                _session ??= Connect();
                var done = transact();
                if (done is not Transacted.Committed) _session.RollBack();
                if (done is not Transacted.Nothing) _lastCommit++;
                _last = done;
                Volatile.Write(ref _refusesBecause, null);
                return finish(done);
            }
            catch (NpgsqlException gone) when (Database.HasGoneAway(gone) && !_closing.IsCancellationRequested
                && _options.Time.GetElapsedTime(started) < _options.OutagePatience)
            {
                Drop();
            }
            catch (NpgsqlException failure)
            {
                GiveUp();
                Volatile.Write(ref _refusesBecause, failure is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
                    ? "The disk of the database is full." : "The database takes nothing now.");
                throw _database.Translated(
                    "took nothing of this, as far as is known (sending it again does no harm: ids are taken once)", failure);
            }
            catch
            {
                // Not the database's fault: the transaction is open, and the next in line for the lock goes on.
                GiveUp();
                throw;
            }
            _closing.Token.WaitHandle.WaitOne(wait);
            wait = TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, s_mostWait.Ticks));
        }
    }

    /// <summary>Reads the records that a commit's ids have already: all of them at once, when the first is asked for.</summary>
    private Func<long, LogRecord> StoredAmong(List<StoredKey> known)
    {
        Dictionary<long, byte[]>? payloads = null;
        return position =>
        {
            payloads ??= _session!.Payloads([.. known.Select(key => key.Position)]);
            return payloads.TryGetValue(position, out var payload)
                ? _bytes.Decode(position, payload)
                : throw new LogCorruptedException($"{_database.Name}: position {position} is missing.");
        };
    }

    /// <summary>The number of a commit that may yet have got through is not used again, so that none is taken for it.</summary>
    private void GiveUp()
    {
        _lastCommit++;
        Drop();
    }

    private void Publish(RecordBatch written)
    {
        // After a commit whose answer got lost the lineage may be that of what follows it.
        if (_last is Transacted.Committed) _mark?.Advance(written.LastPosition, _session!.Lineage);
        _tail.Publish([written]);
    }

    private WriterSession Connect()
    {
        var session = new WriterSession(_database);
        Volatile.Write(ref _backend, session.Backend);
        return session;
    }

    private void Drop()
    {
        Volatile.Write(ref _backend, 0);
        _session?.Dispose();
        _session = null;
        _database.Forget();
    }

    private static long[] HashesOf(List<LogWork> works)
    {
        var hashes = new HashSet<long>();
        foreach (var work in works)
            foreach (var fingerprint in ((PendingAppend)work).Fingerprints)
                if (fingerprint.IdHash != 0) hashes.Add((long)fingerprint.IdHash);
        return [.. hashes];
    }

    private enum Transacted
    {
        /// <summary>There was nothing to write.</summary>
        Nothing,
        Committed,

        /// <summary>The attempt before got through, though its answer did not.</summary>
        GotThrough,
    }
}
