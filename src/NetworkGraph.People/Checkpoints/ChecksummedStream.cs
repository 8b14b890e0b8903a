using System.Numerics;
using System.Runtime.InteropServices;

namespace NetworkGraph.People.Checkpoints;

/// <summary>Passes bytes through to or from a file and keeps a CRC-32C of all that passed. Not seekable.</summary>
internal sealed class ChecksummedStream(Stream file) : Stream
{
    private readonly byte[] _pending = new byte[8];
    private int _pendingBytes;
    private uint _crc = uint.MaxValue;

    /// <summary>CRC-32C of all bytes so far.</summary>
    public uint Checksum
    {
        get
        {
            var crc = _crc;
            foreach (var last in _pending.AsSpan(0, _pendingBytes)) crc = BitOperations.Crc32C(crc, last);
            return ~crc;
        }
    }

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => file.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => file.Flush();

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(buffer);
        Add(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Add(buffer);
        file.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_pendingBytes > 0)
        {
            var missing = Math.Min(8 - _pendingBytes, bytes.Length);
            bytes[..missing].CopyTo(_pending.AsSpan(_pendingBytes));
            _pendingBytes += missing;
            bytes = bytes[missing..];
            if (_pendingBytes < 8) return;
            _crc = BitOperations.Crc32C(_crc, BitConverter.ToUInt64(_pending));
            _pendingBytes = 0;
        }
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) _crc = BitOperations.Crc32C(_crc, word);
        var rest = bytes[(bytes.Length & ~7)..];
        rest.CopyTo(_pending);
        _pendingBytes = rest.Length;
    }
}
