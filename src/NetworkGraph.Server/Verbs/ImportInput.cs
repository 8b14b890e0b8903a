using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// A file or the standard input, decompressed where it begins as gzip does. Counts what is read, for the progress; reading
/// ends at once when cancelled, which the standard input by itself does not.
/// </summary>
internal sealed class ImportInput : Stream
{
    /// <summary>Of a file's beginning, so much makes its import's id: a file that grows keeps it.</summary>
    private const int HashedBytes = 4096;

    private const int MaxNameChars = 100;

    private readonly Stream _file;
    private readonly byte[] _buffer = new byte[128 << 10];
    private int _start;
    private int _end;
    private long _bytesRead;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

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

    /// <summary>
    /// An id for the import of a file: the same for the same file, also after more was appended to it, so that importing
    /// it again adds to the same import. The standard input is an import of its own each time.
    /// </summary>
    public static string BatchOf(string path, TimeProvider time)
    {
        if (path == ImportRequest.StandardInput) return "stdin-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = Path.GetFileName(path);
        if (name.Length > MaxNameChars) name = name[..MaxNameChars];
        var beginning = new byte[HashedBytes];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        return $"{name}-{Convert.ToHexStringLower(SHA256.HashData(beginning.AsSpan(0, length)))[..8]}";
    }

    /// <summary>SHA-256 of the bytes read so far, in hexadecimal.</summary>
    public string HashOfRead() => Convert.ToHexStringLower(_hash.GetCurrentHash());

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
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        // The buffer is this stream's own, so a read that is left behind when cancelled writes into nobody else's.
        var count = await _file.ReadAsync(_buffer.AsMemory(_end), cancellation).AsTask().WaitAsync(cancellation);
        _hash.AppendData(_buffer, _end, count);
        _end += count;
        Interlocked.Add(ref _bytesRead, count);
        return count > 0;
    }
}
