using System.Buffers;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Rows;

/// <summary>
/// The part of a stream that is being looked at, as one span: what was read and not yet consumed. Grows with the longest
/// line, skips a byte order mark, and turns a stream that fails into an outcome.
/// </summary>
public sealed class ByteWindow(Stream stream, long maxBytes) : IDisposable
{
    private const int FirstBytes = 16 << 10;
    private const int UsualBytes = 256 << 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _start;
    private int _end;
    private bool _isBegun;
    private Task<bool>? _filling;

    public long BytesRead { get; private set; }

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Nothing more will come.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Why nothing more will come, where it is not that the stream ended well.</summary>
    public Unreadable? Failure { get; private set; }

    public void Consume(int count) => _start += count;

    /// <summary>
    /// Waits for more bytes. False where the rows read so far should be handed over first, because nothing has come yet
    /// and their taker is idle: call again then. At the end it is true, with <see cref="IsAtEnd"/>.
    /// </summary>
    public async ValueTask<bool> FillAsync(RowBatch rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_filling is null)
        {
            var read = ReadAsync(cancellation);
            if (read.IsCompleted) return await read;
            _filling = read.AsTask();
        }
        if (rows.Count > 0 && !_filling.IsCompleted)
        {
            if (rows.TakerBusy is { } busy) await Task.WhenAny(_filling, busy);
            if (!_filling.IsCompleted) return false;
        }
        var filled = await _filling;
        _filling = null;
        return filled;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0 && _filling is null or { IsCompleted: true }) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadOnceAsync(cancellation);
            // A byte order mark comes whole or not at all.
            while (!_isBegun && !IsAtEnd && _end < 3 && _bytes[0] == 0xEF) await ReadOnceAsync(cancellation);
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException && !cancellation.IsCancellationRequested)
        {
            IsAtEnd = true;
            Failure = new Unreadable(0, InteractionFields.Line, failed.Message) { Cause = failed };
        }
        if (!_isBegun && Unread.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
        _isBegun = true;
        return true;
    }

    private async ValueTask ReadOnceAsync(CancellationToken cancellation)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_bytes.AsMemory(_end), cancellation);
        _end += count;
        BytesRead += count;
        if (count == 0) IsAtEnd = true;
        if (BytesRead <= maxBytes) return;
        _end = _start;
        IsAtEnd = true;
        Failure = new Unreadable(0, InteractionFields.Line, $"is larger than {maxBytes} bytes") { IsTooLarge = true };
    }

    private void MakeRoom()
    {
        if (_start == _end) _start = _end = 0;
        var isFull = _end == _bytes.Length;
        if (_start > 0 && isFull)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        // A window filled to its end had more to give; a larger one takes fewer reads.
        if (_end < _bytes.Length && !(isFull && _bytes.Length < UsualBytes)) return;
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Unread.CopyTo(larger);
        (_start, _end) = (0, _end - _start);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
