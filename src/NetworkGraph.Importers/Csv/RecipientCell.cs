using System.Text;
using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Csv;

/// <summary>
/// The people of one cell. A semicolon or a line end always separates; a comma, a bar, a slash, "and" or a blank only where each part is an
/// address or a link, since names have all of these. In a cell with semicolons one behind a backslash stands for itself.
/// </summary>
internal static partial class RecipientCell
{
    public static IEnumerable<string> Split(string cell)
    {
        var parts = Separated(cell);
        foreach (var part in parts)
        {
            var text = part.Trim();
            if (text.Length == 0) continue;
            // What could be one id between semicolons is one.
            if (parts.Count > 1 && !(MayBeSeveral(text) && BetweenCommas(text).TrueForAll(IsNamed))) yield return text;
            else foreach (var person in Addresses(text)) yield return AddressOf(person);
        }
    }

    /// <summary>
    /// The address of <c>Dana Okafor &lt;dana@example.org&gt;</c> and its like; anything else, and all that can be an id, as it stands.
    /// </summary>
    public static string AddressOf(string person)
    {
        person = person.Trim();
        if (!MayBeSeveral(person)) return person;
        var close = person.LastIndexOf('>');
        var open = close < 0 ? -1 : person.LastIndexOf('<', close);
        if (open >= 0 && Certain().IsMatch(person[(open + 1)..close].Trim())) return Bare(person[(open + 1)..close]);
        if (Bracketed().Match(person) is { Success: true } bracketed) return Bare(bracketed.Groups[1].Value);
        var words = person.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && Certain().IsMatch(words[^1]) && !words[..^1].Any(word => word.AsSpan().ContainsAny('@', '/'))
            ? Bare(words[^1]) : person;
    }

    /// <summary>An address with white space is no id, nor is one in angle brackets.</summary>
    private static bool MayBeSeveral(string text) =>
        text.Contains('@', StringComparison.Ordinal) && (text.Any(char.IsWhiteSpace) || text is [.., '>']);

    private static string Bare(string address)
    {
        address = address.Trim().Trim('"', '\'');
        return address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address;
    }

    private static IEnumerable<string> Addresses(string text)
    {
        var commas = BetweenCommas(text).Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
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
            if (Array.TrueForAll(parts, IsCertain)) return parts;
        }
        if (commas.Count == 1 && !text.Contains('<', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal))
        {
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && Array.TrueForAll(words, IsCertain)) return words;
        }
        // A comma at the end separates an address from nothing; of anything else it is a part.
        return [commas.Count == 1 && IsAddress(commas[0]) && IsNamed(commas[0]) ? commas[0] : text];

        static bool Add(List<string> to, string part)
        {
            to.Add(part);
            return true;
        }
    }

    /// <summary>An address or link as everybody has them, which no other id with a blank in it consists of.</summary>
    private static bool IsCertain(string part) =>
        Certain().IsMatch(part) || part.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || part.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A part that can be nothing but an address with or without a name, or the last name before one.</summary>
    private static bool IsNamed(string part)
    {
        part = part.Trim();
        var open = part.IndexOf('<', StringComparison.Ordinal);
        return !part.Contains('@', StringComparison.Ordinal) || IsCertain(part) || open >= 0 && part is [.., '>']
            && Certain().IsMatch(part[(open + 1)..^1].Trim()) || Bracketed().IsMatch(part);
    }

    private static bool IsAddress(string part) =>
        part.Contains('@', StringComparison.Ordinal) || part.Contains("://", StringComparison.Ordinal);

    /// <summary>Parts between semicolons and line ends, backslashes undone.</summary>
    private static List<string> Separated(string cell)
    {
        if (!cell.AsSpan().ContainsAny(";\r\n")) return [cell];
        var parts = new List<string>();
        var part = new StringBuilder();
        var escapes = cell.Contains(';', StringComparison.Ordinal);
        for (var i = 0; i < cell.Length; i++)
        {
            if (escapes && cell[i] == '\\' && i + 1 < cell.Length && cell[i + 1] is ';' or '\\')
            {
                part.Append(cell[++i]);
            }
            else if (cell[i] is ';' or '\r' or '\n')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(cell[i]);
            }
        }
        parts.Add(part.ToString());
        return parts;
    }

    /// <summary>Parts between commas that stand outside quotes and angle brackets.</summary>
    private static List<string> BetweenCommas(string text)
    {
        var parts = new List<string>();
        var (start, isQuoted, isAngle) = (0, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"') isQuoted = !isQuoted && text.IndexOf('"', i + 1) > 0;
            else if (c == '<' && !isQuoted) isAngle = text.IndexOf('>', i) > 0;
            else if (c == '>') isAngle = false;
            if (isQuoted || isAngle || c != ',') continue;
            parts.Add(text[start..i]);
            start = i + 1;
        }
        parts.Add(text[start..]);
        return parts;
    }

    [GeneratedRegex(@"^(?:mailto:)?[\p{L}\p{N}.!#$%&*+=?^_`~-]+@[\p{L}\p{N}.-]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Certain();

    [GeneratedRegex(@"[(\[]\s*(?:mailto:)?([\p{L}\p{N}.!#$%&*+=?^_`~-]+@[\p{L}\p{N}.-]+)\s*[)\]]\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\s*\|\s*|\s+(?:/|&|\+|and|und|et|y)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Further();
}
