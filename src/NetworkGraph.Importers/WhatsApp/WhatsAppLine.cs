using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.WhatsApp;

/// <summary>One message of an exported chat, or a line that WhatsApp itself wrote.</summary>
/// <param name="Date">As it stands in the file.</param>
/// <param name="Who">The name in the phone's address book, or a number; null for a line of WhatsApp's own.</param>
/// <param name="IsDeleted">The message was taken back.</param>
internal readonly record struct WhatsAppLine(string Date, string? Who, string Text, long Number);

/// <summary>
/// Lines of an exported chat: <c>[date, time] who: text</c> of iPhones, <c>date, time - who: text</c> of Android phones; a line without
/// either goes on with the message before it.
/// </summary>
internal static partial class WhatsAppLines
{
    /// <summary>Whether a line begins a message.</summary>
    public static bool IsMessage(string line) => Message().IsMatch(Clean(line));

    public static IEnumerable<WhatsAppLine> Read(TextReader reader, CancellationToken cancellation)
    {
        var number = 0L;
        while (reader.ReadLine() is { } raw)
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            if (raw.Length > 64_000) raw = raw[..64_000];
            if (Message().Match(Clean(raw)) is not { Success: true } match) continue;
            var rest = match.Groups["rest"].Value;
            var colon = SenderEnd(rest);
            var text = colon < 0 ? rest : rest[(colon + 1)..];
            // A system line that iPhones put under a name begins with a mark that no message begins with.
            var isSystem = colon < 0 || raw.Contains('\u200E', StringComparison.Ordinal) && System().IsMatch(text);
            var who = colon < 0 ? null : rest[..colon].TrimStart('~', ' ', '\u00A0').Trim();
            yield return new WhatsAppLine(
                match.Groups["date"].Value, isSystem || string.IsNullOrEmpty(who) ? null : who, text.Trim(), number);
        }
    }

    private static int SenderEnd(string rest)
    {
        // Group names stand in quotes in lines of WhatsApp's own, and may have a colon.
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon > 100) return -1;
        var quote = rest.AsSpan(0, colon).IndexOfAny('"', '“', '„');
        if (quote >= 0 && rest.AsSpan(colon).IndexOfAny('"', '”', '“') >= 0) return -1;
        return colon + 1 == rest.Length || rest[colon + 1] == ' ' ? colon : -1;
    }

    private static string Clean(string line) =>
        line.Replace("\u200E", "", StringComparison.Ordinal).Replace("\u200F", "", StringComparison.Ordinal)
        .Replace("\u202A", "", StringComparison.Ordinal).Replace("\u202C", "", StringComparison.Ordinal).Replace(
            "\uFEFF", "", StringComparison.Ordinal).Replace('\u202F', ' ').Replace('\u00A0', ' ');

    [GeneratedRegex(@"^(?:\[(?<date>\d{1,4}[./\-]\s?\d{1,2}[./\-]\s?\d{2,4}\.?,?\s+(?:\p{L}+\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
        + @"(?:\s?[AaPp]\.?\s?[Mm]\.?)?)\]\s?"
        + @"|(?<date>\d{1,4}[./\-]\s?\d{1,2}[./\-]\s?\d{2,4}\.?,?\s+(?:\p{L}+\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
        + @"(?:\s?[AaPp]\.?\s?[Mm]\.?)?)\s[-\u2013]\s)(?<rest>.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Message();

    [GeneratedRegex(@"end-to-end|Ende-zu-Ende|de bout en bout|de extremo a extremo|created (?:this )?group|changed (?:the|this) |added you"
        + @"|security code|\bjoined using\b|\bleft$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex System();
}
