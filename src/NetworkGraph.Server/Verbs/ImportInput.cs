using System.IO.Compression;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// A file or the standard input, decompressed where it begins as gzip does. Counts what is read, for the progress; reading
/// ends at once when cancelled, which the standard input by itself does not.
/// </summary>
internal sealed class ImportInput : Stream
{
    private readonly Stream _file;
    private readonly byte[] _buffer = new byte[128 << 10];
    private int _start;
    private int _end;
    private long _bytesRead;

    private ImportInput(Stream file, long? length) => (_file, LengthOrNull) = (file, length);

    /// <summary>Bytes of the file read so far, before decompression.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Bytes of the file; null where it is not known.</summary>
    public long? LengthOrNull { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static ImportInput Open(string path)
    {
        if (path == ImportRequest.StandardInput) return new ImportInput(Console.OpenStandardInput(), null);
        var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        return new ImportInput(file, file.CanSeek ? file.Length : null);
    }

    /// <summary>What the file holds.</summary>
    public async Task<Stream> ContentAsync(CancellationToken cancellation)
    {
        while (_end < 2 && await FillAsync(cancellation))
        {
        }
        return _buffer.AsSpan(0, _end) is [0x1F, 0x8B, ..] ? new GZipStream(this, CompressionMode.Decompress, leaveOpen: true) : this;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (!await FillAsync(cancellationToken)) return 0;
        }
        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
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
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        // The buffer is this stream's own, so a read that is left behind when cancelled writes into nobody else's.
        var count = await _file.ReadAsync(_buffer.AsMemory(_end), cancellation).AsTask().WaitAsync(cancellation);
        _end += count;
        Interlocked.Add(ref _bytesRead, count);
        return count > 0;
    }
}
