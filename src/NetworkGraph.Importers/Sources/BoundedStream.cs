namespace NetworkGraph.Importers.Sources;

/// <summary>
/// What is decompressed, up to a bound: text shrinks to a tenth and hardly ever to a hundredth, and what grows far beyond that was made to
/// fill the machine that opens it.
/// </summary>
/// <param name="compressed">The compressed size in bytes.</param>
internal sealed class BoundedStream(Stream inner, long compressed) : Stream
{
    private const long AlwaysAllowed = 64L << 20;
    private const long MaxRatio = 300;

    private readonly long _most = Math.Max(AlwaysAllowed, compressed > long.MaxValue / MaxRatio ? long.MaxValue : compressed * MaxRatio);
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _count += read;
        return _count <= _most
            ? read : throw new InvalidDataException($"grows to more than {MaxRatio} times its compressed size, as no text does");
    }
}
