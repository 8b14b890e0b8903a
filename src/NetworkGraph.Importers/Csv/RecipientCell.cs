using System.Text;
using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Csv;

/// <summary>
/// The people of one cell. A semicolon or a line end always separates; a comma, a bar, a slash, "and" or a blank only where each part is an address or a link,
/// since names have all of these. In a cell with semicolons one behind a backslash stands for itself.
/// </summary>
internal static partial class RecipientCell
{
    public static IEnumerable<string> Split(string cell)
    {
        foreach (var part in Parts(cell, ";\r\n"))
        {
            var text = part.Trim();
            if (text.Length == 0) continue;
            foreach (var person in Addresses(text)) yield return AddressOf(person);
        }
    }

    /// <summary>The address of <c>Dana Okafor &lt;dana@example.org&gt;</c> and its like; anything else as it stands.</summary>
    public static string AddressOf(string person)
    {
        person = person.Trim();
        if (!person.Contains('@', StringComparison.Ordinal)) return person;
        var close = person.LastIndexOf('>');
        var open = close < 0 ? -1 : person.LastIndexOf('<', close);
        if (open >= 0 && person.AsSpan(open, close - open).Contains('@')) return Bare(person[(open + 1)..close]);
        if (Bracketed().Match(person) is { Success: true } bracketed) return Bare(bracketed.Groups[1].Value);
        var words = person.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[^1].Contains('@', StringComparison.Ordinal) && !words[..^1].Any(word => word.Contains('@', StringComparison.Ordinal)) ? Bare(words[^1]) : Bare(person);
    }

    private static string Bare(string address)
    {
        address = address.Trim().Trim('"', '\'');
        return address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address;
    }

    private static IEnumerable<string> Addresses(string text)
    {
        var commas = Parts(text, ",").Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
        if (commas.Count > 1 && commas.Exists(IsAddress))
        {
            var whole = new List<string>();
            var before = "";
            foreach (var part in commas)
            {
                // "Okafor, Dana <dana@example.org>": what has no address belongs to what follows.
                if (!IsAddress(part)) before = before.Length == 0 ? part : $"{before}, {part}";
                else if (before.Length > 0 && part.IndexOf('<', StringComparison.Ordinal) <= 0) return [text];
                else (before, _) = ("", Add(whole, part));
            }
            return before.Length == 0 ? whole : [text];
        }
        if (commas.Count == 1 && Further().IsMatch(text))
        {
            var parts = Further().Split(text);
            if (Array.TrueForAll(parts, IsAddress)) return parts;
        }
        if (commas.Count == 1 && !text.Contains('<', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal))
        {
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && Array.TrueForAll(words, IsAddress)) return words;
        }
        return [commas.Count == 1 ? commas[0] : text];

        static bool Add(List<string> to, string part)
        {
            to.Add(part);
            return true;
        }
    }

    private static bool IsAddress(string part) => part.Contains('@', StringComparison.Ordinal) || part.Contains("://", StringComparison.Ordinal);

    /// <summary>Parts between separators that stand outside quotes and angle brackets.</summary>
    private static List<string> Parts(string text, string separators)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var (isQuoted, isAngle) = (false, false);
        var escapes = separators.Contains(';', StringComparison.Ordinal) && text.Contains(';', StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (escapes && c == '\\' && i + 1 < text.Length && text[i + 1] is ';' or '\\')
            {
                part.Append(text[++i]);
                continue;
            }
            if (c == '"') isQuoted = !isQuoted && text.IndexOf('"', i + 1) > 0;
            else if (c == '<' && !isQuoted) isAngle = text.IndexOf('>', i) > 0;
            else if (c == '>') isAngle = false;
            if (!isQuoted && !isAngle && separators.Contains(c, StringComparison.Ordinal))
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }
        parts.Add(part.ToString());
        return parts;
    }

    [GeneratedRegex(@"[(\[]\s*(?:mailto:)?([^\s()\[\]]+@[^\s()\[\]]+)\s*[)\]]\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\s*\|\s*|\s+(?:/|&|\+|and|und|et|y)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Further();
}
