using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// How far the log has been acknowledged, in a file of its own beside it. SQLite takes a write-ahead log to end at its first
/// damaged frame, so records lost there leave no trace in it; here they do, as does an older file put in the log's place.
/// </summary>
/// <remarks>
/// Two slots of 32 bytes (position, sequence, CRC-32C of both), written in turn, so that a torn write leaves the other. They are
/// not flushed with each commit: after a power failure the mark may lag behind the log, which is harmless, but is never ahead.
/// </remarks>
internal sealed class AcknowledgedMark : IDisposable
{
    public const string Name = "log.acknowledged";

    private const int SlotBytes = 32;
    private const int CheckedBytes = 16;

    private readonly SafeFileHandle _file;
    private readonly byte[] _slot = new byte[SlotBytes];
    private long _sequence;
    private bool _isWritten;

    private AcknowledgedMark(SafeFileHandle file) => _file = file;

    /// <summary>The last position that was acknowledged; 0 where nothing is known.</summary>
    public long Position { get; private set; }

    public static AcknowledgedMark Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            var isNew = !File.Exists(path);
            var mark = new AcknowledgedMark(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            if (isNew && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            mark.Read();
            return mark;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>What a folder's mark says, without keeping it open; 0 where there is none.</summary>
    public static long ReadIn(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return 0;
        using var mark = new AcknowledgedMark(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        mark.Read();
        return mark.Position;
    }

    /// <summary>Says that everything up to the position is durable and about to be acknowledged.</summary>
    public void Advance(long position)
    {
        Position = position;
        _isWritten = true;
        _sequence++;
        BinaryPrimitives.WriteInt64LittleEndian(_slot, position);
        BinaryPrimitives.WriteInt64LittleEndian(_slot.AsSpan(8), _sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(CheckedBytes), Crc32C.Of(_slot.AsSpan(0, CheckedBytes)));
        RandomAccess.Write(_file, _slot, (_sequence & 1) * SlotBytes);
    }

    public void Dispose()
    {
        if (_isWritten) RandomAccess.FlushToDisk(_file);
        _file.Dispose();
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
        }
    }
}
