using System.IO.Compression;

namespace NetworkGraph.Importers.Sources;

/// <summary>
/// A file of an import: on disk, in an archive, or spooled from a stream. It can be opened any number of times, since some
/// formats are read twice. gzip is decompressed on the way.
/// </summary>
public sealed class ImportFile
{
    /// <summary>How much of a file's beginning decides its format.</summary>
    public const int HeadBytes = 64 << 10;

    private readonly Func<Stream> _open;
    private readonly PlainBytesLimit? _limit;
    private byte[]? _head;
    private bool? _isGzip;
    private bool _hasReturnsOnly;

    /// <param name="path">Within the folder or archive, with '/'; the name alone for a single file.</param>
    /// <param name="open">Opens its bytes from the beginning.</param>
    /// <param name="limit">How much may come of it where it is compressed; null for any amount.</param>
    public ImportFile(string path, Func<Stream> open, PlainBytesLimit? limit = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path.Replace('\\', '/');
        _open = open;
        _limit = limit;
    }

    /// <summary>Within the folder or archive, separated by '/'.</summary>
    public string Path { get; }

    /// <summary>The last part of <see cref="Path"/>, without .gz.</summary>
    public string Name
    {
        get
        {
            var name = Path[(Path.LastIndexOf('/') + 1)..];
            return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        }
    }

    /// <summary>The folders above it, outermost first.</summary>
    public string[] Folders => Path.Split('/')[..^1];

    /// <summary>The first <see cref="HeadBytes"/> bytes, decompressed; fewer where the file is shorter or breaks off.</summary>
    public ReadOnlySpan<byte> Head
    {
        get
        {
            if (_head is not null) return _head;
            var buffer = new byte[HeadBytes];
            var length = 0;
            try
            {
                using var stream = Decompressed();
                // What breaks off has a beginning all the same.
                for (var read = -1; read != 0 && length < buffer.Length; length += read)
                    read = stream.Read(buffer, length, buffer.Length - length);
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException)
            {
                BreaksOff = true;
            }
            _hasReturnsOnly = LineEndStream.IsNeeded(buffer.AsSpan(0, length));
            if (_hasReturnsOnly) buffer.AsSpan(0, length).Replace((byte)'\r', (byte)'\n');
            return _head = buffer[..length];
        }
    }

    /// <summary>Its beginning could not be read to its end; what is wrong with it is said when it is read.</summary>
    internal bool BreaksOff { get; private set; }

    /// <summary>The beginning as text, without a byte order mark; UTF-16 with a mark is decoded, anything else read as UTF-8.</summary>
    public string HeadText => TextEncodings.DecodeHead(Head);

    /// <summary>Opens its content from the beginning, decompressed, with line feeds at the ends of its lines.</summary>
    /// <exception cref="InvalidDataException">It is compressed in a way, or locked, so that it cannot be opened.</exception>
    public Stream Open()
    {
        _ = Head;
        var stream = Decompressed();
        return _hasReturnsOnly ? new LineEndStream(stream) : stream;
    }

    private Stream Decompressed()
    {
        if (_isGzip is null)
        {
            using var first = OpenRaw();
            Span<byte> magic = stackalloc byte[2];
            _isGzip = first.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        }
        var stream = OpenRaw();
        if (_isGzip is false) return stream;
        var unzipped = PlainBytesLimit.Apply(_limit, new GZipStream(stream, CompressionMode.Decompress));
        return stream.CanSeek ? new BoundedStream(unzipped, stream.Length) : unzipped;
    }

    private Stream OpenRaw()
    {
        try
        {
            return _open();
        }
        catch (NotSupportedException locked)
        {
            throw new InvalidDataException(locked.Message, locked);
        }
    }
}
