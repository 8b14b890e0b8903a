using System.Text;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>Writes the lines of vCards and calendars (RFC 6350, RFC 5545): CRLF, folded after 75 octets without cutting a letter.</summary>
internal sealed class ContentLines(Stream to) : IDisposable
{
    private const int MaxOctets = 75;

    private readonly StreamWriter _writer = new(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true);

    public void Write(string name, string value)
    {
        var octets = 0;
        foreach (var letter in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + letter.Utf8SequenceLength > MaxOctets)
            {
                _writer.Write("\r\n ");
                octets = 1;
            }
            _writer.Write(letter.ToString());
            octets += letter.Utf8SequenceLength;
        }
        _writer.Write("\r\n");
    }

    /// <summary>A text as a value: backslashes, commas, semicolons and line ends are marked.</summary>
    public static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(
            ";", "\\;", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public void Dispose() => _writer.Dispose();
}
