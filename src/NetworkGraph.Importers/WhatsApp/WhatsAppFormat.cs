using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.WhatsApp;

/// <summary>
/// Exported WhatsApp chats. The times are local to the phone and say no zone, so one must be given. The names are those of the phone's
/// address book: ids belong to the chat until somebody says who is who.
/// </summary>
public sealed partial class WhatsAppFormat : IImportFormat
{
    private const string Channel = "whatsapp";
    private const int LinesLookedAt = 40;

    public string Name => "whatsapp";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(IsChat)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static bool IsChat(ImportFile file) =>
        file.HeadText.Split('\n', LinesLookedAt + 1).Take(LinesLookedAt).Any(line => WhatsAppLines.IsMessage(line.TrimEnd('\r')));

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        if (context.Options.Zone is not { } zone)
        {
            yield return ImportItem.Reject(
                file.Path, 1, null, "at", "is local to the phone that wrote the file; --time-zone says where that was (Europe/Berlin)");
            yield break;
        }
        var vote = new DateOrderVote(context.NowMs);
        var people = new HashSet<string>(StringComparer.Ordinal);
        var isGroup = false;
        var (dayFirst, monthFirst) = (new Sequence(DateOrder.DayFirst), new Sequence(DateOrder.MonthFirst));
        foreach (var line in Lines(file, context))
        {
            vote.Add(line.Date);
            dayFirst.Add(line.Date);
            monthFirst.Add(line.Date);
            if (line.Who is { } who) people.Add(who);
            else isGroup |= GroupLine().IsMatch(line.Text);
        }
        var (order, isSure) = (
            context.Options.DateOrder ?? vote.Decide().Order, context.Options.DateOrder is not null || vote.Decide().IsSure);
        if (context.Options.DateOrder is null && !isSure && vote.Ambiguous > 0 && dayFirst.IsAscending != monthFirst.IsAscending)
        {
            (order, isSure) = (dayFirst.IsAscending ? DateOrder.DayFirst : DateOrder.MonthFirst, true);
            context.Report.Guess(
                $"Dates of {file.Path} are read with the {(order is DateOrder.DayFirst ? "day" : "month")} first, since its lines are in "
                + $"order only so (--date-order says otherwise).");
        }
        if (order is null && vote.Ambiguous > 0)
        {
            yield return ImportItem.Reject(
                file.Path, 1, null, "at", "can be read with the day or the month first in every line; --date-order says which (dmy, mdy)");
            yield break;
        }
        if (!isSure)
            context.Report.Guess(
                $"Dates of {file.Path} are read with the month first, since times have AM or PM (--date-order says otherwise).");
        var chat = context.Options.Chat ?? ChatName(file, context);
        foreach (var item in Messages(file, context, chat, isGroup || people.Count > 2, people, order ?? DateOrder.DayFirst, zone))
            yield return item;
    }

    /// <summary>Whether the times of a chat ascend, as they do, where they are read in one order.</summary>
    private sealed class Sequence(DateOrder order)
    {
        private const long SlackMs = 3_600_000;
        private long _last = long.MinValue;

        public bool IsAscending { get; private set; } = true;

        public void Add(string date)
        {
            if (!LooseDate.TryParse(date, order, NodaTime.DateTimeZone.Utc, out var at, out _)) IsAscending = false;
            else if (at + SlackMs < _last) IsAscending = false;
            else _last = Math.Max(_last, at);
        }
    }

    private static IEnumerable<ImportItem> Messages(
        ImportFile file, ImportContext context, string chat, bool isGroup, HashSet<string> people, DateOrder order,
            NodaTime.DateTimeZone zone)
    {
        var items = new ItemBuilder(context, Channel);
        var talk = new GroupTalk(isGroup ? chat : null, people.Select(name => IdOf(chat, name)));
        foreach (var line in Lines(file, context))
        {
            if (line.Who is not { } who)
            {
                context.Report.LeaveOut(LeftOutReasons.System, file.Path, line.Number);
                continue;
            }
            if (!LooseDate.TryParse(line.Date, order, zone, out var at, out var reason))
            {
                yield return ImportItem.Reject(file.Path, line.Number, null, "at", reason);
                continue;
            }
            if (talk.Said(IdOf(chat, who), at) is not { } seed)
            {
                context.Report.LeaveOut("said to no one in particular", file.Path, line.Number);
                continue;
            }
            if (context.Options.ReadText) seed = seed with { Exchange = ExchangeReader.Read(line.Text).Exchange, IsExchangeRead = true };
            if (items.Interaction(seed with { Channel = Channel }, file.Path, line.Number) is { } item) yield return item;
        }
        foreach (var name in people)
            if (items.Profile(IdOf(chat, name), file.Path, 1, name) is { } profile) yield return profile;
    }

    private static string IdOf(string chat, string name)
    {
        var id = $"wa:{chat}:{name}";
        return id.Length <= InteractionRules.MaxIdChars ? id : ImportIds.Native("wa", $"{chat}:{name}");
    }

    private static IEnumerable<WhatsAppLine> Lines(ImportFile file, ImportContext context)
    {
        using var reader = TextEncodings.Reader(file);
        foreach (var line in WhatsAppLines.Read(reader, context.Cancellation)) yield return line;
    }

    /// <summary>What the chat is called: by the name of the file, or of the archive around it.</summary>
    private static string ChatName(ImportFile file, ImportContext context)
    {
        var name = file.Name.Equals("_chat.txt", StringComparison.OrdinalIgnoreCase) ? context.SourceName : file.Name;
        name = Ending().Replace(name, "");
        return ItemBuilder.Text(Prefix().Replace(name, ""), 60) ?? "chat";
    }

    [GeneratedRegex(@"^WhatsApp[ -]+(?:Chat)?[ -]*(?:with|mit|avec|con|-)?\s*|^Chat de WhatsApp con\s+|^Discussion WhatsApp avec\s+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\.(?:txt|zip|gz)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\bgroup\b|\bGruppe\b|\bgroupe\b|\bgrupo\b|\bgruppo\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GroupLine();
}
