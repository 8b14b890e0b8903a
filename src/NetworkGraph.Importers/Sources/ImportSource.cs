using System.IO.Compression;

namespace NetworkGraph.Importers.Sources;

/// <summary>
/// What is imported: a file, a folder, or an archive (zip, tar, tar.gz), as the files in it; archives in these are opened too.
/// </summary>
public sealed class ImportSource : IDisposable
{
    /// <summary>A folder or archive with more files than this is refused: somebody named the wrong one.</summary>
    public const int MaxFiles = 1_000_000;

    /// <summary>Archives in archives are opened so deep; a deeper one is a file like any other.</summary>
    private const int MaxDepth = 4;

    private readonly List<IDisposable> _owned = [];
    private long _bytesRead;

    /// <summary>Of what came from elsewhere; null for the user's own files.</summary>
    private PlainBytesLimit? _limit;

    private ImportSource(string name) => Name = name;

    /// <summary>What the user called it, for messages and for names of chats.</summary>
    public string Name { get; }

    /// <summary>In order of their paths.</summary>
    public IReadOnlyList<ImportFile> Files { get; private set; } = [];

    /// <summary>Bytes on disk; 0 where unknown.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes read so far, before decompression; more than <see cref="Length"/> where files are read twice.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Opens a file, folder or archive.</summary>
    /// <exception cref="InvalidDataException">It is a broken archive, or holds too much.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static ImportSource Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var source = new ImportSource(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path)));
        if (Directory.Exists(path)) source.AddFolder(path);
        else source.AddFile(path, source.Name);
        return source;
    }

    /// <summary>Opens a file that goes when the source is disposed of.</summary>
    public static ImportSource OpenOwned(string path, string name)
    {
        var source = new ImportSource(name);
        source._owned.Add(new DeletedFile(path));
        source.AddFile(path, name);
        return source;
    }

    /// <summary>
    /// A stream that can be read only once, such as the standard input or an upload: copied to a file that only this user can
    /// read, and which goes when the source is disposed of. What it holds compressed may grow, but not without bounds.
    /// </summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="path">The file to make; null for one among the machine's temporary files.</param>
    /// <param name="maxBytes">More is an <see cref="InvalidDataException"/>.</param>
    /// <param name="cancellation">Stops, and leaves no file behind.</param>
    public static async Task<ImportSource> SpoolAsync(
        Stream stream, string name, string? path, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        path ??= System.IO.Path.GetTempFileName();
        var source = new ImportSource(name);
        source._owned.Add(new DeletedFile(path));
        try
        {
            await using (var file = new FileStream(path, OwnersFile()))
            {
                var buffer = new byte[1 << 16];
                for (var total = 0L; ;)
                {
                    var count = await stream.ReadAsync(buffer, cancellation).AsTask().WaitAsync(cancellation);
                    if (count == 0) break;
                    total += count;
                    if (total > maxBytes) throw new InvalidDataException($"is larger than {maxBytes} bytes");
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
                }
            }
            source._limit = new PlainBytesLimit(new FileInfo(path).Length);
            source.AddFile(path, name);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Files held in memory, for tests.</summary>
    public static ImportSource FromBytes(string name, params (string Path, byte[] Bytes)[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new ImportSource(name)
        { Files = [.. files.Select(f => new ImportFile(f.Path, () => new MemoryStream(f.Bytes, writable: false)))] };
    }

    public void Dispose()
    {
        foreach (var owned in Enumerable.Reverse(_owned)) owned.Dispose();
        _owned.Clear();
    }

    private void AddFolder(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System,
            IgnoreInaccessible = true
        };
        var files = new List<ImportFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", options))
        {
            Length += new FileInfo(path).Length;
            var name = System.IO.Path.GetRelativePath(folder, path);
            if (Archives.MayBe(name) && Archives.KindOf(() => OpenCounted(path)) is not ArchiveKind.None and var kind)
                AddArchive(kind, path, $"{name}/", 1, files);
            else Add(new ImportFile(name, () => OpenCounted(path)), files);
        }
        Files = Ordered(files);
    }

    private void AddFile(string path, string name)
    {
        Length = new FileInfo(path).Length;
        var kind = Archives.KindOf(() => OpenCounted(path));
        var files = new List<ImportFile>();
        if (kind is ArchiveKind.None) Add(new ImportFile(name, () => OpenCounted(path), _limit), files);
        else AddArchive(kind, path, "", 1, files);
        Files = Ordered(files);
    }

    /// <summary>Adds the files of an archive, and of archives in it.</summary>
    private void AddArchive(ArchiveKind kind, string path, string prefix, int depth, List<ImportFile> files)
    {
        if (kind is ArchiveKind.Tar)
        {
            foreach (var (name, spooled) in Archives.Untar(OpenCounted(path), MaxFiles, Keep))
                AddMember(prefix + name, () => OpenCounted(spooled), depth, files);
            return;
        }
        var archive = new ZipArchive(OpenCounted(path), ZipArchiveMode.Read);
        _owned.Add(archive);
        foreach (var entry in archive.Entries.Where(Archives.IsFile))
            AddMember(prefix + entry.FullName, () =>
                PlainBytesLimit.Apply(_limit, new BoundedStream(entry.Open(), entry.CompressedLength)), depth, files);
    }

    private static FileStreamOptions OwnersFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = FileOptions.Asynchronous
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private void AddMember(string name, Func<Stream> open, int depth, List<ImportFile> files)
    {
        var kind = depth < MaxDepth && Archives.MayBe(name) ? Archives.KindOf(open) : ArchiveKind.None;
        if (kind is ArchiveKind.None)
        {
            Add(new ImportFile(name, open, _limit), files);
            return;
        }
        try
        {
            // An archive is read from its end, so that one within another must lie on disk.
            AddArchive(kind, Archives.Spool(open, Keep), $"{name}/", depth + 1, files);
        }
        catch (InvalidDataException)
        {
            // One that is broken costs itself: as a file it is not recognised, and named.
            Add(new ImportFile(name, open, _limit), files);
        }
    }

    private string Keep(string path)
    {
        _owned.Add(new DeletedFile(path));
        return path;
    }

    private static void Add(ImportFile file, List<ImportFile> files)
    {
        if (files.Count == MaxFiles) throw new InvalidDataException($"holds more than {MaxFiles} files");
        files.Add(file);
    }

    private static List<ImportFile> Ordered(IEnumerable<ImportFile> files) => [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];

    private CountedStream OpenCounted(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan), count =>
            Interlocked.Add(ref _bytesRead, count));

    private sealed class DeletedFile(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
