using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// A key as it is stored: not the key, but its SHA-256. A key is 256 random bits, so a slow hash or a salt would add
/// nothing: there is no guessing it.
/// </summary>
internal sealed record ApiKey
{
    public const string PersonScope = "person:";
    public const int MaxNameChars = 100;

    private const string Prefix = "ngk_";
    private const int IdChars = 12;
    private const int SecretBytes = 32;
    private const int TextChars = 60;

    /// <summary>Names the key, and is its readable part: 12 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in words.</summary>
    public required string Name { get; init; }

    public required Viewer Viewer { get; init; }

    /// <summary>SHA-256 of the whole key in ASCII.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Unix ms.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>Not good from here on, Unix ms; null for never.</summary>
    public long? ExpiresAtMs { get; init; }

    /// <summary>All scopes by name.</summary>
    public IEnumerable<string> ScopeNames =>
        Viewer.Person is { } person ? People.Boundaries.ScopeNames.Of(Viewer.Scopes).Append(PersonScope + person)
            : People.Boundaries.ScopeNames.Of(Viewer.Scopes);

    /// <summary>A new key, and its text, which is nowhere else.</summary>
    public static (ApiKey Key, string Text) Create(string name, Viewer viewer, long nowMs, long? expiresAtMs)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdChars / 2));
        var text = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (new ApiKey { Id = id, Name = name, Viewer = viewer, Hash = HashOf(text), CreatedAtMs = nowMs, ExpiresAtMs = expiresAtMs },
            text);
    }

    /// <summary>The id in a key's text; null where it is no key.</summary>
    public static string? IdIn(string text) =>
        text.Length == TextChars && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdChars] == '_'
            && Ascii.IsValid(text)
            ? text.Substring(Prefix.Length, IdChars)
            : null;

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.ASCII.GetBytes(text));

    public bool IsExpired(long nowMs) => ExpiresAtMs <= nowMs;

    /// <summary>Reads scopes by name; null, with the reason, where one is none.</summary>
    public static Viewer? ReadScopes(IReadOnlyList<string> names, out string reason)
    {
        var scopes = Scopes.None;
        string? person = null;
        reason = "";
        foreach (var name in names)
        {
            if (People.Boundaries.ScopeNames.TryParse(name, out Scopes scope)) scopes |= scope;
            else if (!name.StartsWith(PersonScope, StringComparison.Ordinal))
                reason = $"'{name}' is not a scope; there are ingest, analyst, safety, admin and {PersonScope}<id>";
            else if (!PersonId.TryCanonical(name[PersonScope.Length..], out var id, out var refusal))
                reason = $"'{name}': the person's id {refusal}";
            else if (person is not null && person != id) reason = "a key is for one person at most";
            else person = id;
            if (reason.Length > 0) return null;
        }
        if (scopes != Scopes.None || person is not null) return new Viewer(scopes, person);
        reason = "a key needs at least one scope";
        return null;
    }
}
