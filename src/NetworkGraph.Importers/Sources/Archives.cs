using System.Formats.Tar;
using System.IO.Compression;

namespace NetworkGraph.Importers.Sources;

internal enum ArchiveKind
{
    None,
    Zip,

    /// <summary>Compressed with gzip or not.</summary>
    Tar,
}

/// <summary>Archives by their content, and the files in them.</summary>
internal static class Archives
{
    private const int TarMagicAt = 257;

    private static readonly string[] s_endings = [".zip", ".tgz", ".tar", ".tar.gz", ".gz"];

    /// <summary>Whether a file among others is worth opening to find out.</summary>
    public static bool MayBe(string name) => Array.Exists(s_endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        || !name.Contains('.', StringComparison.Ordinal);

    public static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name != ".DS_Store";

    public static ArchiveKind KindOf(Func<Stream> open)
    {
        try
        {
            using var stream = open();
            var head = Head(stream);
            if (head.AsSpan() is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..]) return ArchiveKind.Zip;
            if (IsTar(head)) return ArchiveKind.Tar;
            if (head.AsSpan() is not [0x1F, 0x8B, ..]) return ArchiveKind.None;
            using var again = open();
            using var unzipped = new GZipStream(again, CompressionMode.Decompress);
            return IsTar(Head(unzipped)) ? ArchiveKind.Tar : ArchiveKind.None;
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException)
        {
            // What is wrong with it is said when it is read.
            return ArchiveKind.None;
        }
    }

    /// <summary>Copies a file of an archive to one that only this user can read.</summary>
    public static string Spool(Func<Stream> open, Func<string, string> keep)
    {
        var path = keep(Path.GetTempFileName());
        using var stream = open();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        stream.CopyTo(file);
        return path;
    }

    /// <summary>
    /// The files of a tar archive, each copied to one of its own, since such an archive can only be read from its beginning.
    /// </summary>
    public static IEnumerable<(string Name, string Path)> Untar(Stream stream, int maxFiles, Func<string, string> keep)
    {
        using var archive = stream;
        var first = archive.ReadByte();
        archive.Position = 0;
        using var content = first == 0x1F
            ? new BoundedStream(new GZipStream(archive, CompressionMode.Decompress), archive.Length) : archive;
        using var reader = new TarReader(content);
        for (var count = 0; reader.GetNextEntry() is { } entry;)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                || entry.DataStream is not { } data) continue;
            if (++count > maxFiles) throw new InvalidDataException($"holds more than {maxFiles} files");
            yield return (entry.Name, Spool(() => data, keep));
        }
    }

    private static byte[] Head(Stream stream)
    {
        var head = new byte[512];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length == 512 && head[TarMagicAt..].StartsWith("ustar"u8);
}
