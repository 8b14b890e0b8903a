using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>A person's id as one segment of a path: percent-encoded UTF-8, '/' as %2F, decoded exactly once.</summary>
public static class PersonIdSegment
{
    /// <summary>
    /// Reads a segment as it was written, which the rules of ids still have to pass; where it is malformed,
    /// <paramref name="reason"/> says why.
    /// </summary>
    public static bool TryRead(string segment, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(segment);
        id = null;
        // Nine bytes for three is the most that percent-encoding makes of a character.
        if (segment.Length > InteractionRules.MaxIdChars * 9)
        {
            reason = $"is too long, at most {InteractionRules.MaxIdChars} characters are allowed";
            return false;
        }
        Span<byte> bytes = stackalloc byte[InteractionRules.MaxIdChars * 9];
        if (!TryDecode(segment, bytes, out var length))
        {
            reason = "is not percent-encoded UTF-8";
            return false;
        }
        id = Encoding.UTF8.GetString(bytes[..length]);
        reason = null;
        return true;
    }

    /// <summary>The segment that <see cref="TryRead"/> reads as <paramref name="id"/>.</summary>
    public static string Write(string id) =>
        id is "." or ".." ? id.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(id);

    private static bool TryDecode(string segment, Span<byte> bytes, out int length)
    {
        length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var c = segment[i];
            if (c > 127) return false;
            if (c != '%')
            {
                bytes[length++] = (byte)c;
                continue;
            }
            if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2])) return false;
            bytes[length++] = (byte)(HexOf(segment[i + 1]) << 4 | HexOf(segment[i + 2]));
            i += 2;
        }
        return Utf8.IsValid(bytes[..length]);
    }

    private static int HexOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
