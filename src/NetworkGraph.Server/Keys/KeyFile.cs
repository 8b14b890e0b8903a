using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// The keys of a data folder, in <c>keys.json</c> beside the log. Where the file exists, keys are asked for, even if it
/// holds none. It is only ever replaced as a whole, so a reader sees all of it or what was there before.
/// </summary>
internal static class KeyFile
{
    private const int Version = 1;
    private const string LockName = "keys.lock";

    public static string PathIn(string folder) => Path.Combine(folder, "keys.json");

    /// <summary>Reads what is in a key file.</summary>
    /// <exception cref="KeyFileException">It is not what was written.</exception>
    public static IReadOnlyList<ApiKey> Parse(ReadOnlySpan<byte> utf8, string path)
    {
        StoredKeys? stored;
        try
        {
            stored = JsonSerializer.Deserialize(utf8, KeyFileJson.Default.StoredKeys);
        }
        catch (JsonException broken)
        {
            throw new KeyFileException($"The key file '{path}' cannot be read: {broken.Message}", broken);
        }
        if (stored is not { Version: Version })
            throw new KeyFileException($"The key file '{path}' is of version {stored?.Version}; this program reads version {Version}.");
        return [.. stored.Keys.Select(key => Read(key, path))];
    }

    /// <summary>All keys, those that have expired too; null where the folder has no key file.</summary>
    /// <exception cref="KeyFileException">The file is not what was written, or may not be read.</exception>
    public static IReadOnlyList<ApiKey>? Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllBytes(path), path) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Replaces the keys by what <paramref name="change"/> makes of them (null: nothing is to be changed). One at a time
    /// over all processes. The folder is made where it is missing.
    /// </summary>
    /// <exception cref="KeyFileException">Another is changing them, the file is not what was written, or the folder cannot be
    /// written to.</exception>
    public static void Change(string folder, Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>?> change)
    {
        var path = PathIn(folder);
        try
        {
            Directory.CreateDirectory(folder);
            using var alone = TakeLock(folder);
            if (change(Read(folder) ?? []) is { } keys) Write(path, keys);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file '{path}' cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Takes every key out that is one of these people's own: it ends with them. Returns how many there were.
    /// </summary>
    /// <exception cref="KeyFileException">The file cannot be changed.</exception>
    public static int RemoveOf(string folder, IReadOnlyCollection<string> people)
    {
        if (!File.Exists(PathIn(folder))) return 0;
        var removed = 0;
        Change(folder, keys =>
        {
            var kept = keys.Where(key => key.Viewer.Person is not { } person || !people.Contains(person)).ToList();
            removed = keys.Count - kept.Count;
            return removed == 0 ? null : kept;
        });
        return removed;
    }

    /// <summary>Removes the file: no keys are asked for any more, unless the log says that they are.</summary>
    public static void Remove(string folder)
    {
        File.Delete(PathIn(folder));
        FolderSync.Flush(folder);
    }

    private static FileStream TakeLock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (Directory.Exists(folder))
        {
            throw new KeyFileException($"Another command is changing the keys in '{folder}'. Try again in a moment.", held);
        }
    }

    private static void Write(string path, IReadOnlyList<ApiKey> keys)
    {
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, new StoredKeys(Version, [.. keys.Select(Stored)]), KeyFileJson.Default.StoredKeys);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }

    private static StoredKey Stored(ApiKey key) =>
        new(key.Id, key.Name, [.. key.ScopeNames], Convert.ToHexStringLower(key.Hash), Time(key.CreatedAtMs), key.ExpiresAtMs is { } expires
            ? Time(expires) : null);

    private static ApiKey Read(StoredKey key, string path)
    {
        var viewer = ApiKey.ReadScopes(key.Scopes, out var reason);
        if (viewer is null) throw Broken(reason);
        if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit)) throw Broken("sha256 is not a hash");
        return new ApiKey
        {
            Id = key.Id,
            Name = key.Name,
            Viewer = viewer,
            Hash = Convert.FromHexString(key.Sha256),
            CreatedAtMs = Ms(key.Created, "created"),
            ExpiresAtMs = key.Expires is { } expires ? Ms(expires, "expires") : null,
        };

        long Ms(string time, string field) => Rfc3339.TryParse(time, out var ms)
            ? ms : throw Broken($"{field} '{time}' is not a valid time");

        KeyFileException Broken(string why) => new($"The key file '{path}' cannot be read: key {key.Id}: {why}.");
    }

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Keys cannot be read or changed. The message says why and where, for a person to read.</summary>
internal sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);

internal sealed record StoredKeys(int Version, IReadOnlyList<StoredKey> Keys);

internal sealed record StoredKey(string Id, string Name, IReadOnlyList<string> Scopes, string Sha256, string Created, string? Expires);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredKeys))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
