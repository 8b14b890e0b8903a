using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// What travels beside the messages: names in lower case with text values, or with bytes where the name ends in
/// <c>-bin</c> (base64 on the wire, padded or not when read, not padded when written). A name can have several values.
/// The protocol's own headers are not part of it.
/// </summary>
public sealed class GrpcMetadata
{
    private const string BinarySuffix = "-bin";

    private static readonly SearchValues<char> s_nameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    private readonly List<(string Name, string? Text, byte[]? Bytes)> _entries = [];
    private bool _sent;

    public int Count => _entries.Count;

    /// <summary>The first value of a text header; null when there is none.</summary>
    public string? Text(string name) => Texts(name).FirstOrDefault();

    public IEnumerable<string> Texts(string name) =>
        _entries.Where(e => e.Name == name && e.Text is not null).Select(e => e.Text!);

    /// <summary>The first value of a binary header; null when there is none.</summary>
    public byte[]? Bytes(string name) => AllBytes(name).FirstOrDefault();

    public IEnumerable<byte[]> AllBytes(string name) =>
        _entries.Where(e => e.Name == name && e.Bytes is not null).Select(e => e.Bytes!);

    /// <exception cref="ArgumentException">The name is reserved or not of the protocol's form, or the value is not
    /// printable ASCII.</exception>
    public void Add(string name, string text)
    {
        CheckWritable(name);
        if (name.EndsWith(BinarySuffix, StringComparison.Ordinal))
            throw new ArgumentException($"The values of '{name}' are bytes.", nameof(name));
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"The value of '{name}' is not printable ASCII; use a '-bin' name for others.", nameof(text));
        _entries.Add((name, text, null));
    }

    /// <exception cref="ArgumentException">The name is reserved, or does not end in <c>-bin</c>.</exception>
    public void Add(string name, byte[] bytes)
    {
        CheckWritable(name);
        if (!name.EndsWith(BinarySuffix, StringComparison.Ordinal))
            throw new ArgumentException($"The name '{name}' does not end in '-bin', so its values are text.", nameof(name));
        _entries.Add((name, null, bytes));
    }

    internal static string ToBase64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The metadata among a request's headers; false, with the header's name, when a binary value is not base64.</summary>
    internal static bool TryRead(IHeaderDictionary headers, out GrpcMetadata metadata, out string? malformed)
    {
        metadata = new GrpcMetadata { _sent = true };
        malformed = null;
        foreach (var (header, values) in headers)
        {
            if (IsOfProtocol(header))
                continue;
            var name = header.ToLowerInvariant();
            foreach (var value in values)
            {
                if (value is null)
                    continue;
                if (!name.EndsWith(BinarySuffix, StringComparison.Ordinal))
                {
                    metadata._entries.Add((name, value, null));
                    continue;
                }

                foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
                {
                    if (FromBase64(part) is not { } bytes)
                    {
                        malformed = name;
                        return false;
                    }

                    metadata._entries.Add((name, null, bytes));
                }
            }
        }

        return true;
    }

    internal void WriteTo(IHeaderDictionary headers)
    {
        _sent = true;
        foreach (var (name, text, bytes) in _entries)
            headers.Append(name, text ?? ToBase64(bytes!));
    }

    private static byte[]? FromBase64(string value)
    {
        var text = value.TrimEnd('=');
        if (text.Length % 4 == 1)
            return null;
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var count) ? bytes[..count] : null;
    }

    private static bool IsOfProtocol(string header) =>
        header.StartsWith(':')
        || header.ToLowerInvariant() is "host" or "te" or "content-type" or "content-length" or "grpc-timeout"
            or "grpc-encoding" or "grpc-accept-encoding" or "grpc-message-type";

    private void CheckWritable(string name)
    {
        if (_sent)
            throw new InvalidOperationException($"'{name}' comes too late: this metadata has been sent or is a request's.");
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(s_nameChars))
            throw new ArgumentException($"'{name}' is not a metadata name: lower-case letters, digits, '_', '-' and '.'.", nameof(name));
        if (name.StartsWith("grpc-", StringComparison.Ordinal) || IsOfProtocol(name))
            throw new ArgumentException($"'{name}' belongs to the protocol.", nameof(name));
    }
}
