using System.Collections.Frozen;
using System.Security.Cryptography;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// The keys that are good now. Follows the key file of the data folder: a change counts within a second. It only ever
/// becomes stricter by accident: once keys are asked for they are until the server is started anew, also where the file is
/// removed (then none is good) or cannot be read (then those known before stay good, and the log says so). That they are asked for
/// is in the log (<see cref="KeyRequirementRecorder"/>), so that a start without the file locks too.
/// </summary>
internal sealed partial class KeyRing
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);
    private static readonly byte[] s_noHash = new byte[32];
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyRing> _logger;
    private readonly Lock _looking = new();
    private Known _known;
    private long _lookedAt;

    /// <param name="folder">Holds the key file.</param>
    /// <param name="areRequired">The log says that keys are asked for: without a key file none is good, instead of all.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of changes.</param>
    public KeyRing(string folder, bool areRequired, TimeProvider time, ILogger<KeyRing> logger)
    {
        AreRequiredByLog = areRequired;
        _path = KeyFile.PathIn(folder);
        _time = time;
        _logger = logger;
        _lookedAt = time.GetTimestamp();
        _known = Look(new Known(null, areRequired, FrozenDictionary<string, ApiKey>.Empty));
        if (areRequired && _known.Bytes is null) LogLost();
    }

    /// <summary>Whether the log said at start that keys are asked for.</summary>
    public bool AreRequiredByLog { get; }

    /// <summary>Whether requests need a key.</summary>
    public bool IsOn
    {
        get
        {
            LookAgain();
            return Volatile.Read(ref _known).IsOn;
        }
    }

    /// <summary>Whose key this is; null where it is unknown, revoked or expired.</summary>
    public Viewer? ViewerOf(string text)
    {
        LookAgain();
        var key = ApiKey.IdIn(text) is { } id ? Volatile.Read(ref _known).Keys.GetValueOrDefault(id) : null;
        // An unknown key costs what a wrong one does, so that the time tells nothing of which ids there are.
        var isRight = CryptographicOperations.FixedTimeEquals(key?.Hash ?? s_noHash, ApiKey.HashOf(text));
        return isRight && key is not null && !key.IsExpired(_time.GetUtcNow().ToUnixTimeMilliseconds())
            ? key.Viewer with { KeyId = key.Id } : null;
    }

    /// <summary>What a key is called; null where there is no such key, or no longer.</summary>
    public string? NameOf(string id)
    {
        LookAgain();
        return Volatile.Read(ref _known).Keys.GetValueOrDefault(id)?.Name;
    }

    /// <summary>Whose key has an id, for what goes on in its name; null where it was revoked or has expired.</summary>
    public Viewer? ViewerOfId(string id)
    {
        LookAgain();
        return Volatile.Read(ref _known).Keys.GetValueOrDefault(id) is { } key && !key.IsExpired(_time.GetUtcNow().ToUnixTimeMilliseconds())
            ? key.Viewer with { KeyId = key.Id }
            : null;
    }

    private void LookAgain()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < s_lookEvery || !_looking.TryEnter()) return;
        try
        {
            Volatile.Write(ref _known, Look(_known));
            Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        }
        finally
        {
            _looking.Exit();
        }
    }

    private Known Look(Known before)
    {
        byte[]? bytes;
        try
        {
            bytes = File.Exists(_path) ? File.ReadAllBytes(_path) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(failure.Message);
            return before with { IsOn = true };
        }
        if (bytes is null) return before.IsOn ? before with { Bytes = null, Keys = FrozenDictionary<string, ApiKey>.Empty } : before;
        if (before.Bytes is { } same && bytes.AsSpan().SequenceEqual(same)) return before;
        try
        {
            var keys = KeyFile.Parse(bytes, _path);
            LogKnown(keys.Count);
            return new Known(bytes, IsOn: true, keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal));
        }
        catch (KeyFileException broken)
        {
            LogBroken(broken.Message);
            return before with { Bytes = bytes, IsOn = true };
        }
    }

    [LoggerMessage(1104, LogLevel.Error, "The log says that keys are required, but there is no key file: no key is valid. "
        + "Put keys.json back, make a key with 'keys create', or end the requirement with 'keys disable'.")]
    private partial void LogLost();

    [LoggerMessage(1101, LogLevel.Information, "{Keys} keys are known; requests need one.")]
    private partial void LogKnown(int keys);

    [LoggerMessage(1102, LogLevel.Error, "The keys cannot be read: {Reason}. Those known before stay valid.")]
    private partial void LogUnreadable(string reason);

    [LoggerMessage(1103, LogLevel.Error, "{Reason} The keys known before stay valid.")]
    private partial void LogBroken(string reason);

    private sealed record Known(byte[]? Bytes, bool IsOn, FrozenDictionary<string, ApiKey> Keys);
}
