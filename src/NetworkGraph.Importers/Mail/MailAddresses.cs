using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Utils;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// The people of an address field, as programs write it and not only as RFC 5322 has it: groups opened, comments and quotes read,
/// encoded words decoded, names with commas that nobody quoted put together again, several addresses with nothing but a blank or a
/// semicolon between them. What is no address is passed by, and costs only itself.
/// </summary>
internal static partial class MailAddresses
{
    private const int MaxNameChars = 200;
    private const int MaxPeople = 5000;

    private static readonly SearchValues<char> s_inNoAddress = SearchValues.Create(" \t/<>()[],;:\\\"");

    public static List<MailAddress> Read(ReadOnlySpan<byte> value)
    {
        var found = new List<MailAddress>();
        if (value.IsEmpty) return found;
        var text = MailHeader.Decode(value);
        // What stands before a comma without an address: the last name of "Okafor, Dana <dana@example.org>".
        var before = "";
        foreach (var entry in Entries(text))
        {
            if (found.Count == MaxPeople) break;
            var count = found.Count;
            ReadEntry(text.AsSpan(entry.Start, entry.Length), before, found);
            before = found.Count > count ? "" : text.Substring(entry.Start, entry.Length).Trim();
            if (entry.EndsGroup || before.Contains('@', StringComparison.Ordinal)) before = "";
        }
        return found;
    }

    private readonly record struct Entry(int Start, int Length, bool EndsGroup);

    /// <summary>
    /// Parts between commas and semicolons that stand outside quotes, comments, angle brackets and encoded words; names of groups
    /// are passed by.
    /// </summary>
    private static List<Entry> Entries(string text)
    {
        var entries = new List<Entry>();
        var (start, isQuoted, isAngle, comments) = (0, false, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && (isQuoted || comments > 0)) i++;
            else if (c == '"' && comments == 0 && !isAngle) isQuoted = !isQuoted && HasAnother(text, i);
            else if (isQuoted) continue;
            else if (c == '(' && !isAngle && text.IndexOf(')', i) > 0) comments++;
            else if (c == ')' && comments > 0) comments--;
            else if (comments > 0) continue;
            else if (c == '<') isAngle = text.IndexOf('>', i) > 0;
            else if (c == '>') isAngle = false;
            else if (c == '=' && i + 1 < text.Length && text[i + 1] == '?' && EncodedEnd(text, i) is > 0 and var end) i = end - 1;
            else if (isAngle) continue;
            else if (c == ':' && IsGroupName(text.AsSpan(start, i - start))) start = i + 1;
            else if (c is ',' or ';')
            {
                entries.Add(new Entry(start, i - start, c == ';'));
                start = i + 1;
            }
        }
        entries.Add(new Entry(start, text.Length - start, false));
        return entries;
    }

    private static bool HasAnother(string text, int quote)
    {
        for (var i = quote + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return true;
        }
        return false;
    }

    /// <summary>Behind =?charset?q?text?=; 0 where it is none.</summary>
    private static int EncodedEnd(string text, int at)
    {
        var charset = text.IndexOf('?', at + 2);
        if (charset < 0 || charset + 2 >= text.Length || text[charset + 2] != '?') return 0;
        var end = text.IndexOf("?=", charset + 3, StringComparison.Ordinal);
        return end < 0 ? 0 : end + 2;
    }

    private static bool IsGroupName(ReadOnlySpan<char> before) =>
        before.IndexOfAny('@', '<') < 0 && !before.Trim().Equals("mailto", StringComparison.OrdinalIgnoreCase) && !before.Trim().IsEmpty;

    private static void ReadEntry(ReadOnlySpan<char> entry, string before, List<MailAddress> found)
    {
        entry = entry.Trim();
        if (entry.IsEmpty) return;
        var close = entry.LastIndexOf('>');
        var open = close < 0 ? -1 : entry[..close].LastIndexOf('<');
        if (open >= 0)
        {
            if (AddressOf(entry[(open + 1)..close]) is not { } address) return;
            var name = NameOf(entry[..open]);
            if (name.Length == 0) name = NameOf(Comment(entry[(close + 1)..]));
            if (before.Length > 0 && name.Length > 0) name = $"{NameOf(before)}, {name}";
            Add(address, name, found);
            return;
        }
        var comment = Comment(entry);
        var bare = WithoutComments(entry);
        if (!bare.Contains('@', StringComparison.Ordinal) && entry.IndexOf("=?", StringComparison.Ordinal) >= 0)
        {
            // Some programs encode the address together with the name.
            var decoded = Decoded(entry.ToString());
            if (decoded.Contains('@', StringComparison.Ordinal) && !decoded.Contains("=?", StringComparison.Ordinal))
                ReadEntry(decoded, "", found);
            return;
        }
        if (bare.Contains(" @", StringComparison.Ordinal) || bare.Contains("@ ", StringComparison.Ordinal))
            bare = BlankAt().Replace(bare, "@");
        var words = bare.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words[^1].Contains('@', StringComparison.Ordinal)
            && !words[..^1].Any(word => word.Contains('@', StringComparison.Ordinal)))
        {
            if (AddressOf(words[^1]) is { } address) Add(address, NameOf(string.Join(' ', words[..^1])), found);
            return;
        }
        foreach (var word in words)
            if (AddressOf(word) is { } address) Add(address, words.Length == 1 ? NameOf(comment) : "", found);
    }

    private static void Add(string address, string name, List<MailAddress> found) =>
        found.Add(new MailAddress(address, ItemBuilder.Text(name.Length == 0 ? null : name, MaxNameChars)));

    /// <summary>An address in lower case, without mailto: and route; null for what is none.</summary>
    private static string? AddressOf(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t<>'\"[]");
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (text is ['@', ..] && text.IndexOf(':') is > 0 and var route) text = text[(route + 1)..];
        var at = text.IndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.LastIndexOf('@') != at || text.ContainsAny(s_inNoAddress)) return null;
        return text.ToString().ToLowerInvariant();
    }

    private static string NameOf(ReadOnlySpan<char> text)
    {
        var bare = text.Trim();
        if (bare.IsEmpty) return "";
        if (bare.Contains('"'))
        {
            var unquoted = new StringBuilder(bare.Length);
            for (var i = 0; i < bare.Length; i++)
            {
                if (bare[i] == '\\' && i + 1 < bare.Length) unquoted.Append(bare[++i]);
                else if (bare[i] != '"') unquoted.Append(bare[i]);
            }
            return Decoded(unquoted.ToString()).Trim();
        }
        return Decoded(WithoutComments(bare) is { Length: > 0 } name ? name : Comment(bare)).Trim();
    }

    private static string Decoded(string text) =>
        text.Contains("=?", StringComparison.Ordinal) ? Rfc2047.DecodePhrase(Encoding.UTF8.GetBytes(text)).Trim('"', ' ') : text;

    /// <summary>The text of the last comment.</summary>
    private static string Comment(ReadOnlySpan<char> text)
    {
        var close = text.LastIndexOf(')');
        var open = close < 0 ? -1 : text[..close].IndexOf('(');
        return open < 0 ? "" : text[(open + 1)..close].ToString();
    }

    private static string WithoutComments(ReadOnlySpan<char> text)
    {
        if (!text.Contains('(')) return text.ToString();
        var bare = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (depth == 0) bare.Append(c);
        }
        return bare.ToString().Trim();
    }

    [GeneratedRegex(@"\s*@\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BlankAt();
}
