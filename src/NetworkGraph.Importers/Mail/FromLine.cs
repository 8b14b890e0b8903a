using System.Text.RegularExpressions;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Mail;

internal enum FromLineForm
{
    /// <summary>A line of text.</summary>
    None,

    /// <summary>"From " alone, as Thunderbird writes it.</summary>
    Empty,

    /// <summary>Thunderbird's "From - ", or a sender without a date.</summary>
    Bare,

    /// <summary>A sender and a day without a time.</summary>
    Day,

    /// <summary>A sender, a day and a time.</summary>
    Dated,
}

/// <summary>The line that begins a message in an mbox file: <c>From sender date</c>, and what mail programs make of it.</summary>
internal static partial class FromLine
{
    private const int MaxChars = 400;

    public static FromLineForm FormOf(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxChars) return FromLineForm.None;
        if (EndsInAsctime(line)) return FromLineForm.Dated;
        var rest = Text(line)[5..].Trim();
        if (rest.Length == 0) return FromLineForm.Empty;
        if (rest == "-") return FromLineForm.Bare;
        if (Dated().IsMatch(rest)) return FromLineForm.Dated;
        if (TryLoosely(rest, out var parts)) return parts.Time is null ? FromLineForm.Day : FromLineForm.Dated;
        // 1844347792267117879@xxx, and nothing else.
        return !rest.Contains(' ', StringComparison.Ordinal) && rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            && at < rest.Length - 1
            ? FromLineForm.Bare
            : FromLineForm.None;
    }

    /// <summary>Whether a line ends as most do: Mon Mar  2 09:15:00 2026.</summary>
    private static bool EndsInAsctime(ReadOnlySpan<byte> line)
    {
        if (line.Length < 30) return false;
        var date = line[^25..];
        return date[0] == ' ' && date[4] == ' ' && date[8] == ' ' && date[11] == ' ' && date[14] == ':' && date[17] == ':'
            && date[20] == ' '
            && char.IsAsciiDigit((char)date[10]) && char.IsAsciiDigit((char)date[13]) && char.IsAsciiDigit((char)date[19])
            && !date[21..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && char.IsAsciiLetter((char)date[1]) && char.IsAsciiLetter((char)date[5]) && char.IsAsciiLetter((char)date[7]);
    }

    /// <summary>When the message was delivered by the line, Unix ms; null where it does not say, or says 1970.</summary>
    public static long? Date(string line)
    {
        if (line.Length < 10) return null;
        var rest = line[5..].Trim();
        if (Dated().Match(rest) is { Success: true } match)
        {
            var year = match.Groups["y1"].Success ? match.Groups["y1"].Value : match.Groups["y2"].Value;
            var zone = match.Groups["z1"].Success ? match.Groups["z1"].Value : match.Groups["z2"].Value;
            rest = $"{match.Groups["d"].Value} {match.Groups["mon"].Value} {year} {match.Groups["t"].Value} "
                + $"{(Zones.TryOffset(zone, out _) ? zone : "")}";
            return LooseDate.TryParse(rest, DateOrder.DayFirst, DateTimeZone.Utc, out var dated, out _) ? dated : null;
        }
        foreach (var date in Rests(rest))
            if (LooseDate.TryParse(date, DateOrder.DayFirst, DateTimeZone.Utc, out var loose, out _)) return loose;
        return null;
    }

    public static string Text(ReadOnlySpan<byte> line) => MailHeader.Decode(line.TrimEnd("\r\n"u8));

    /// <summary>A date in another form than asctime's behind a sender without blanks: a day alone, ISO 8601, another language.</summary>
    private static bool TryLoosely(string rest, out DateParts parts)
    {
        foreach (var date in Rests(rest))
            if (LooseDate.TryParts(date, out parts)) return true;
        parts = default;
        return false;
    }

    private static IEnumerable<string> Rests(string rest)
    {
        var blank = rest.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && (rest[..blank] == "-" || rest[..blank].Contains('@', StringComparison.Ordinal) || blank > 2))
            yield return rest[(blank + 1)..].Trim();
        // "user at host" of archives that hide addresses.
        if (Hidden().Match(rest) is { Success: true } hidden) yield return rest[hidden.Length..].Trim();
    }

    [GeneratedRegex(@"^\S+ at \S+\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"^(?:.{1,200}?\s+)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+(?:(?<mon>[A-Z][a-z]{2})\w*\s+(?<d>\d{1,2})"
        + @"|(?<d>\d{1,2})\s+(?<mon>[A-Z][a-z]{2})\w*(?:\s+(?<y1>\d{4}))?)"
        + @"\s+(?<t>\d{1,2}:\d{2}(?::\d{2})?)(?:\s+(?<z1>[A-Z]{1,5}|[+-]\d{4}))?(?:\s+(?<y2>\d{4}))?"
        + @"(?:\s+(?<z2>[A-Z]{1,5}|[+-]\d{4}))?(?:\s+remote from .*)?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dated();
}
