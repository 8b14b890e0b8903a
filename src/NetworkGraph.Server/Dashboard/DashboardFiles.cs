using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace NetworkGraph.Server.Dashboard;

/// <summary>A file of the dashboard in the forms it is sent in.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="ETag">Differs where the content does.</param>
/// <param name="Plain">The bytes as they are.</param>
/// <param name="Gzip">The same, packed; null for what is packed already.</param>
/// <param name="Brotli">The same, packed smaller; null for what is packed already.</param>
internal sealed record DashboardFile(string ContentType, string ETag, byte[] Plain, byte[]? Gzip, byte[]? Brotli);

/// <summary>The built dashboard, which lies in this assembly. Empty where the server was built without it.</summary>
internal sealed class DashboardFiles
{
    public const string Start = "/index.html";
    private const string Prefix = "dashboard/";

    private readonly FrozenDictionary<string, DashboardFile> _files;

    private DashboardFiles(FrozenDictionary<string, DashboardFile> files) => _files = files;

    public bool IsBuilt => _files.ContainsKey(Start);

    /// <summary>By path, from '/'; null where there is no such file.</summary>
    public DashboardFile? Find(string path) => _files.GetValueOrDefault(path);

    public static DashboardFiles Load(Assembly assembly)
    {
        var contents = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => "/" + name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
        return new DashboardFiles(contents.Where(file => !IsPacked(file.Key)).ToFrozenDictionary(
            file => file.Key,
            file => new DashboardFile(
                ContentTypeOf(file.Key), $"\"{Convert.ToHexStringLower(SHA256.HashData(file.Value).AsSpan(0, 8))}\"", file.Value,
                contents.GetValueOrDefault(file.Key + ".gz"), contents.GetValueOrDefault(file.Key + ".br")),
            StringComparer.Ordinal));
    }

    private static bool IsPacked(string path) =>
        path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".br", StringComparison.Ordinal);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };
}
