using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Tables;

/// <summary>
/// Any table of interactions: delimiter, encoding, headings and dates are recognised, and what was assumed is said. A file in the canonical
/// form goes straight through <see cref="CsvRows"/>; the dates of others are looked at first, over the whole file.
/// </summary>
public sealed class CsvFormat : IImportFormat
{
    private const int SampleRows = 100;

    public string Name => "csv";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => CsvTable.Is(file, IsHeader) || HeaderlessColumns.Guess(file) is not null)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Options.Mapping is { } mapping)
        {
            var table = new MappedTable(mapping, context);
            return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, table.Read(file))));
        }
        var ids = new DerivedIds();
        return new RowsInTurn(
            [.. files.Select(file => (file.Path, (Func<IRowSource>)(() => OpenOne(file, context, ids))))], context.Report);
    }

    private static CsvRows OpenOne(ImportFile file, ImportContext context, DerivedIds ids)
    {
        var encoding = TextEncodings.Recognise(file.Head);
        if (encoding is null && !IsUtf8(file)) encoding = TextEncodings.Windows1252;
        if (encoding is not null) context.Report.Guess($"{file.Path} is read as {TextEncodings.NameOf(encoding)}.");
        var errors = new List<OptionError>();
        var request = context.Options.Csv with { IsLenient = true };
        if (request.Delimiter is null && file.Name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
            request = request with { Delimiter = "tab" };
        var header = HeaderOf(file);
        if (header is null && request.Columns is null && HeaderlessColumns.Guess(file) is { } guessed)
        {
            context.Report.Guess($"{file.Path} has no header; its columns are taken for {guessed} (--columns says otherwise).");
            request = request with { Columns = guessed };
        }
        if (!HasKind(header, request) && (context.Options.Kind is not null || header is not null || request.Columns is not null))
        {
            var kind = context.Options.Kind ?? InteractionKind.Message;
            if (context.Options.Kind is null)
                context.Report.Guess($"{file.Path} does not say what happened; its rows are taken for messages (--kind says otherwise).");
            request = request with
            {
                Constants = new Dictionary<InteractionField,
                string>(request.Constants)
                { [InteractionField.Kind] = WireNames.Of(kind) }
            };
        }
        var options = CsvOptions.Read(request, errors);
        if (errors.Count > 0) throw new InvalidDataException(string.Join("; ", errors.Select(e => $"{e.Option} {e.Reason}")));
        options = options.With(TimesOf(file, options, context));
        return new CsvRows(TextEncodings.ToUtf8(file.Open(), encoding), options, Draft(ids, context), RowLimits.Default,
            request.Columns is null ? LinesBefore(header) : 0);
    }

    private sealed record Header(IReadOnlyList<string> Headings, long Line);

    /// <summary>The first row among ten that says when, who and towards whom or what; null for none.</summary>
    private static Header? HeaderOf(ImportFile file)
    {
        using var table = CsvTable.Open(file, IsHeader);
        return table is null ? null : new Header(table.Headings, table.HeaderLine);
    }

    /// <summary>A line that says the delimiter is for the reader to see.</summary>
    private static long LinesBefore(Header? header) => header is { Line: > 2 } ? header.Line - 1 : 0;

    private static bool HasKind(Header? header, CsvRequest request)
    {
        if (request.Constants.ContainsKey(InteractionField.Kind)) return true;
        if (request.Columns is { } columns)
            return columns.Split(',').Any(
                column => InteractionFields.TryFindLoosely(column.Trim(), out var named) && named is InteractionField.Kind);
        if (request.Map.Any(entry => entry.StartsWith("kind=", StringComparison.OrdinalIgnoreCase))) return true;
        return header is null
            || header.Headings.Any(
            heading => InteractionFields.TryFindLoosely(heading, out var field) || CsvHeadings.TryFind(heading, out field)
            ? field is InteractionField.Kind : false);
    }

    private static InteractionDraft Draft(DerivedIds ids, ImportContext context) =>
        new(ids) { DropsRepeats = true, DefaultBatch = context.Options.Batch, Key = context.Options.Key };

    private static bool IsUtf8(ImportFile file)
    {
        using var stream = file.Open();
        return TextEncodings.IsUtf8(stream);
    }

    /// <summary>How the file's times are read: as said; where they are not RFC 3339, with what all of them show.</summary>
    private static CsvTime TimesOf(ImportFile file, CsvOptions options, ImportContext context)
    {
        var time = options.Time with
        {
            IsUnitBySize = true,
            Zone = options.Time.Zone ?? context.Options.Zone,
            Order = options.Time.Order ?? context.Options.DateOrder,
        };
        if (time.Format is not null || options.IsConstant(InteractionField.At)) return time with { Zone = time.Zone ?? DateTimeZone.Utc };
        var isPlain = true;
        var hasLocal = false;
        var vote = new DateOrderVote(context.NowMs);
        var seen = 0;
        foreach (var text in TimeCells(file, options, context.Cancellation))
        {
            seen++;
            if (time.IsUnitAssumed && text.Length is >= 9 and <= 14 && IsNumber(text)
                && decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is > 1e8m and < 1e11m)
                context.Report.Guess(
                    $"Numbers below 100000000000 in the times of {file.Path} are taken to be seconds (--time-unit says otherwise).");
            if (!Rfc3339.TryParse(text, out _) && !IsNumber(text))
            {
                isPlain = false;
                vote.Add(text);
                hasLocal |= !LooseDate.TryParse(text, DateOrder.DayFirst, null, out _, out _);
            }
            if (isPlain && seen == SampleRows) return time;
        }
        if (isPlain && !hasLocal) return time with { Zone = time.Zone ?? DateTimeZone.Utc };
        if (time.Zone is null)
        {
            if (hasLocal)
                context.Report.Guess($"Times of {file.Path} that name no zone are taken to be in UTC (--time-zone says otherwise).");
            time = time with { Zone = DateTimeZone.Utc };
        }
        if (time.Order is not null) return time;
        var (order, isSure) = vote.Decide();
        if (order is not null && isSure) return time with { Order = order };
        if (vote.Ambiguous == 0) return time with { AssumedOrder = DateOrder.DayFirst };
        var assumed = order ?? DateOrder.DayFirst;
        context.Report.Guess(
            $"{vote.Ambiguous} dates of {file.Path} can be read both ways; the {(assumed is DateOrder.DayFirst ? "day" : "month")} is "
            + $"taken to come first (--date-order says otherwise).");
        return time with { AssumedOrder = assumed };
    }

    private static IEnumerable<string> TimeCells(ImportFile file, CsvOptions options, CancellationToken cancellation)
    {
        if (options.Columns is { } columns)
        {
            var at = columns.ToList().IndexOf(InteractionField.At);
            using var bare = at < 0 ? null : CsvTable.Open(file, _ => true);
            if (bare is null) yield break;
            foreach (var row in bare.Rows(cancellation))
                if (at < row.Cells.Count && row.Cells[at].Trim() is { Length: > 0 } text) yield return text;
            yield break;
        }
        using var table = CsvTable.Open(file, cells => TimeColumn(cells, options) >= 0);
        if (table is null) yield break;
        var column = TimeColumn(table.Headings, options);
        var ofDay = CsvHeader.TimeOfDay(table.Headings, column);
        foreach (var row in table.Rows(cancellation))
            if (column < row.Cells.Count && row.Cells[column].Trim() is { Length: > 0 } text)
                yield return ofDay >= 0 && ofDay < row.Cells.Count ? CsvHeader.Joined(text, row.Cells[ofDay]) : text;
    }

    private static int TimeColumn(IReadOnlyList<string> headings, CsvOptions options)
    {
        var trimmed = headings.Select(heading => heading.Trim()).ToList();
        var named = trimmed.FindIndex(
            heading => options.FieldByHeading.TryGetValue(heading, out var field) && field is InteractionField.At);
        if (named < 0)
            named = trimmed.FindIndex(heading => InteractionFields.TryFindLoosely(heading, out var field) && field is InteractionField.At);
        return named >= 0 ? named : trimmed.FindIndex(
            heading => CsvHeadings.TryFind(heading, out var field) && field is InteractionField.At);
    }

    private static bool IsNumber(string text) => text.All(c => char.IsAsciiDigit(c) || c is '.' or '-') && text.AsSpan().Count('.') <= 1
        && text.AsSpan(1).IndexOf('-') < 0;

    /// <summary>A header that says when, who and towards whom or what.</summary>
    private static bool IsHeader(IReadOnlyList<string> cells)
    {
        var fields = new HashSet<InteractionField>();
        foreach (var cell in cells)
            if (InteractionFields.TryFindLoosely(cell, out var field) || CsvHeadings.TryFind(cell, out field)) fields.Add(field);
        return fields.Contains(InteractionField.At) && fields.Contains(InteractionField.From)
            && (fields.Contains(InteractionField.To) || fields.Contains(InteractionField.Kind));
    }
}
