using System.Globalization;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Tables;

/// <summary>Reads a table by a mapping.</summary>
internal sealed class MappedTable(CsvMapping mapping, ImportContext context)
{
    private readonly ItemBuilder _items = new(context, "csv");
    private readonly CsvTime _time = TimeOf(mapping, context);

    public IEnumerable<ImportItem> Read(ImportFile file)
    {
        var columns = mapping.Fields.Values.SelectMany(source => source.All).Distinct(StringComparer.Ordinal).ToArray();
        using var table = CsvTable.Open(
            file, cells => Array.TrueForAll(columns, column => cells.Any(cell => CsvHeadings.Fold(cell) == CsvHeadings.Fold(column))))
            ?? throw new InvalidDataException($"has no header with the columns of the mapping: {string.Join(", ", columns)}");
        foreach (var row in table.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken) yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
            else if (Holds(mapping.DropIf, row)) context.Report.LeaveOut("dropped by the mapping", file.Path, row.Line);
            else if (Item(row, file.Path) is { } item) yield return item;
        }
    }

    private ImportItem? Item(CsvTableRow row, string file)
    {
        var native = Cell(row, "id");
        var id = native.Length == 0 ? null : mapping.IdPrefix + native;
        if (!_time.TryParse(Encoding.UTF8.GetBytes(Cell(row, "at")), out var at, out var reason))
            return ImportItem.Reject(file, row.Line, id, "at", reason);
        var word = Word(row, "kind");
        if (!WireNames.TryParse(word, out InteractionKind kind) && !CsvWords.TryKind(word, out kind))
            return ImportItem.Reject(
                file, row.Line, id, "kind", $"'{ItemBuilder.Text(word, 40)}' is none of {string.Join(", ", WireNames.Kinds)}");
        var exchange = Exchange.None;
        if (Word(row, "exchange") is { Length: > 0 } moved && !WireNames.TryParse(moved, out exchange))
            return ImportItem.Reject(
                file, row.Line, id, "exchange", $"'{ItemBuilder.Text(moved, 40)}' is none of {string.Join(", ", WireNames.Exchanges)}");
        var to = Cell(row, "to").Split(
            mapping.Split.ToCharArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(
            RecipientCell.Split).ToArray();
        var from = RecipientCell.AddressOf(Cell(row, "from"));
        if (from.Length == 0 && context.Me.Count > 0) from = context.Me[0];
        if (Holds(mapping.SwapIf, row) && to.Length > 0) (from, to) = (to[0], [from]);
        var text = Cell(row, "lengthSeconds");
        var length = double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            || Amounts.TryParse(text, isDuration: true, out seconds) ? seconds : (double?)null;
        var seed = new InteractionSeed
        {
            Id = id,
            AtMs = at,
            From = from,
            To = to,
            Kind = kind,
            Exchange = exchange,
            Channel = Text(row, "channel"),
            Venue = Text(row, "venue"),
            Series = Text(row, "series"),
            InReplyTo = Text(row, "inReplyTo") is { } answered ? mapping.IdPrefix + answered : null,
            LengthSeconds = length,
        };
        return _items.Interaction(seed, file, row.Line);
    }

    private static bool Holds(CsvCondition? condition, CsvTableRow row) =>
        condition is not null && condition.Is.Contains(row[condition.Column], StringComparer.OrdinalIgnoreCase);

    private string? Text(CsvTableRow row, string field) => Word(row, field) is { Length: > 0 } text ? text : null;

    /// <summary>The field's cell, by what the mapping says it means.</summary>
    private string Word(CsvTableRow row, string field)
    {
        var cell = Cell(row, field);
        if (!mapping.Values.TryGetValue(field, out var words)) return cell;
        foreach (var (word, meaning) in words)
            if (word.Equals(cell, StringComparison.OrdinalIgnoreCase)) return meaning;
        return cell;
    }

    private string Cell(CsvTableRow row, string field)
    {
        if (!mapping.Fields.TryGetValue(field, out var source)) return "";
        return source.Value ?? string.Join(' ', source.All.Select(column => row[column]).Where(cell => cell.Length > 0));
    }

    private static CsvTime TimeOf(CsvMapping mapping, ImportContext context)
    {
        var zone = context.Options.Zone;
        if (mapping.Zone is { } name) Zones.TryFind(name, out zone);
        DateOrder? order = mapping.DateOrder switch
        {
            "dmy" => DateOrder.DayFirst,
            "mdy" => DateOrder.MonthFirst,
            "ymd" =>
            DateOrder.YearFirst,
            _ => context.Options.DateOrder
        };
        return CsvTime.UnixMs with
        {
            Format = mapping.DateFormat,
            Zone = zone ?? NodaTime.DateTimeZone.Utc,
            Order = order,
            AssumedOrder = DateOrder.DayFirst
        };
    }
}
