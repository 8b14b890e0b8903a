using System.Globalization;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Cards;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.CallLogs;

/// <summary>Lists of calls as apps for Android and iPhones write them. What was missed, or shorter than a minute, is an attempt.</summary>
public sealed partial class CallLogFormat : IImportFormat
{
    private const string UnknownOwner = "phone:owner";

    private static readonly string[] s_type =
        ["Call type", "Type", "Call Direction", "Direction", "Anrufart", "Typ", "Type d'appel", "Status"];
    private static readonly string[] s_duration = ["Duration", "Call duration", "Duration (s)", "Duration (seconds)", "Duration in seconds",
        "Call Duration (seconds)", "Dauer", "Durée", "Duración", "Length"];
    private static readonly string[] s_number =
        ["Number", "Phone number", "Phone", "Telephone", "Caller", "From/To", "Nummer", "Rufnummer", "Numéro", "Número", "Address"];
    private static readonly string[] s_name = ["Name", "Contact", "Contact name", "Caller name", "Nom", "Nombre"];
    private static readonly string[] s_date =
        ["Date", "Call date", "Date & Time", "Date/Time", "DateTime", "Timestamp", "Call time", "Start time", "Datum", "Fecha"];
    private static readonly string[] s_time = ["Time", "Uhrzeit", "Heure", "Hora"];

    public string Name => "calls-csv";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(file => CsvTable.Is(file, IsHeader))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        var me = context.Me.Count > 0 ? context.Me[0] : UnknownOwner;
        if (context.Me.Count == 0)
            context.Report.Guess($"No file says whose calls these are; the owner is called {UnknownOwner} (--me says who).");
        if (context.Options.Zone is null)
            context.Report.Guess($"Times of {file.Path} that name no zone are taken to be in UTC (--time-zone says otherwise).");
        var order = Order(file, context);
        using var table = CsvTable.Open(file, IsHeader) ?? throw new InvalidDataException("has no header of a list of calls");
        var items = new ItemBuilder(context, "call");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            var other = PhoneNumbers.Id(row[s_number])
                ?? (row[s_number].Contains('@', StringComparison.Ordinal) ? row[s_number]
                    : ItemBuilder.Text(row[s_name], 100) is { } who ? $"phone:{who}" : null);
            if (other is null)
            {
                context.Report.LeaveOut("hidden number", file.Path, row.Line);
                continue;
            }
            if (!TryTime(row, order, context, out var at, out var reason))
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, "at", reason);
                continue;
            }
            var type = row[s_type];
            var isIncoming = Incoming().IsMatch(type);
            var seconds = Unanswered().IsMatch(type) ? 0 : Seconds(row[s_duration]) ?? 0;
            var seed = new InteractionSeed
            {
                AtMs = at,
                From = isIncoming ? other : me,
                To = [isIncoming ? me : other],
                Kind = InteractionKind.Call,
                LengthSeconds = seconds,
                Channel = "phone",
            };
            if (items.Interaction(seed, file.Path, row.Line) is { } item) yield return item;
            if (names.Add(other) && items.Profile(other, file.Path, row.Line, row[s_name]) is { } profile) yield return profile;
        }
    }

    private static bool TryTime(CsvTableRow row, DateOrder order, ImportContext context, out long atMs, out string reason)
    {
        var text = row[s_date];
        if (row[s_time] is { Length: > 0 } time && !text.Contains(':', StringComparison.Ordinal)) text = $"{text} {time}";
        if (long.TryParse(text, out atMs) && text.Length is >= 10 and <= 13)
        {
            if (text.Length <= 11) atMs *= 1000;
            reason = "";
            return true;
        }
        return LooseDate.TryParse(text, order, context.ZoneOrUtc, out atMs, out reason);
    }

    private static DateOrder Order(ImportFile file, ImportContext context)
    {
        if (context.Options.DateOrder is { } given) return given;
        var vote = new DateOrderVote(context.NowMs);
        using var table = CsvTable.Open(file, IsHeader);
        if (table is not null)
            foreach (var row in table.Rows(context.Cancellation)) vote.Add($"{row[s_date]} {row[s_time]}".Trim());
        var (order, isSure) = vote.Decide();
        var taken = order ?? DateOrder.DayFirst;
        if (!isSure)
        {
            context.Report.Guess($"Dates of {file.Path} can be read both ways; the {(taken is DateOrder.MonthFirst ? "month" : "day")} is "
                + "taken to come first (--date-order says otherwise).");
        }
        return taken;
    }

    /// <summary>95, 1:35, 0:01:35, 1m 35s, 1 min 35 sec.</summary>
    private static double? Seconds(string text)
    {
        if (double.TryParse(text.Replace(',', '.'), CultureInfo.InvariantCulture, out var plain)) return plain;
        if (text.Split(':') is { Length: 2 or 3 } parts && Array.TrueForAll(parts, part => int.TryParse(part.Trim(), out _)))
            return parts.Aggregate(0.0, (sum, part) => sum * 60 + int.Parse(part.Trim(), CultureInfo.InvariantCulture));
        var matches = Amounts().Matches(text);
        return matches.Count == 0
            ? null
            : matches.Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                * char.ToLowerInvariant(match.Groups[2].Value[0]) switch { 'h' => 3600.0, 'm' => 60, _ => 1 });
    }

    private static bool IsHeader(IReadOnlyList<string> cells)
    {
        var headings = cells.Select(CsvHeadings.Fold).ToHashSet(StringComparer.Ordinal);
        return new[] { s_duration, s_number, s_date, s_type }.Count(
            names => names.Any(name => headings.Contains(CsvHeadings.Fold(name)))) == 4
            && !headings.Contains("from") && !headings.Contains("to");
    }

    [GeneratedRegex(
        @"incom|inbound|received|missed|rejected|blocked|voicemail|eingehend|entrant|entrante|verpasst|manqu|perdida|angenommen",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Incoming();

    [GeneratedRegex(@"missed|rejected|blocked|declined|cancel|no answer|voicemail|verpasst|abgelehnt|manqu|perdida|rechazada",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unanswered();

    [GeneratedRegex(@"(\d{1,6})\s*(h|m|s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amounts();
}
