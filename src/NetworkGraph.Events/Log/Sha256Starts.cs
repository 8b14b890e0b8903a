using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NetworkGraph.Events.Log;

/// <summary>
/// The first eight bytes of the SHA-256 of many messages: those of equal length in blocks are hashed eight at a time.
/// <see cref="Begin"/>, then <see cref="Room"/> and <see cref="Add"/> for each message, then <see cref="Finish"/>.
/// Not thread-safe.
/// </summary>
internal sealed class Sha256Starts(int mostMessages)
{
    private const int MaxBlocks = 8;

    private readonly int[] _offsets = new int[mostMessages];
    private readonly int[] _lengths = new int[mostMessages];
    private readonly int[] _ofBlocks = new int[(MaxBlocks + 1) * mostMessages];
    private readonly int[] _counts = new int[MaxBlocks + 1];
    private byte[] _bytes = new byte[mostMessages * 2 * Sha256Lanes.BlockBytes];
    private int _used;
    private int _messages;

    public void Begin()
    {
        Array.Clear(_counts);
        _used = 0;
        _messages = 0;
    }

    /// <summary>Where to write the next message of at most so many bytes.</summary>
    public Span<byte> Room(int mostBytes)
    {
        var most = checked(_used + mostBytes + 2 * Sha256Lanes.BlockBytes);
        if (_bytes.Length < most) Array.Resize(ref _bytes, Math.Max(most, 2 * _bytes.Length));
        return _bytes.AsSpan(_used, mostBytes);
    }

    /// <summary>The message in <see cref="Room"/> is complete.</summary>
    public void Add(int messageBytes)
    {
        var blocks = Sha256Lanes.BlocksFor(messageBytes);
        _offsets[_messages] = _used;
        _lengths[_messages] = messageBytes;
        if (blocks <= MaxBlocks && Sha256Lanes.IsFast)
        {
            Sha256Lanes.Pad(_bytes.AsSpan(_used, blocks * Sha256Lanes.BlockBytes), messageBytes);
            _ofBlocks[blocks * mostMessages + _counts[blocks]++] = _messages;
        }
        else
        {
            _ofBlocks[_counts[0]++] = _messages;
        }
        _messages++;
        _used += blocks * Sha256Lanes.BlockBytes;
    }

    /// <summary>One number a message, in the order added: eight bytes, little-endian.</summary>
    public void Finish(Span<ulong> starts)
    {
        foreach (var message in _ofBlocks.AsSpan(0, _counts[0])) starts[message] = Alone(message);
        for (var blocks = 1; blocks <= MaxBlocks; blocks++)
            FinishOf(blocks, _ofBlocks.AsSpan(blocks * mostMessages, _counts[blocks]), starts);
    }

    /// <summary>Forgets the messages, which may name people, and gives back room that is rarely needed.</summary>
    public void Forget()
    {
        if (_bytes.Length > 1 << 20) _bytes = new byte[mostMessages * 2 * Sha256Lanes.BlockBytes];
        else Array.Clear(_bytes);
    }

    private void FinishOf(int blocks, ReadOnlySpan<int> messages, Span<ulong> starts)
    {
        Span<int> offsets = stackalloc int[Sha256Lanes.Count];
        Span<ulong> found = stackalloc ulong[Sha256Lanes.Count];
        while (messages.Length > 0)
        {
            var together = Math.Min(messages.Length, Sha256Lanes.Count);
            if (together == 1)
            {
                starts[messages[0]] = Alone(messages[0]);
                return;
            }
            // Lanes without a message of their own repeat the last one.
            for (var lane = 0; lane < Sha256Lanes.Count; lane++) offsets[lane] = _offsets[messages[Math.Min(lane, together - 1)]];
            Sha256Lanes.Hash(_bytes, offsets, blocks, found);
            for (var lane = 0; lane < together; lane++) starts[messages[lane]] = found[lane];
            messages = messages[together..];
        }
    }

    private ulong Alone(int message)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(_offsets[message], _lengths[message]), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
