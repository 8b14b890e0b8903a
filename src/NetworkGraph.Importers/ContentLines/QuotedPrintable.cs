using System.Text;

namespace NetworkGraph.Importers.ContentLines;

/// <summary>Quoted-printable text of vCard 2.1, in whatever charset it says.</summary>
internal static class QuotedPrintable
{
    public static string Decode(string value, string charset)
    {
        var bytes = new byte[value.Length * 3];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '=' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes[length++] = Convert.ToByte(value.Substring(i + 1, 2), 16);
                i += 2;
            }
            else if (value[i] != '=' || i + 1 < value.Length)
            {
                length += Encoding.UTF8.GetBytes(
                    value.AsSpan(i, char.IsSurrogatePair(value, Math.Min(i, Math.Max(0, value.Length - 2)))
                    && char.IsHighSurrogate(value[i]) ? 2 : 1), bytes.AsSpan(length));
                if (char.IsHighSurrogate(value[i])) i++;
            }
        }
        return EncodingOf(charset).GetString(bytes, 0, length);
    }

    private static Encoding EncodingOf(string charset)
    {
        if (charset.Length == 0) return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            // A charset no one knows: most of it is ASCII all the same.
            return Encoding.UTF8;
        }
    }
}
