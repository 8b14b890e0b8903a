using System.IO.Compression;

namespace NetworkGraph.Server.Ingest;

/// <summary>How far a compressed body may grow, and how long it may keep the server busy.</summary>
public sealed record GzipLimits
{
    /// <summary>So many times its compressed size at most; interactions as NDJSON or CSV shrink to a tenth or a thirtieth.</summary>
    public int MaxRatio { get; init; } = 100;

    /// <summary>Up to this size the ratio does not matter: a small body may well be one line many times.</summary>
    public long FreeBytes { get; init; } = 16 << 20;

    /// <summary>How long any body may keep the server busy, not counting the time that its bytes are waited for.</summary>
    public TimeSpan FreeTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>And for each further second, how many compressed bytes must have come.</summary>
    public int BytesPerSecond { get; init; } = 64 << 10;
}

/// <summary>
/// The plain bytes of a gzip body. A body that is far larger than what was sent, or that costs far more time than its size lets
/// expect, fails to be read, so that a few bytes cannot keep the server busy for minutes.
/// </summary>
internal sealed class BoundedGzip : Stream
{
    private readonly Received _received;
    private readonly GZipStream _plain;
    private readonly GzipLimits _limits;
    private readonly TimeProvider _time;
    private readonly long _started;
    private long _grown;

    public BoundedGzip(Stream compressed, GzipLimits limits, TimeProvider time)
    {
        (_limits, _time) = (limits, time);
        _started = time.GetTimestamp();
        _received = new Received(compressed, time);
        _plain = new GZipStream(_received, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">It is no gzip, or goes beyond a limit.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _plain.ReadAsync(buffer, cancellationToken);
        _grown += count;
        if (_grown > _limits.FreeBytes && _grown / _limits.MaxRatio > _received.Bytes)
            throw new InvalidDataException($"it grows to more than {_limits.MaxRatio} times its compressed size");
        var busy = _time.GetElapsedTime(_started) - _received.Waited;
        if (busy > _limits.FreeTime + TimeSpan.FromSeconds((double)_received.Bytes / _limits.BytesPerSecond))
            throw new InvalidDataException($"it took {busy.TotalSeconds:0} seconds to read, too long for {_received.Bytes} compressed bytes");
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _plain.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The compressed bytes, counted, and the time that was spent waiting for them.</summary>
    private sealed class Received(Stream inner, TimeProvider time) : Stream
    {
        public long Bytes { get; private set; }

        public TimeSpan Waited { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var started = time.GetTimestamp();
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Waited += time.GetElapsedTime(started);
            Bytes += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
