using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// The strings of a JSON reader as texts, and what is wrong with them in words. Utf8JsonReader's own methods throw for
/// broken UTF-8 and lone surrogates, which here are an expected outcome.
/// </summary>
internal static class JsonText
{
    /// <summary>The string the reader stands on. Null, with a reason, where it is not valid text.</summary>
    public static string? Read(ref Utf8JsonReader reader, TextCache? texts, out string reason)
    {
        reason = "";
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped) return Decode(raw, texts, ref reason);
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return Unescape(raw, rented, out var length, ref reason) ? Decode(rented.AsSpan(0, length), texts, ref reason) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>A token in words, with its article.</summary>
    public static string Named(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    /// <summary>Where and why a text is not JSON.</summary>
    public static string Describe(JsonException malformed)
    {
        var message = malformed.Message;
        var places = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (places >= 0) message = message[..places];
        return string.Create(
            CultureInfo.InvariantCulture, $"is not valid JSON at byte {(malformed.BytePositionInLine ?? 0) + 1}: {message}");
    }

    /// <summary>A text for a message: not too long.</summary>
    public static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");

    private static string? Decode(ReadOnlySpan<byte> utf8, TextCache? texts, ref string reason)
    {
        if (texts is null ? TextCache.TryDecode(utf8, out var text) : texts.TryGet(utf8, out text)) return text;
        reason = "is not valid UTF-8";
        return null;
    }

    private static bool Unescape(ReadOnlySpan<byte> raw, Span<byte> utf8, out int length, ref string reason)
    {
        length = 0;
        for (var i = 0; i < raw.Length;)
        {
            if (raw[i] != '\\')
            {
                utf8[length++] = raw[i++];
                continue;
            }
            var escape = raw[i + 1];
            i += 2;
            if (escape != 'u')
            {
                utf8[length++] = Plain(escape);
                continue;
            }
            var unit = Hex(raw.Slice(i, 4));
            i += 4;
            Rune rune;
            if (char.IsHighSurrogate(unit) && i + 6 <= raw.Length && raw[i] == '\\' && raw[i + 1] == 'u'
                && Rune.TryCreate(unit, Hex(raw.Slice(i + 2, 4)), out rune)) i += 6;
            else if (!Rune.TryCreate(unit, out rune))
            {
                reason = string.Create(CultureInfo.InvariantCulture, $"has half a surrogate pair (\\u{(int)unit:x4})");
                return false;
            }
            length += rune.EncodeToUtf8(utf8[length..]);
        }
        return true;
    }

    private static byte Plain(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    private static char Hex(ReadOnlySpan<byte> digits)
    {
        var unit = 0;
        foreach (var digit in digits) unit = unit << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return (char)unit;
    }
}
