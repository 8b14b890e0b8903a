using System.Text;
using System.Text.Unicode;

namespace NetworkGraph.Importers.Sources;

/// <summary>Which encoding a text file is in, by its byte order mark or, without one, by whether its bytes are UTF-8.</summary>
internal static class TextEncodings
{
    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Of a file's beginning. Null for UTF-8.</summary>
    public static Encoding? Recognise(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => null,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        // Half of the bytes of UTF-16 without a mark are zero, where it is mostly ASCII.
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => IsUtf8(head) ? null : Windows1252,
    };

    /// <summary>
    /// Whether the whole of a file is UTF-8, but for some broken characters; what its beginning says may be wrong of the rest.
    /// </summary>
    public static bool IsUtf8(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[1 << 16];
        var (kept, valid, invalid) = (0, 0L, 0L);
        while (true)
        {
            var read = stream.Read(buffer, kept, buffer.Length - kept);
            var length = kept + read;
            var whole = read == 0 ? length : length - CutOff(buffer.AsSpan(0, length));
            if (!Utf8.IsValid(buffer.AsSpan(0, whole)) || invalid > 0) Count(buffer.AsSpan(0, whole), ref valid, ref invalid);
            else if (valid == 0) valid += buffer.AsSpan(0, whole).ContainsAnyExceptInRange((byte)0, (byte)0x7F) ? 1 : 0;
            if (read == 0) return IsUtf8(valid, invalid);
            buffer.AsSpan(whole, length - whole).CopyTo(buffer);
            kept = length - whole;
        }
    }

    public static string NameOf(Encoding? encoding) => encoding is null ? "UTF-8" : encoding.CodePage == 1252 ? "Windows-1252" : "UTF-16";

    /// <summary>The stream in UTF-8, whatever it is in.</summary>
    public static Stream ToUtf8(Stream stream, Encoding? encoding) =>
        encoding is null ? stream : Encoding.CreateTranscodingStream(
            stream, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>A reader of the stream's text, recognised by its beginning.</summary>
    public static StreamReader Reader(ImportFile file) =>
        new(file.Open(), Recognise(file.Head) ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);

    public static string DecodeHead(ReadOnlySpan<byte> head)
    {
        var text = (Recognise(head) ?? Encoding.UTF8).GetString(head);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        var whole = head[..^CutOff(head)];
        if (Utf8.IsValid(whole)) return true;
        var (valid, invalid) = (0L, 0L);
        Count(whole, ref valid, ref invalid);
        return IsUtf8(valid, invalid);
    }

    /// <summary>
    /// In another encoding hardly any bytes are by chance a character of several bytes; a file with more of these than of broken ones is
    /// UTF-8 that was damaged, and costs the lines that are broken.
    /// </summary>
    private static bool IsUtf8(long valid, long invalid) => invalid == 0 || valid > invalid;

    private static void Count(ReadOnlySpan<byte> bytes, ref long valid, ref long invalid)
    {
        while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var at)
        {
            bytes = bytes[at..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var used) is System.Buffers.OperationStatus.Done) valid++;
            else invalid++;
            bytes = bytes[Math.Max(1, used)..];
        }
    }

    /// <summary>How many bytes at the end begin a character that is cut off.</summary>
    private static int CutOff(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) == 0x80) continue;
            var needs = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return needs > back ? back : 0;
        }
        return 0;
    }
}
