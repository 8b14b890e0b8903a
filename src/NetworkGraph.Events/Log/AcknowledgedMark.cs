using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace NetworkGraph.Events.Log;

/// <summary>
/// How far a log has been acknowledged by this process, and in which history, in a file of its own beside the log. SQLite takes a
/// write-ahead log to end at its first damaged frame, so records lost there leave no trace in it; here they do, as does an older
/// file or database put in the log's place, however far that has been written on since.
/// </summary>
/// <remarks>
/// Two slots of 32 bytes (position, sequence, lineage, CRC-32C of these), written in turn, so that a torn write leaves the other.
/// They are not flushed with each commit: after a power failure the mark may lag behind the log, which is harmless, but is never
/// ahead. Used by one thread at a time.
/// </remarks>
public sealed class AcknowledgedMark : IDisposable
{
    public const string Name = "log.acknowledged";

    private const int SlotBytes = 32;
    private const int CheckedBytes = 24;

    private readonly SafeFileHandle _file;
    private readonly byte[] _slot = new byte[SlotBytes];
    private long _sequence;
    private bool _isWritten;
    private bool _isBehind;

    private AcknowledgedMark(SafeFileHandle file) => _file = file;

    /// <summary>The last position that was acknowledged; 0 where nothing is known.</summary>
    public long Position { get; private set; }

    /// <summary>A hash of the log's lineage at that position; 0 where nothing is known.</summary>
    public ulong Lineage { get; private set; }

    /// <summary>Opens the mark of a folder, making it where it is missing.</summary>
    /// <exception cref="LogUnavailableException">The file cannot be opened.</exception>
    public static AcknowledgedMark Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            var isNew = !File.Exists(path);
            var mark = new AcknowledgedMark(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            if (isNew && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            // Room for both slots from the beginning: a disk that is full later has nothing to find for them.
            if (RandomAccess.GetLength(mark._file) < 2 * SlotBytes) RandomAccess.Write(mark._file, new byte[2 * SlotBytes], 0);
            mark.Read();
            return mark;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>What a folder's mark says, without keeping it open; 0 where there is none.</summary>
    public static (long Position, ulong Lineage) ReadIn(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return default;
        using var mark = new AcknowledgedMark(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        mark.Read();
        return (mark.Position, mark.Lineage);
    }

    /// <summary>A lineage as the mark keeps it.</summary>
    public static ulong HashOf(string lineage) => InteractionFingerprint.HashOf(lineage);

    /// <summary>Why a log does not hold what was acknowledged; null where it does.</summary>
    /// <param name="place">The log, for the message.</param>
    /// <param name="last">Its last position.</param>
    /// <param name="acknowledged">What the mark says.</param>
    /// <param name="lineage">The log's lineage at the acknowledged position; only where it reaches so far.</param>
    public static LogCorruptedException? Contradiction(string place, long last, (long Position, ulong Lineage) acknowledged, string lineage)
    {
        const string Way = "Restore a backup, or start with --accept-loss to go on without the missing records.";
        if (last < acknowledged.Position)
        {
            return new LogCorruptedException(
                $"{place} holds {last} records, but {acknowledged.Position} were acknowledged: its end is damaged, or an older one was "
                    + $"put in its place. {Way}");
        }
        return acknowledged.Position > 0 && acknowledged.Lineage != 0 && acknowledged.Lineage != HashOf(lineage)
            ? new LogCorruptedException(
                $"{place} holds another history up to record {acknowledged.Position} than the one that was acknowledged: an older one was "
                    + $"put in its place and written on. {Way}")
            : null;
    }

    /// <summary>Records that everything up to the position is durable and about to be acknowledged.</summary>
    /// <param name="position">Of the last durable record.</param>
    /// <param name="lineage">From <see cref="HashOf"/>.</param>
    public void Advance(long position, ulong lineage)
    {
        Position = position;
        Lineage = lineage;
        _isWritten = true;
        _sequence++;
        BinaryPrimitives.WriteInt64LittleEndian(_slot, position);
        BinaryPrimitives.WriteInt64LittleEndian(_slot.AsSpan(8), _sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(_slot.AsSpan(16), lineage);
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(CheckedBytes), Crc32C.Of(_slot.AsSpan(0, CheckedBytes)));
        // What it stands for is durable already, and must be acknowledged: a mark that cannot be written lags until the next one
        // is, or until the log is closed.
        _isBehind = !TryWrite();
    }

    public void Dispose()
    {
        if (_isBehind) _isBehind = !TryWrite();
        if (_isWritten) RandomAccess.FlushToDisk(_file);
        _file.Dispose();
    }

    private bool TryWrite()
    {
        try
        {
            RandomAccess.Write(_file, _slot, (_sequence & 1) * SlotBytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Read()
    {
        for (var slot = 0; slot < 2; slot++)
        {
            if (RandomAccess.Read(_file, _slot, slot * SlotBytes) < SlotBytes) continue;
            if (BinaryPrimitives.ReadUInt32LittleEndian(_slot.AsSpan(CheckedBytes)) != Crc32C.Of(_slot.AsSpan(0, CheckedBytes))) continue;
            var sequence = BinaryPrimitives.ReadInt64LittleEndian(_slot.AsSpan(8));
            if (sequence <= _sequence) continue;
            _sequence = sequence;
            Position = BinaryPrimitives.ReadInt64LittleEndian(_slot);
            Lineage = BinaryPrimitives.ReadUInt64LittleEndian(_slot.AsSpan(16));
        }
    }
}
