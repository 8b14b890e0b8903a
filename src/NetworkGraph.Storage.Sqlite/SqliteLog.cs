using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// The interaction log in one SQLite file: batches of records in a compact form, the ids' hashes in memory, one writer.
/// A folder is open in one process at a time.
/// </summary>
public sealed class SqliteLog : IInteractionLog
{
    private readonly FolderLock _lock;
    private readonly LogFile _file;
    private readonly AcknowledgedMark _mark;
    private readonly BatchCache _cache;
    private readonly LogReads _reads;
    private readonly LogTail _tail;
    private readonly LogWriter _writer;
    private readonly IdIndex _index;
    private readonly SuppressionFile _suppression;
    private int _closed;

    private SqliteLog(
        SqliteLogOptions options, FolderLock folderLock, LogFile file, AcknowledgedMark mark, IdIndex index, SuppressionFile suppression,
            long lastPosition)
    {
        _suppression = suppression;
        _lock = folderLock;
        _file = file;
        _mark = mark;
        _index = index;
        _cache = new BatchCache(options.CachedBatches);
        _reads = new LogReads(file.Path, file.ReadConnectionString, _cache);
        _tail = new LogTail(lastPosition, options.RecentRecords);
        suppression.Settle(position => position <= lastPosition && ReadAt([position], CancellationToken.None)[0] is PersonErased);
        _writer = new LogWriter(options, file, mark, index, suppression, _tail, _reads, _cache);
    }

    public string Identity => _writer.Identity;

    public long LastPosition => _tail.LastPosition;

    public string? RefusesBecause => _writer.RefusesBecause;

    /// <summary>What the index of ids takes in memory.</summary>
    public long IndexBytes => _index.SizeBytes;

    /// <summary>Whether a folder holds a log: opening one that does not makes one.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, LogFile.Name));

    /// <summary>
    /// Opens the log in a folder, creating what is missing, and checks it: places, sizes and keys of all batches. Each
    /// batch's content is checked when it is read.
    /// </summary>
    /// <exception cref="LogUnavailableException">In use, not writable, or written by a newer version.</exception>
    /// <exception cref="LogCorruptedException">The file is not what was written.</exception>
    public static Task<SqliteLog> OpenAsync(SqliteLogOptions options, CancellationToken cancellation = default) =>
        Task.Run(() => Open(options, cancellation), cancellation);

    public static Task<SqliteLog> OpenAsync(string folder, CancellationToken cancellation = default) =>
        OpenAsync(new SqliteLogOptions { Folder = folder }, cancellation);

    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return new(_file.OpeningAt(position));
    }

    public ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        _writer.Queue.AppendAsync(records, cancellation);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        var decoder = new BatchDecoder();
        var next = ReadOn(afterPosition, decoder, cancellation);
        try
        {
            while (await next is { Count: > 0 } batches)
            {
                // The next batches are read while these are worked on.
                next = ReadOn(batches[^1].LastPosition, decoder, cancellation);
                foreach (var batch in batches) yield return batch;
            }
        }
        finally
        {
            // Where the reader stopped early, what was read ahead is dropped, also where that failed.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, CancellationToken cancellation)
    {
        var decoder = new BatchDecoder();
        return _tail.FollowAsync(afterPosition, async (position, token) => await ReadOn(position, decoder, token), cancellation);
    }

    public async ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        var positions = await _writer.Queue.LookUpAsync(InteractionFingerprint.HashOf(id)).WaitAsync(cancellation);
        if (positions.Length == 0) return [];
        var records = await Task.Run(() => ReadAt(positions, cancellation), cancellation);
        return PlacedRecord.Of(id, positions, records);
    }

    public async ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        cancellation.ThrowIfCancellationRequested();
        _tail.CheckThere(positions);
        if (positions.Count == 0) return [];
        return await Task.Run(() => ReadAt(positions, cancellation), cancellation);
    }

    public async ValueTask<long> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        _tail.CheckThere(erasure.Positions);
        return await _writer.Queue.EraseAsync(erasure, cancellation);
    }

    public ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation) => new(_suppression.People());

    public async ValueTask<int> LiftAsync(string id, CancellationToken cancellation) =>
        await Task.Run(() => _suppression.Lift(id), cancellation);

    /// <summary>
    /// Writes what was handed over, answers it, and closes the file. Those who follow get <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await Task.Run(_writer.Finish);
        _tail.Close();
        _reads.Dispose();
        _file.Dispose();
        _mark.Dispose();
        _lock.Dispose();
    }

    private static SqliteLog Open(SqliteLogOptions options, CancellationToken cancellation)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Folder);
            else Directory.CreateDirectory(options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"The data folder '{options.Folder}' cannot be created: {e.Message}", e);
        }
        var folderLock = FolderLock.Take(options.Folder);
        LogFile? file = null;
        AcknowledgedMark? mark = null;
        try
        {
            file = LogFile.Open(options);
            var index = new IdIndex(file.LastFirstPosition());
            var suppression = SuppressionFile.Open(options.Folder);
            var last = file.Scan((first, keys) => Index(index, first, keys.Span), cancellation);
            mark = AcknowledgedMark.Open(options.Folder);
            var lineage = file.OpeningAt(Math.Min(last, mark.Position));
            if (!options.AcceptLoss
                && AcknowledgedMark.Contradiction(
                file.Path, last, (mark.Position, mark.Lineage), lineage) is { } contradiction) throw contradiction;
            mark.Advance(last, AcknowledgedMark.HashOf(file.OpeningAt(last)));
            file.TakeOver(last);
            return new SqliteLog(options, folderLock, file, mark, index, suppression, last);
        }
        catch (Exception failure)
        {
            var path = file?.Path ?? options.Folder;
            file?.Dispose();
            mark?.Dispose();
            folderLock.Dispose();
            if (failure is SqliteException damage) throw LogFile.Translated(path, "cannot be opened", damage);
            throw;
        }
    }

    private static void Index(IdIndex index, long first, ReadOnlySpan<byte> keys)
    {
        for (var i = 0; i < keys.Length / BatchRow.KeyBytes; i++)
        {
            var key = BatchRow.ReadKey(keys, i);
            if (key.IdHash != 0) index.Add(key.IdHash, key.ContentHash, first + i);
        }
    }

    private Task<List<RecordBatch>> ReadOn(long position, BatchDecoder decoder, CancellationToken cancellation) =>
        Task.Run(() => _reads.After(position, decoder, cancellation), cancellation);

    private LogRecord[] ReadAt(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        var records = new LogRecord[positions.Count];
        RecordBatch? batch = null;
        for (var i = 0; i < records.Length; i++)
        {
            var position = positions[i];
            if (batch is null || position < batch.FirstPosition || position > batch.LastPosition)
            {
                cancellation.ThrowIfCancellationRequested();
                batch = _reads.Holding(position);
            }
            records[i] = batch.Records[position - batch.FirstPosition];
        }
        return records;
    }
}
