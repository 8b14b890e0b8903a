using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// The canonical form of an <c>http</c> or <c>https</c> URL that names a person (RFC 3986, 6.2.2 and 6.2.3): scheme and host
/// in lower case, unreserved characters decoded, hexadecimal digits of the others in capitals, characters beyond ASCII
/// encoded, no dot segments, no default port, no slash at the end of the path. Query and fragment stay.
/// Profile pages of linkedin.com have neither, nor a case: <c>https://www.linkedin.com/in/...</c>, in lower case, whichever
/// subdomain it was.
/// </summary>
internal static class UrlForm
{
    private const string Unreserved = "-._~";

    /// <summary>False where the text is not a URL with a host. White space is the caller's to refuse.</summary>
    public static bool TryCanonical(string text, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        var isSecure = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) return false;
        var rest = text.AsSpan(isSecure ? "https://".Length : "http://".Length);
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[end..];
        var user = authority[..(authority.LastIndexOf('@') + 1)];
        var (host, port) = HostAndPort(authority[user.Length..]);
        if (host is null or "") return false;
        var tail = rest.IndexOfAny('?', '#');
        var path = WithoutDotSegments(Encoded(tail < 0 ? rest : rest[..tail])).TrimEnd('/');
        if (host == "linkedin.com" || host.EndsWith(".linkedin.com", StringComparison.Ordinal))
        {
            canonical = "https://www.linkedin.com" + LowerCasePath(path);
            return true;
        }
        if (port is "" or "80" && !isSecure || port is "443" && isSecure) port = null;
        canonical = string.Concat(
            isSecure ? "https://" : "http://", Encoded(user), string.Concat(host, port is null ? "" : ":", port),
            path + (tail < 0 ? "" : Encoded(rest[tail..])));
        return true;
    }

    /// <summary>
    /// The host in lower case, null where it is not one (a colon outside brackets), and the port: null for none, empty where
    /// only its colon stands there.
    /// </summary>
    private static (string? Host, string? Port) HostAndPort(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        // The colons of an IPv6 address stand in brackets.
        if (colon >= 0 && colon < authority.LastIndexOf(']')) colon = -1;
        var host = colon < 0 ? authority : authority[..colon];
        if (host.Contains(':') && !(host[0] == '[' && host[^1] == ']')) return (null, null);
        return (PersonId.LowerCase(Decoded(host)), colon < 0 ? null : authority[(colon + 1)..].ToString());
    }

    /// <summary>
    /// Each triplet of an unreserved character decoded, each other one in capitals, all beyond ASCII encoded, and a lone percent sign too.
    /// </summary>
    private static string Encoded(ReadOnlySpan<char> text)
    {
        var form = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (TryTriplet(text, i, out var value))
            {
                if (IsUnreserved((char)value)) form.Append((char)value);
                else AppendTriplet(form, value);
                i += 3;
            }
            else if (text[i] == '%')
            {
                form.Append("%25");
                i++;
            }
            else if (text[i] < 0x80)
            {
                form.Append(text[i++]);
            }
            else
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out var used);
                foreach (var one in utf8[..rune.EncodeToUtf8(utf8)]) AppendTriplet(form, one);
                i += used;
            }
        }
        return form.ToString();
    }

    /// <summary>As <see cref="Encoded"/>, but with everything beyond ASCII decoded where it is UTF-8.</summary>
    private static string Decoded(ReadOnlySpan<char> text)
    {
        var encoded = Encoded(text);
        if (!encoded.Contains('%', StringComparison.Ordinal)) return encoded;
        var form = new StringBuilder(encoded.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < encoded.Length; i++)
        {
            if (TryTriplet(encoded, i, out var value) && value >= 0x80)
            {
                bytes.Add(value);
                i += 2;
                continue;
            }
            Flush(form, bytes);
            form.Append(encoded[i]);
        }
        Flush(form, bytes);
        return form.ToString();
    }

    // Sequence by sequence: what is no UTF-8 stays encoded, and what stands beside it is decoded all the same.
    private static void Flush(StringBuilder form, List<byte> bytes)
    {
        var rest = CollectionsMarshal.AsSpan(bytes);
        while (rest.Length > 0)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status is OperationStatus.Done) form.Append(rune.ToString());
            else foreach (var one in rest[..used]) AppendTriplet(form, one);
            rest = rest[used..];
        }
        bytes.Clear();
    }

    private static string LowerCasePath(string path) => Encoded(PersonId.LowerCase(UnicodeComposition.Compose(Decoded(path))));

    private static string WithoutDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal)) return path;
        var segments = new List<string>();
        var all = path.Split('/');
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] is "..")
            {
                if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            }
            else if (all[i] is not ".")
            {
                segments.Add(all[i]);
            }
        }
        return segments.Count == 0 ? "" : "/" + string.Join('/', segments);
    }

    private static bool TryTriplet(ReadOnlySpan<char> text, int at, out byte value)
    {
        value = 0;
        if (text[at] != '%' || at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            return false;
        value = (byte)(HexOf(text[at + 1]) << 4 | HexOf(text[at + 2]));
        return true;
    }

    private static void AppendTriplet(StringBuilder form, byte value) =>
        form.Append('%').Append("0123456789ABCDEF"[value >> 4]).Append("0123456789ABCDEF"[value & 15]);

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || Unreserved.Contains(c, StringComparison.Ordinal);

    private static int HexOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
