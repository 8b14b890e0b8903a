using System.Text;
using System.Text.RegularExpressions;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Mail;

internal enum FromLineForm
{
    /// <summary>A line of text.</summary>
    None,

    /// <summary>"From " alone, as Thunderbird writes it; after a blank line only.</summary>
    Empty,

    /// <summary>Thunderbird's "From - ", or Takeout's id without a date.</summary>
    Bare,

    /// <summary>A sender and a date.</summary>
    Dated,
}

/// <summary>The line that begins a message in an mbox file: <c>From sender date</c>, and what Thunderbird and Takeout make of it.</summary>
internal static partial class FromLine
{
    public static FromLineForm FormOf(ReadOnlySpan<byte> line)
    {
        var text = Text(line);
        var rest = text[5..].Trim();
        if (rest.Length == 0) return FromLineForm.Empty;
        if (rest == "-") return FromLineForm.Bare;
        if (Dated().IsMatch(rest)) return FromLineForm.Dated;
        // 1844347792267117879@xxx, and nothing else.
        return !rest.Contains(' ', StringComparison.Ordinal) && rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < rest.Length - 1
            ? FromLineForm.Bare
            : FromLineForm.None;
    }

    /// <summary>When the message was delivered by the line, Unix ms; null where it does not say, or says 1970.</summary>
    public static long? Date(string line)
    {
        if (line.Length < 10 || Dated().Match(line[5..].Trim()) is not { Success: true } match) return null;
        var (year, zone) = (match.Groups["y1"].Success ? match.Groups["y1"].Value : match.Groups["y2"].Value, match.Groups["z1"].Success ? match.Groups["z1"].Value : match.Groups["z2"].Value);
        var date = $"{match.Groups["d"].Value} {match.Groups["mon"].Value} {year} {match.Groups["t"].Value} {(Zones.TryOffset(zone, out _) ? zone : "")}";
        return LooseDate.TryParse(date, DateOrder.DayFirst, DateTimeZone.Utc, out var unixMs, out _) ? unixMs : null;
    }

    public static string Text(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line.TrimEnd("\r\n"u8));

    [GeneratedRegex(@"^(?:.{1,200}?\s+)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+(?:(?<mon>[A-Z][a-z]{2})\w*\s+(?<d>\d{1,2})|(?<d>\d{1,2})\s+(?<mon>[A-Z][a-z]{2})\w*(?:\s+(?<y1>\d{4}))?)\s+(?<t>\d{1,2}:\d{2}(?::\d{2})?)(?:\s+(?<z1>[A-Z]{1,5}|[+-]\d{4}))?(?:\s+(?<y2>\d{4}))?(?:\s+(?<z2>[A-Z]{1,5}|[+-]\d{4}))?(?:\s+remote from .*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dated();
}
