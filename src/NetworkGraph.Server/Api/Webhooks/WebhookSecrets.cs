using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>
/// What webhooks are signed with: a secret of this server in a file that only its owner can read, never in the log, and from it one for
/// each
/// subscription. A server whose secret did not make a subscription does not send for it.
/// </summary>
internal sealed class WebhookSecrets
{
    private const int SecretBytes = 32;
    private readonly byte[] _secret;

    /// <param name="folder">The data folder; the secret is made where it has none.</param>
    public WebhookSecrets(string folder) : this(ReadOrMake(Path.Combine(folder, "webhooks.key")))
    {
    }

    /// <param name="secret">32 bytes.</param>
    public WebhookSecrets(byte[] secret)
    {
        _secret = secret;
        Signer = Convert.ToHexStringLower(SHA256.HashData(secret))[..16];
    }

    /// <summary>Tells this secret from those of other servers.</summary>
    public string Signer { get; }

    /// <summary>The secret of one subscription, as its owner is given it once.</summary>
    public string Of(string subscription) =>
        $"whsec_{Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(subscription)))}";

    /// <summary><c>t=&lt;Unix seconds&gt;,v1=&lt;hex of HMAC-SHA256 over "&lt;t&gt;.&lt;body&gt;"&gt;</c>, keyed by the secret as it was
    /// given.</summary>
    public string Sign(string subscription, long unixSeconds, byte[] body) => Sign(Encoding.UTF8.GetBytes(Of(subscription)), unixSeconds,
        body);

    internal static string Sign(byte[] key, long unixSeconds, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{unixSeconds}."), .. body];
        return $"t={unixSeconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, signed))}";
    }

    private static byte[] ReadOrMake(string path)
    {
        if (File.Exists(path)) return File.ReadAllBytes(path) is { Length: SecretBytes } secret ? secret
            : throw new InvalidOperationException($"'{path}' is not a secret for webhooks; remove it for a new one.");
        var made = RandomNumberGenerator.GetBytes(SecretBytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(made);
        file.Flush(flushToDisk: true);
        return made;
    }
}
