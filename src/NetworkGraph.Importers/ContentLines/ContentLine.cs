using System.Text;

namespace NetworkGraph.Importers.ContentLines;

/// <summary>One line of a vCard or calendar, as RFC 6350 and RFC 5545 have them: a name, parameters, a value.</summary>
internal sealed class ContentLine
{
    private readonly List<(string Name, string Value)> _parameters = [];

    private ContentLine(string name, string value) => (Name, Value) = (name, value);

    /// <summary>In upper case, without a group (<c>item1.</c>).</summary>
    public string Name { get; }

    /// <summary>As it stands in the file, unfolded, escapes and all.</summary>
    public string Value { get; private set; }

    /// <summary>The first value of a parameter, without quotes; empty for none.</summary>
    public string Parameter(string name)
    {
        foreach (var (key, value) in _parameters)
            if (key == name) return value;
        return "";
    }

    /// <summary>Whether a parameter has a value among several, or stands alone as in vCard 2.1 (<c>TEL;CELL</c>).</summary>
    public bool HasParameter(string name, string value)
    {
        foreach (var (key, text) in _parameters)
        {
            if (key == name && text.Split(',').Any(part => part.Trim('"', ' ').Equals(value, StringComparison.OrdinalIgnoreCase)))
                return true;
            if (key.Length == 0 && text.Equals(value, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Reads a line; null where it is none.</summary>
    public static ContentLine? Parse(string text)
    {
        var nameEnd = text.AsSpan().IndexOfAny(';', ':');
        if (nameEnd <= 0) return null;
        var name = text[..nameEnd];
        var group = name.LastIndexOf('.');
        if (group >= 0) name = name[(group + 1)..];
        if (name.Length == 0 || name.AsSpan().ContainsAny(" \t\"=")) return null;
        // A quote that nobody closed is a character like any other.
        return Parse(name, text, nameEnd, quotes: true) ?? Parse(name, text, nameEnd, quotes: false);
    }

    private static ContentLine? Parse(string name, string text, int nameEnd, bool quotes)
    {
        var line = new ContentLine(name.ToUpperInvariant(), "");
        var at = nameEnd;
        while (at < text.Length && text[at] == ';')
        {
            var end = ParameterEnd(text, at + 1, quotes);
            line.AddParameter(text[(at + 1)..end]);
            at = end;
        }
        if (at >= text.Length) return null;
        line.Value = text[(at + 1)..];
        return line;
    }

    /// <summary>A text value: escapes undone, quoted-printable decoded in its charset.</summary>
    public string Text() => Unescape(Decoded());

    /// <summary>The value, quoted-printable decoded, escapes left: for values that have parts.</summary>
    public string Decoded() => IsQuotedPrintable ? QuotedPrintable.Decode(Value, Parameter("CHARSET")) : Value;

    public bool IsQuotedPrintable => HasParameter("ENCODING", "QUOTED-PRINTABLE");

    /// <summary>The parts of a value between separators that are not escaped, each with its escapes undone.</summary>
    public static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                part.Append(value[i]).Append(value[++i]);
            }
            else if (value[i] == separator)
            {
                parts.Add(Unescape(part.ToString()));
                part.Clear();
            }
            else
            {
                part.Append(value[i]);
            }
        }
        parts.Add(Unescape(part.ToString()));
        return parts;
    }

    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length) text.Append(value[i]);
            else text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }
        return text.ToString();
    }

    private void AddParameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) _parameters.Add(("", text.Trim()));
        else _parameters.Add((text[..equals].Trim().ToUpperInvariant(), text[(equals + 1)..].Trim().Trim('"')));
    }

    private static int ParameterEnd(string text, int at, bool quotes)
    {
        var isQuoted = false;
        for (; at < text.Length; at++)
        {
            if (quotes && text[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && text[at] is ';' or ':' && !isQuoted) return at;
        }
        return text.Length;
    }
}
