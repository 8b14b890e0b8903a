using System.IO.Compression;

namespace NetworkGraph.Server.Api.Bodies;

/// <summary>How far compressed bytes may grow, and how long they may keep the server busy.</summary>
public sealed record GzipLimits
{
    /// <summary>The uncompressed bytes at most.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>So many times their compressed size at most; interactions as NDJSON or CSV shrink to a tenth or a thirtieth.</summary>
    public int MaxRatio { get; init; } = 100;

    /// <summary>Up to this size the ratio does not matter: a small body may well be one line many times.</summary>
    public long FreeBytes { get; init; } = 16 << 20;

    /// <summary>How long any body may keep the server busy, not counting the time that its bytes are waited for.</summary>
    public TimeSpan FreeTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>And for each further second, how many compressed bytes must have come.</summary>
    public int BytesPerSecond { get; init; } = 64 << 10;
}

/// <summary>Compressed bytes go beyond a limit.</summary>
public sealed class GzipLimitException(string message) : IOException(message);

/// <summary>
/// The uncompressed bytes of gzip, of a body or a message. What becomes far larger than what was sent, or costs far more time than
/// its size lets expect, fails to be read, so that a few bytes cannot keep the server busy for minutes.
/// </summary>
internal sealed class BoundedGzipStream : ReadOnlyStream
{
    private readonly CountedStream _compressed;
    private readonly GZipStream _plain;
    private readonly GzipLimits _limits;
    private readonly TimeProvider _time;
    private readonly long _started;
    private long _grown;

    public BoundedGzipStream(Stream compressed, GzipLimits limits, TimeProvider time)
    {
        (_limits, _time) = (limits, time);
        _started = time.GetTimestamp();
        _compressed = new CountedStream(compressed, time);
        _plain = new GZipStream(_compressed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <exception cref="GzipLimitException">It goes beyond a limit.</exception>
    /// <exception cref="InvalidDataException">It is not gzip.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Checked(await _plain.ReadAsync(buffer, cancellationToken));

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override int Read(Span<byte> buffer) => Checked(_plain.Read(buffer));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _plain.Dispose();
        base.Dispose(disposing);
    }

    private int Checked(int count)
    {
        _grown += count;
        if (_grown > _limits.MaxBytes) throw new GzipLimitException($"it has more than {_limits.MaxBytes} bytes when it is unpacked");
        if (_grown > _limits.FreeBytes && _grown / _limits.MaxRatio > _compressed.Bytes)
            throw new GzipLimitException($"it grows to more than {_limits.MaxRatio} times its compressed size");
        var busy = _time.GetElapsedTime(_started) - _compressed.Waited;
        if (busy > _limits.FreeTime + TimeSpan.FromSeconds((double)_compressed.Bytes / _limits.BytesPerSecond))
            throw new GzipLimitException(
                $"it took {busy.TotalSeconds:0} seconds to read, too long for {_compressed.Bytes} compressed bytes");
        return count;
    }

    /// <summary>The compressed bytes, counted, and the time that was spent waiting for them.</summary>
    private sealed class CountedStream(Stream inner, TimeProvider time) : ReadOnlyStream
    {
        public long Bytes { get; private set; }

        public TimeSpan Waited { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var started = time.GetTimestamp();
            return Counted(await inner.ReadAsync(buffer, cancellationToken), started);
        }

        public override int Read(Span<byte> buffer)
        {
            var started = time.GetTimestamp();
            return Counted(inner.Read(buffer), started);
        }

        private int Counted(int count, long started)
        {
            Waited += time.GetElapsedTime(started);
            Bytes += count;
            return count;
        }
    }
}

/// <summary>A stream that is read from its beginning to its end, once.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
