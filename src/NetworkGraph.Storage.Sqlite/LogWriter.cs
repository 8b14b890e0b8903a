using Microsoft.Data.Sqlite;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// The one thread that changes the log. It takes all appends that wait, writes what is new of them in one transaction,
/// and answers them when that is durable: while one commit waits for the disk, the next one gathers.
/// </summary>
internal sealed class LogWriter
{
    /// <summary>Small appends fill up the last row up to here, so that rows do not get too small.</summary>
    private const int FillUpRecords = 128;

    private const long MaxCommitBytes = 16L << 20;

    /// <summary>So many records ahead of the one being judged the index prefetches what will be looked for.</summary>
    private const int Ahead = 8;

    private static readonly TimeSpan s_retryCleanUpAfter = TimeSpan.FromSeconds(1);

    private readonly SqliteLogOptions _options;
    private readonly LogFile _file;
    private readonly AcknowledgedMark _mark;
    private readonly IdIndex _index;
    private readonly LogTail _tail;
    private readonly LogReads _reads;
    private readonly BatchCache _cache;
    private readonly Thread _thread;
    private readonly RowWriter _rows;
    private readonly Eraser _eraser;
    private readonly RecordJudge _judge;
    private readonly SuppressionFile _suppression;
    private readonly SuppressionCheck _suppressed = new();

    private readonly List<LogRecord> _accepted = [];
    private readonly List<InteractionFingerprint> _acceptedKeys = [];
    private long _first;
    private bool _owesTruncation;
    private bool _owesVacuum;
    private LogUnavailableException? _failed;
    private readonly ulong _lineage;
    private bool _isFull;
    private string? _refusesBecause;
    private string _identity;

    public LogWriter(
        SqliteLogOptions options, LogFile file, AcknowledgedMark mark, IdIndex index, SuppressionFile suppression, LogTail tail,
            LogReads reads, BatchCache cache)
    {
        _suppression = suppression;
        _options = options;
        _file = file;
        _mark = mark;
        _index = index;
        _tail = tail;
        _reads = reads;
        _cache = cache;
        Queue = new WaitingWork(options.MaxQueuedRecords, options.MaxQueuedBytes, options.Fingerprint);
        _rows = new RowWriter(file, FillUpRecords);
        _rows.Resume(tail.LastPosition);
        _eraser = new Eraser(file);
        _judge = new RecordJudge(options.Time);
        _identity = file.Identity;
        _lineage = AcknowledgedMark.HashOf(file.OpeningAt(long.MaxValue));
        _thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        _thread.Start();
    }

    public string Identity => Volatile.Read(ref _identity);

    /// <summary>Why appends fail now, in a sentence; null while they do not.</summary>
    public string? RefusesBecause => Volatile.Read(ref _refusesBecause);

    private bool OwesCleanUp => _owesVacuum || _owesTruncation;

    /// <summary>Where work for this writer is handed in.</summary>
    public WaitingWork Queue { get; }

    /// <summary>Does what waits, then ends. Blocks until then.</summary>
    public void Finish()
    {
        Queue.Close();
        _thread.Join();
    }

    private void Run()
    {
        var works = new List<LogWork>();
        while (Queue.Take(works, _options.MaxCommitRecords, MaxCommitBytes,
            OwesCleanUp || _isFull ? s_retryCleanUpAfter : Timeout.InfiniteTimeSpan))
        {
            if (works.Count == 0) Recover();
            else if (_failed is not null) FailAll(works, _failed);
            else if (works[0] is PendingErasure erasure) Erase(erasure);
            else if (works[0] is PendingLookup lookup) LookUp(lookup);
            else Append(works);
            works.Clear();
        }
    }

    private void Append(List<LogWork> works)
    {
        List<RecordBatch>? written = null;
        try
        {
            _first = _tail.LastPosition + 1;
            _suppression.Refresh(_suppressed);
            foreach (var work in works) Judge((PendingAppend)work);
            if (_accepted.Count > 0) written = Commit();
        }
        catch (Exception e)
        {
            FailAll(works, Undo(e));
            return;
        }
        finally
        {
            _accepted.Clear();
            _acceptedKeys.Clear();
        }
        if (written is not null)
        {
            Accepts();
            _tail.Publish(written);
        }
        foreach (var work in works) ((PendingAppend)work).Complete();
        if (OwesCleanUp) CleanUp();
    }

    private List<RecordBatch> Commit()
    {
        if (_first + _accepted.Count - 1 > IdIndex.MaxPosition)
            throw new LogUnavailableException($"{_file.Path} is full: it holds at most {IdIndex.MaxPosition} records.");
        _file.Begin();
        var written = _rows.Write(_first, _accepted, _acceptedKeys);
        // Before the commit, which cannot be taken back: what is acknowledged is what was written.
        if (written[0].FirstPosition != _first || written[^1].LastPosition != _first + _accepted.Count - 1)
            throw new InvalidOperationException(
                $"{_accepted.Count} records from {_first} on were written as {written[0].FirstPosition} to {written[^1].LastPosition}.");
        _file.Commit();
        _rows.Committed();
        _mark.Advance(_first + _accepted.Count - 1, _lineage);
        return written;
    }

    private void Judge(PendingAppend append)
    {
        var items = append.Items;
        var fingerprints = append.Fingerprints;
        for (var i = 0; i < items.Length; i++)
        {
            if (i + Ahead < items.Length) _index.Prefetch(fingerprints[i + Ahead].IdHash);
            append.Results[i] = _suppressed.Names(items[i])
                ? new AppendResult(AppendOutcome.Suppressed, 0)
                : RecordJudge.Judges(items[i])
                ? Judge(items[i], fingerprints[i])
                : new AppendResult(AppendOutcome.Accepted, Accept(items[i], fingerprints[i]));
        }
    }

    private AppendResult Judge(LogRecord record, InteractionFingerprint fingerprint)
    {
        _judge.Begin();
        var probe = -1;
        long position;
        while ((position = _index.Next(fingerprint.IdHash, ref probe, out var contentHash)) != 0) _judge.Know(position, contentHash);
        var judgement = _judge.Judge(record, fingerprint, Stored);
        position = judgement.Position;
        for (var i = 0; i < judgement.Records.Length; i++) position = Accept(judgement.Records[i], _judge.Fingerprints[i]);
        return new AppendResult(judgement.Outcome, position) { IsOfAnotherKey = judgement.IsOfAnotherKey };
    }

    /// <summary>Returns the position.</summary>
    private long Accept(LogRecord record, InteractionFingerprint fingerprint)
    {
        var position = _first + _accepted.Count;
        _accepted.Add(record);
        _acceptedKeys.Add(fingerprint);
        if (fingerprint.IdHash != 0) _index.Add(fingerprint.IdHash, fingerprint.ContentHash, position);
        return position;
    }

    private void LookUp(PendingLookup lookup)
    {
        var positions = new List<long>();
        var probe = -1;
        long position;
        while ((position = _index.Next(lookup.IdHash, ref probe, out _)) != 0) positions.Add(position);
        positions.Sort();
        lookup.Complete([.. positions]);
    }

    private LogRecord Stored(long position)
    {
        if (position >= _first) return _accepted[(int)(position - _first)];
        var batch = _reads.Holding(position);
        return batch.Records[position - batch.FirstPosition];
    }

    private void Erase(PendingErasure erasure)
    {
        var position = _tail.LastPosition + 1;
        RecordBatch marker;
        Guid? suppression = null;
        try
        {
            // Before the commit: once somebody is erased, they stay out, whatever happens next.
            if (erasure.Suppresses) suppression = _suppression.Add(erasure.Ids, erasure.AtMs, position);
            _file.Begin();
            var tombstones = _eraser.Overwrite(erasure);
            var record = new PersonErased { AtMs = erasure.AtMs, Tombstones = tombstones.Count, Positions = tombstones };
            _rows.Resume(position - 1);
            marker = _rows.Write(position, [record], [InteractionFingerprint.None])[^1];
            _file.RenewIdentity();
            var identity = _file.Identity;
            _file.Commit();
            Volatile.Write(ref _identity, identity);
            _rows.Committed();
            _mark.Advance(position, _lineage);
        }
        catch (Exception e)
        {
            if (suppression is { } added) _suppression.Withdraw(added);
            erasure.Fail(Undo(e));
            return;
        }
        // From the commit on the person is erased: nothing that follows may be reported as a failure.
        Accepts();
        foreach (var (idHash, erased) in _eraser.ErasedIds) _index.Remove(idHash, erased);
        _cache.Drop();
        _tail.Drop();
        _tail.Publish([marker]);
        _reads.Drop();
        _owesVacuum |= _eraser.HasMovedRows;
        _owesTruncation = true;
        CleanUp();
        erasure.Complete(position);
    }

    /// <summary>
    /// Overwrites what an erasure has left in the file and in the write-ahead log. Where somebody outside reads the file, it is
    /// tried again after each commit and once a second while nothing is appended; no append waits for it.
    /// </summary>
    private void CleanUp()
    {
        try
        {
            if (_owesVacuum) _file.Vacuum();
            _owesVacuum = false;
            if (_owesTruncation) _owesTruncation = !_file.TryTruncateWriteAheadLog();
        }
        catch (SqliteException)
        {
            // Busy or without room on the disk: the debt stands, and is paid when that has passed.
            _owesTruncation = true;
        }
    }

    /// <summary>Puts everything back as it was before the commit that failed, and says why it failed.</summary>
    private Exception Undo(Exception e)
    {
        for (var i = _acceptedKeys.Count - 1; i >= 0; i--)
            if (_acceptedKeys[i].IdHash != 0) _index.Remove(_acceptedKeys[i].IdHash, _first + i);
        try
        {
            _file.RollBack();
            _rows.Resume(_tail.LastPosition);
        }
        catch (Exception again)
        {
            return Failed(new AggregateException(e, again));
        }
        if (e is LogUnavailableException) Volatile.Write(ref _refusesBecause, "The log cannot be written to.");
        if (e is not SqliteException sqlite) return e;
        var reason = LogFile.Translated(_file.Path, "took nothing of this", sqlite);
        // A full disk gets room again. After anything else it is not known what the disk has kept, so no more is written to it.
        // A new part of the index of the write-ahead log that finds no room says so in words of its own.
        var isFull = sqlite.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL
            || sqlite.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_IOERR_SHMSIZE;
        if (!isFull) return Failed(reason);
        _isFull = true;
        Volatile.Write(ref _refusesBecause, "The disk of the log is full.");
        return reason;
    }

    private LogUnavailableException Failed(Exception reason)
    {
        Volatile.Write(ref _refusesBecause, "The log has failed and takes nothing more until the server is started again.");
        return _failed = new LogUnavailableException($"{_file.Path} accepts no records until it is opened again: {reason.Message}", reason);
    }

    private void Accepts()
    {
        _isFull = false;
        Volatile.Write(ref _refusesBecause, null);
    }

    /// <summary>While nothing is to be done: pays what is owed, and finds out whether a full disk has room again.</summary>
    private void Recover()
    {
        if (OwesCleanUp) CleanUp();
        if (!_isFull || _failed is not null) return;
        try
        {
            _file.Begin();
            _file.Touch();
            _file.Commit();
            Accepts();
        }
        catch (Exception failure) when (failure is SqliteException or LogUnavailableException or LogCorruptedException)
        {
            Undo(failure);
        }
    }

    private static void FailAll(List<LogWork> works, Exception reason)
    {
        foreach (var work in works) work.Fail(reason);
    }
}
