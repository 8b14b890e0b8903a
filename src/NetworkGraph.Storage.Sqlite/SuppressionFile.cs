using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// Who was erased and stays out: a secret, and the keyed hash of each id, in a file of its own beside the log that only its
/// owner can read. No part of the log or its exports; a backup takes it along. There is no file before the first.
/// </summary>
/// <remarks>
/// It is written before the erasure is committed and only ever replaced as a whole. Each entry names the position of the
/// erasure's record, so where the process ended between the two, the log says at the next start whether the entry counts.
/// Any number of threads.
/// </remarks>
internal sealed class SuppressionFile
{
    public const string Name = "suppression.json";

    private const int Version = 1;
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly byte[] _secret;
    private List<Entry> _entries;
    private long _version;

    private SuppressionFile(string path, byte[] secret, List<Entry> entries) => (_path, _secret, _entries) = (path, secret, entries);

    /// <exception cref="LogUnavailableException">The file cannot be read, or is not what was written.</exception>
    public static SuppressionFile Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            if (!File.Exists(path)) return new SuppressionFile(path, RandomNumberGenerator.GetBytes(SuppressionCheck.SecretBytes), []);
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), SuppressionJson.Default.StoredSuppression);
            return stored is { Version: Version, Secret.Length: SuppressionCheck.SecretBytes }
                ? new SuppressionFile(path, stored.Secret, [.. stored.Erased.Select(Read)])
                : throw new LogUnavailableException($"{path} is of version {stored?.Version}; this program reads version {Version}.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new LogUnavailableException(
                $"{path} cannot be read: {broken.Message} Without it erased people could come in again. Restore it from a backup, or "
                    + $"remove it to let everybody in.", broken);
        }
    }

    /// <summary>Drops the last entry where the erasure that it was written for was never committed.</summary>
    /// <param name="isErasure">Whether the log's record at a position is that of an erasure.</param>
    public void Settle(Func<long, bool> isErasure)
    {
        if (_entries.Count > 0 && !isErasure(_entries[^1].Position)) _entries = [.. _entries.SkipLast(1)];
    }

    /// <summary>Everybody who stays out, in order of their erasure.</summary>
    public IReadOnlyList<SuppressedPerson> People()
    {
        lock (_gate) return [.. _entries.Select(static entry => new SuppressedPerson(entry.Erasure, entry.AtMs, entry.Hashes.Length))];
    }

    /// <summary>Brings a writer's check up to date.</summary>
    public void Refresh(SuppressionCheck check)
    {
        if (check.Version == Volatile.Read(ref _version)) return;
        lock (_gate) check.Replace(_version, _secret, _entries.SelectMany(static entry => entry.Hashes));
    }

    /// <summary>Keeps the ids of an erasure out. Durable when it returns.</summary>
    /// <param name="ids">Canonical.</param>
    /// <param name="atMs">When, Unix ms.</param>
    /// <param name="position">Where the erasure's record is about to stand.</param>
    public Guid Add(IReadOnlyList<string> ids, long atMs, long position)
    {
        lock (_gate)
        {
            var entry = new Entry(
                new Guid(RandomNumberGenerator.GetBytes(16)), atMs, position, [.. ids.Select(id => SuppressionCheck.HashOf(_secret, id))]);
            Replace([.. _entries, entry]);
            return entry.Erasure;
        }
    }

    /// <summary>Takes back an entry whose erasure failed. Where that cannot be written now, the next start drops it.</summary>
    public void Withdraw(Guid erasure)
    {
        lock (_gate)
        {
            _entries = [.. _entries.Where(entry => entry.Erasure != erasure)];
            _version++;
        }
    }

    /// <summary>
    /// Lets the person of this id in again, with all ids erased together. Durable when it returns; returns of how many ids.
    /// </summary>
    public int Lift(string id)
    {
        lock (_gate)
        {
            var hash = SuppressionCheck.HashOf(_secret, id);
            var lifted = _entries.Where(entry => entry.Hashes.Contains(hash)).ToList();
            if (lifted.Count > 0) Replace([.. _entries.Except(lifted)]);
            return lifted.Sum(static entry => entry.Hashes.Length);
        }
    }

    private void Replace(List<Entry> entries)
    {
        try
        {
            Write(entries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"{_path} cannot be written, so nothing was changed: {failure.Message}", failure);
        }
        _entries = entries;
        _version++;
    }

    private void Write(List<Entry> entries)
    {
        var unfinished = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(
                file, new StoredSuppression(Version, _secret, [.. entries.Select(Stored)]), SuppressionJson.Default.StoredSuppression);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, _path, overwrite: true);
    }

    private static StoredErasure Stored(Entry entry) =>
        new(entry.Erasure, entry.AtMs, entry.Position,
            [.. entry.Hashes.Select(static hash => hash.ToString("x32", CultureInfo.InvariantCulture))]);

    private static Entry Read(StoredErasure stored) => new(
        stored.Erasure, stored.AtMs, stored.Position,
        [.. stored.Hashes.Select(static hash => UInt128.Parse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))]);

    private sealed record Entry(Guid Erasure, long AtMs, long Position, UInt128[] Hashes);
}

internal sealed record StoredSuppression(int Version, byte[] Secret, IReadOnlyList<StoredErasure> Erased);

internal sealed record StoredErasure(Guid Erasure, long AtMs, long Position, IReadOnlyList<string> Hashes);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredSuppression))]
internal sealed partial class SuppressionJson : JsonSerializerContext;
