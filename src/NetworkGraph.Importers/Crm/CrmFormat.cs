using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Crm;

/// <summary>The headings of one customer database's export of activities.</summary>
/// <param name="Family">The family of its ids.</param>
internal sealed record CrmPreset(
    string Family, string[] Id, string[] Type, string[] At, string[] Owner, string[] Contact, string[] Direction, string[] Outcome,
    string[] Milliseconds, string[] Seconds, string[] Minutes)
{
    public static readonly CrmPreset[] All =
    [
        new("hubspot", ["Engagement ID", "Activity ID", "Record ID", "Object ID"], ["Activity type", "Engagement type", "Type"],
            ["Activity date", "Create date", "Timestamp"],
            ["Activity assigned to", "Owner", "Activity created by"], ["Contact email", "Associated contact", "Email", "To"],
            ["Direction", "Call direction"], ["Outcome", "Call outcome", "Status"],
            ["Call duration (ms)", "Call duration", "Duration (ms)"], ["Call duration (seconds)"], []),
        new("salesforce", ["Activity ID", "Task ID", "Event ID", "Id"], ["Type", "Task Subtype", "TaskSubtype", "Activity Type"],
            ["Date", "ActivityDate", "Due Date", "Start Date Time", "Created Date", "CreatedDate"],
            ["Assigned", "Assigned To", "Owner", "OwnerId", "Assigned Email"],
            ["Contact: Email", "Email", "Name", "Contact", "Who", "WhoId"], ["Call Type", "CallType", "Direction"],
            ["Call Result", "CallDisposition", "Status"],
            [], ["Call Duration (seconds)", "CallDurationInSeconds", "Call Duration"],
            ["Duration In Minutes", "DurationInMinutes", "Duration"]),
        new("pipedrive", ["ID", "Activity ID"], ["Type", "Activity type"], ["Due date", "Marked as done time", "Add time"],
            ["Assigned to user", "Owner", "User"], ["Contact person", "Person", "Contact email", "Email"],
            ["Direction"], ["Done", "Outcome"], [], [], ["Duration"]),
    ];

    /// <summary>Headings that tell one database from the others; all of a preset's must be there.</summary>
    private static readonly string[][] s_telling =
    [
        ["Activity type", "Activity date"],
        ["Assigned", "Subject", "Date"],
        ["Assigned to user", "Due date"],
    ];

    private static readonly string[][] s_alsoTelling =
        [["Engagement ID"], ["CallDurationInSeconds"], ["Contact person", "Due date", "Type"]];
    private static readonly string[][] s_furtherTelling = [["Engagement type"], ["ActivityDate"], ["Marked as done time"]];

    /// <summary>The preset whose headings these are; null for none.</summary>
    public static CrmPreset? Of(IReadOnlyList<string> headings)
    {
        for (var i = 0; i < All.Length; i++)
            foreach (var telling in new[] { s_telling[i], s_alsoTelling[i], s_furtherTelling[i] })
                if (Array.TrueForAll(telling, name => headings.Any(heading => CsvHeadings.Fold(heading) == CsvHeadings.Fold(name))))
                    return All[i];
        return null;
    }
}

/// <summary>Activities of HubSpot, Salesforce and Pipedrive. Who owns an activity acts, unless it came in; tasks are left out.</summary>
public sealed class CrmFormat : IImportFormat
{
    private static readonly string[] s_unanswered = ["no answer", "noanswer", "busy", "left voicemail", "left live message", "voicemail",
        "not available", "wrong number", "canceled", "cancelled", "failed", "missed", "not connected"];

    public string Name => "crm-csv";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => CsvTable.Is(file, headings => CrmPreset.Of(headings) is not null))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        var order = Order(file, context);
        using var table = CsvTable.Open(file, headings => CrmPreset.Of(headings) is not null)
            ?? throw new InvalidDataException("has none of the headings of HubSpot, Salesforce or Pipedrive");
        var preset = CrmPreset.Of(table.Headings)!;
        var items = new ItemBuilder(context, preset.Family);
        foreach (var row in table.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            if (Item(row, preset, order, items, file, context) is { } item) yield return item;
        }
    }

    private static ImportItem? Item(
        CsvTableRow row, CrmPreset preset, DateOrder order, ItemBuilder items, ImportFile file, ImportContext context)
    {
        var native = row[preset.Id];
        var id = native.Length > 0 ? ImportIds.Native(preset.Family, native) : null;
        var type = CsvHeadings.Fold(row[preset.Type]);
        if (type is "task" or "todo" or "note" or "deadline" or "aufgabe" or "tache" or "tarea")
        {
            context.Report.LeaveOut(LeftOutReasons.Task, file.Path, row.Line);
            return null;
        }
        if (!CsvWords.TryKind(type, out var kind))
            return ImportItem.Reject(file.Path, row.Line, id, "kind", $"'{row[preset.Type]}' is not a known kind of activity");
        if (Time(row[preset.At], order, context) is not { } at)
            return ImportItem.Reject(file.Path, row.Line, id, "at", $"'{ItemBuilder.Text(row[preset.At], 40)}' is not a date");
        var owner = Id(row[preset.Owner], preset);
        if (owner is null && context.Me.Count > 0) owner = context.Me[0];
        if (owner is null) return ImportItem.Reject(file.Path, row.Line, id, "from", "names nobody; --me says whose activities these are");
        var contacts = RecipientCell.Split(row[preset.Contact]).Select(contact => Id(contact, preset)).OfType<string>().ToList();
        if (contacts.Count == 0) return ImportItem.Reject(file.Path, row.Line, id, "to", "names nobody");
        var direction = CsvHeadings.Fold(row[preset.Direction]);
        var isIncoming = direction.Contains("incoming", StringComparison.Ordinal)
            || direction.Contains("inbound", StringComparison.Ordinal)
            || direction is "in" or "received"
            || direction.Length == 0 && (type.Contains("incoming", StringComparison.Ordinal)
                || type.Contains("inbound", StringComparison.Ordinal)
                || type.Contains("received", StringComparison.Ordinal));
        var outcome = row[preset.Outcome].ToLowerInvariant().Replace('_', ' ');
        var length = Length(row, preset);
        // No one was spoken to: an attempt, which is one-way.
        if (kind is InteractionKind.Call && s_unanswered.Any(word => outcome.Contains(word, StringComparison.Ordinal)))
            (kind, length) = (InteractionKind.Message, null);
        if (kind is InteractionKind.Meeting && outcome is "no show" or "canceled" or "cancelled")
        {
            context.Report.LeaveOut(LeftOutReasons.Cancelled, file.Path, row.Line);
            return null;
        }
        var seed = new InteractionSeed
        {
            Id = id,
            AtMs = at,
            From = isIncoming ? contacts[0] : owner,
            To = isIncoming ? contacts.Skip(1).Prepend(owner) : contacts,
            Kind = kind,
            LengthSeconds = kind is InteractionKind.Call or InteractionKind.Meeting ? length : null,
            Channel = kind is InteractionKind.Call || row[preset.Type].Contains("call", StringComparison.OrdinalIgnoreCase) ? "phone"
                : type.Contains("mail", StringComparison.Ordinal) ? "email" : null,
        };
        // An incoming message to several is to its owner; the other contacts are who it is filed under.
        if (isIncoming) seed = seed with { To = [owner] };
        return items.Interaction(seed, file.Path, row.Line);
    }

    /// <summary>An address, or a name that is the database's own.</summary>
    private static string? Id(string text, CrmPreset preset)
    {
        if (text.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && text.EndsWith('>')) text = text[(open + 1)..^1];
        else if (text.EndsWith(')') && text.LastIndexOf('(') is >= 0 and var bracket && text.Contains('@', StringComparison.Ordinal))
            text = text[(bracket + 1)..^1];
        if (ItemBuilder.Text(text, 100) is not { } clean) return null;
        return clean.Contains('@', StringComparison.Ordinal) ? clean : $"{preset.Family}:{clean}";
    }

    private static double? Length(CsvTableRow row, CrmPreset preset)
    {
        foreach (var (headings, unit) in new[] { (preset.Milliseconds, 0.001), (preset.Seconds, 1.0), (preset.Minutes, 60.0) })
        {
            var text = row[headings];
            if (text.Length == 0) continue;
            if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
                return span.TotalSeconds;
            if (double.TryParse(text.Replace(',', '.'), CultureInfo.InvariantCulture, out var number) && number >= 0) return number * unit;
        }
        return null;
    }

    private static long? Time(string text, DateOrder order, ImportContext context)
    {
        if (long.TryParse(text, out var number) && text.Length is >= 10 and <= 13) return text.Length > 11 ? number : number * 1000;
        return LooseDate.TryParse(text, order, context.ZoneOrUtc, out var at, out _) ? at : null;
    }

    private static DateOrder Order(ImportFile file, ImportContext context)
    {
        if (context.Options.DateOrder is { } given) return given;
        var vote = new DateOrderVote(context.NowMs);
        var hasTime = false;
        using var table = CsvTable.Open(file, headings => CrmPreset.Of(headings) is not null);
        if (table is not null && CrmPreset.Of(table.Headings) is { } preset)
        {
            foreach (var row in table.Rows(context.Cancellation))
            {
                vote.Add(row[preset.At]);
                hasTime |= row[preset.At].Contains(':', StringComparison.Ordinal);
            }
        }
        if (hasTime && context.Options.Zone is null)
            context.Report.Guess($"Times of {file.Path} that name no zone are taken to be in UTC (--time-zone says otherwise).");
        var (order, isSure) = vote.Decide();
        var taken = order ?? DateOrder.MonthFirst;
        if (!isSure)
        {
            context.Report.Guess($"Dates of {file.Path} can be read both ways; the {(taken is DateOrder.MonthFirst ? "month" : "day")} is "
                + "taken to come first (--date-order says otherwise).");
        }
        return taken;
    }
}
