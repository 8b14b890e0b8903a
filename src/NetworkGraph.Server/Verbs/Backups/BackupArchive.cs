using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Log;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs.Backups;

/// <summary>
/// A data folder in one file: the log as it was at one moment, and the small files beside it (keys, secrets). Checkpoints and
/// locks stay behind, since they are made anew. A zip archive with a manifest that holds the SHA-256 of each file.
/// </summary>
internal static class BackupArchive
{
    private const string ManifestName = "backup.json";
    private const string LogName = "log.db";
    private const int FormatVersion = 1;

    /// <summary>What a restored folder makes anew by itself, or must not take over.</summary>
    private static readonly string[] s_leftBehind = [
        "lock", "lock.pid", "keys.lock", "log.acknowledged", "folds.checkpoint", "folds.checkpoint.new", "log.db-wal", "log.db-shm",
        "suppression.json.new", "keys.json.new"];

    /// <summary>Writes the archive of a folder, which may be served meanwhile. Returns the number of records in it. Blocks.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="path">The archive to write; it appears when it is complete.</param>
    /// <param name="nowMs">Stands in the manifest.</param>
    /// <param name="report">Called now and then with records checked, and about how many there are.</param>
    /// <param name="cancellation">Leaves no archive behind.</param>
    public static long Write(string folder, string path, long nowMs, Action<long, long> report, CancellationToken cancellation)
    {
        var work = path + ".part";
        var copy = Directory.CreateTempSubdirectory("networkgraph-backup-");
        try
        {
            LogCopy.Write(folder, Path.Combine(copy.FullName, LogName));
            // A backup that cannot be read back is none: the copy is checked before it counts.
            var records = LogCopy.Check(copy.FullName, report, cancellation);
            using (var file = OwnersFile(work))
            using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            {
                var entries = new List<BackupEntry> { Add(archive, Path.Combine(copy.FullName, LogName), LogName, cancellation) };
                foreach (var beside in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                {
                    var name = Path.GetFileName(beside);
                    if (name != LogName && !s_leftBehind.Contains(name)) entries.Add(Add(archive, beside, name, cancellation));
                }
                using var manifest = archive.CreateEntry(ManifestName).Open();
                JsonSerializer.Serialize(
                    manifest, new BackupManifest(FormatVersion, nowMs, records, entries), BackupJson.Default.BackupManifest);
            }
            File.Move(work, path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return records;
        }
        finally
        {
            File.Delete(work);
            copy.Delete(recursive: true);
        }
    }

    /// <summary>Makes a new data folder from an archive, checked whole before it counts. Returns the number of records. Blocks.</summary>
    /// <exception cref="BackupException">The folder holds something, or the archive is not what was written.</exception>
    public static long Restore(string path, string folder, Action<long, long> report, CancellationToken cancellation)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new BackupException(
                $"The folder '{folder}' is not empty. Restore into a new one, and move it into place when it is complete.");
        var target = Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) target.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var manifest = ManifestOf(archive, path);
            foreach (var entry in manifest.Files) Extract(archive, entry, path, folder, cancellation);
            var records = LogCopy.Check(folder, report, cancellation);
            if (records != manifest.Records)
                throw new BackupException($"'{path}' says that it holds {manifest.Records} records, but its log holds {records}.");
            return records;
        }
        catch (Exception failure)
        {
            foreach (var file in Directory.EnumerateFiles(folder)) File.Delete(file);
            if (failure is InvalidDataException)
                throw new BackupException($"'{path}' is not a backup, or a damaged one: {failure.Message}", failure);
            throw;
        }
    }

    private static BackupManifest ManifestOf(ZipArchive archive, string path)
    {
        if (archive.GetEntry(ManifestName) is not { } entry)
            throw new BackupException($"'{path}' is not a backup: it has no {ManifestName}.");
        try
        {
            using var stream = entry.Open();
            var manifest = JsonSerializer.Deserialize(stream, BackupJson.Default.BackupManifest);
            return manifest is { Version: FormatVersion } ? manifest
                : throw new BackupException($"'{path}' is of backup format {manifest?.Version}; this program reads {FormatVersion}.");
        }
        catch (JsonException broken)
        {
            throw new BackupException($"{ManifestName} in '{path}' cannot be read: {broken.Message}", broken);
        }
    }

    private static void Extract(ZipArchive archive, BackupEntry entry, string path, string folder, CancellationToken cancellation)
    {
        // Names are those of files in one folder; anything else would write elsewhere.
        if (entry.Name != Path.GetFileName(entry.Name) || archive.GetEntry(entry.Name) is not { } stored)
            throw new BackupException($"'{path}' lacks the file '{entry.Name}'.");
        using var from = stored.Open();
        using var to = OwnersFile(Path.Combine(folder, entry.Name));
        if (Copy(from, to, cancellation) != entry.Sha256) throw new BackupException($"The file '{entry.Name}' in '{path}' is damaged.");
        to.Flush(flushToDisk: true);
    }

    private static BackupEntry Add(ZipArchive archive, string file, string name, CancellationToken cancellation)
    {
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var to = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        return new BackupEntry(name, Copy(from, to, cancellation));
    }

    /// <summary>Returns the SHA-256 of what was copied, in hex.</summary>
    private static string Copy(Stream from, Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static FileStream OwnersFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}

/// <summary>Why a backup cannot be made or used, in a sentence for the user.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What an archive holds: a version of its form, when it was made (Unix ms), the log's records, and its files.</summary>
internal sealed record BackupManifest(int Version, long CreatedAtMs, long Records, IReadOnlyList<BackupEntry> Files);

internal sealed record BackupEntry(string Name, string Sha256);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
