using System.Text;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>
/// The form a status message has in the <c>grpc-message</c> trailer: UTF-8, with every byte that is not printable
/// ASCII, and the percent sign itself, as %XX. Blanks at the ends are encoded too, since HTTP may strip them.
/// </summary>
internal static class PercentEncoding
{
    /// <summary>Longer messages are cut at a character: a status has to fit into the headers a client accepts.</summary>
    public const int EncodedMaxLength = 1536;

    public static string Encode(string message)
    {
        var encoded = new StringBuilder(message.Length + 16);
        Walk(message, encoded);
        return encoded.ToString();
    }

    /// <summary>The part of the message that <see cref="Encode"/> keeps.</summary>
    public static string Shorten(string message) => message[..Walk(message, null)];

    private static int Walk(string message, StringBuilder? encoded)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var position = 0;
        var length = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            var plain = rune.Value is > 0x20 and <= 0x7E and not '%'
                || (rune.Value == 0x20 && position > 0 && position < message.Length - 1);
            var byteCount = rune.EncodeToUtf8(utf8);
            length += plain ? 1 : 3 * byteCount;
            if (length > EncodedMaxLength)
                break;
            position += rune.Utf16SequenceLength;
            if (plain)
            {
                encoded?.Append((char)rune.Value);
                continue;
            }

            foreach (var b in utf8[..byteCount])
                encoded?.Append('%').Append(b.ToString("X2"));
        }

        return position;
    }
}
