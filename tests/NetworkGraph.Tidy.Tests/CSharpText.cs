namespace NetworkGraph.Tidy.Tests;

/// <summary>Just enough of C#'s grammar to tell code from comments and literals.</summary>
internal static class CSharpText
{
    /// <summary>The same text with comments and literals (and what is interpolated in them) as spaces.</summary>
    public static string Blank(string text)
    {
        var blank = text.ToCharArray();
        var at = 0;
        while (at < text.Length)
        {
            var end = EndOfLiteralOrComment(text, at);
            if (end == at)
            {
                at++;
                continue;
            }
            for (; at < end; at++)
                if (blank[at] is not ('\n' or '\r')) blank[at] = ' ';
        }
        return new string(blank);
    }

    /// <summary>Where the comment or literal that begins at <paramref name="at"/> ends; the same place where none begins.</summary>
    private static int EndOfLiteralOrComment(string text, int at)
    {
        if (Begins(text, at, "//")) return IndexAfter(text, "\n", at) - 1;
        if (Begins(text, at, "/*")) return IndexAfter(text, "*/", at + 2);
        if (text[at] == '\'') return EndOfQuoted(text, at + 1, '\'');
        var prefix = at;
        while (prefix < text.Length && text[prefix] is '$' or '@') prefix++;
        if (prefix >= text.Length || text[prefix] != '"') return at;
        if (prefix > at && at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '_')) return at;
        var marks = text[at..prefix];
        var quotes = 1;
        while (prefix + quotes < text.Length && text[prefix + quotes] == '"') quotes++;
        if (quotes >= 3) return IndexAfter(text, new string('"', quotes), prefix + quotes);
        if (marks.Contains('$', StringComparison.Ordinal))
            return EndOfInterpolated(text, prefix + 1, marks.Contains('@', StringComparison.Ordinal));
        return marks.Contains('@', StringComparison.Ordinal) ? EndOfVerbatim(text, prefix + 1) : EndOfQuoted(text, prefix + 1, '"');
    }

    private static int EndOfQuoted(string text, int at, char quote)
    {
        while (at < text.Length && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, text.Length);
    }

    private static int EndOfVerbatim(string text, int at)
    {
        while (at < text.Length && (text[at] != '"' || Begins(text, at + 1, "\""))) at += text[at] == '"' ? 2 : 1;
        return Math.Min(at + 1, text.Length);
    }

    private static int EndOfInterpolated(string text, int at, bool verbatim)
    {
        while (at < text.Length)
        {
            if (text[at] == '{' && !Begins(text, at, "{{")) at = EndOfHole(text, at + 1);
            else if (text[at] == '{' || (text[at] == '\\' && !verbatim) || (verbatim && Begins(text, at, "\"\""))) at += 2;
            else if (text[at++] == '"') return at;
        }
        return text.Length;
    }

    private static int EndOfHole(string text, int at)
    {
        for (var depth = 1; at < text.Length;)
        {
            var end = EndOfLiteralOrComment(text, at);
            if (end > at)
            {
                at = end;
                continue;
            }
            if (text[at] == '{') depth++;
            if (text[at++] == '}' && --depth == 0) return at;
        }
        return text.Length;
    }

    private static bool Begins(string text, int at, string with) => string.CompareOrdinal(text, at, with, 0, with.Length) == 0;

    private static int IndexAfter(string text, string what, int from)
    {
        var found = from > text.Length ? -1 : text.IndexOf(what, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found + what.Length;
    }
}
