using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Csv;

/// <summary>What was asked of a CSV file, as the user wrote it; null for what was not said.</summary>
public sealed record CsvRequest
{
    /// <summary>One character, or comma, semicolon, tab, pipe or space.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The fields of the columns, separated by commas, of a file without a header; <c>-</c> for a column to leave out.</summary>
    public string? Columns { get; init; }

    /// <summary>Each <c>field=column</c>: the heading that stands for a field.</summary>
    public IReadOnlyList<string> Map { get; init; } = [];

    /// <summary>Headings of columns to leave out; several in one, separated by commas.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>RFC 3339: what a time of 0 means.</summary>
    public string? Epoch { get; init; }

    /// <summary>How times are written, as .NET writes formats: dd.MM.yyyy HH:mm.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The zone of times that name none: Europe/Berlin, or +01:00.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether 03/04/26 has the day, the month or the year first: dmy, mdy, ymd.</summary>
    public string? DateOrder { get; init; }

    /// <summary>The file is one that people have rather than one made for this: unknown columns are left out.</summary>
    public bool IsLenient { get; init; }

    /// <summary>What a time that is a number counts: s (default where an epoch is given) or ms (default otherwise).</summary>
    public string? TimeUnit { get; init; }

    /// <summary>Fields that are the same in every row.</summary>
    public IReadOnlyDictionary<InteractionField, string> Constants { get; init; } = new Dictionary<InteractionField, string>();
}

/// <summary>What is wrong with an option, which has its name in camelCase.</summary>
public readonly record struct OptionError(string Option, string Reason);

/// <summary>How a CSV file is to be read.</summary>
public sealed class CsvOptions
{
    /// <summary>The fields that can be the same in every row.</summary>
    public static readonly IReadOnlyList<InteractionField> ConstantFields =
    [
        InteractionField.At, InteractionField.Kind, InteractionField.Exchange, InteractionField.Setting, InteractionField.Channel,
            InteractionField.Venue,
    ];

    private static readonly Dictionary<string, char> s_delimiters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["comma"] = ',',
        ["semicolon"] = ';',
        ["tab"] = '\t',
        ["\\t"] = '\t',
        ["pipe"] = '|',
        ["space"] = ' ',
    };

    private CsvOptions()
    {
    }

    /// <summary>Null: recognised by the first line.</summary>
    public byte? Delimiter { get; private set; }

    /// <summary>Columns that mean no field are left out and noted, instead of being an error.</summary>
    public bool LeavesOutUnknownColumns { get; private set; }

    /// <summary>The fields of a file without a header; null where there is one, and null for columns to leave out.</summary>
    public IReadOnlyList<InteractionField?>? Columns { get; private set; }

    public IReadOnlyDictionary<string, InteractionField> FieldByHeading => _fieldByHeading;

    public IReadOnlySet<string> Ignored => _ignored;

    public CsvTime Time { get; private set; } = CsvTime.UnixMs;

    public IReadOnlyList<KeyValuePair<InteractionField, byte[]>> Constants => _constants;

    private readonly Dictionary<string, InteractionField> _fieldByHeading = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<InteractionField, byte[]>> _constants = [];

    /// <summary>The same, with what a look at the whole file, or an assumption, says of its times.</summary>
    public CsvOptions With(CsvTime time)
    {
        var copy = (CsvOptions)MemberwiseClone();
        copy.Time = time;
        return copy;
    }

    /// <summary>
    /// The options asked for. Every error is added to <paramref name="errors"/>; the options are of use where there is none.
    /// </summary>
    public static CsvOptions Read(CsvRequest request, ICollection<OptionError> errors)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(errors);
        var options = new CsvOptions { LeavesOutUnknownColumns = request.IsLenient };
        options.ReadDelimiter(request.Delimiter, errors);
        options.ReadTime(request, errors);
        options.ReadConstants(request.Constants, errors);
        options.ReadMap(request.Map, errors);
        foreach (var heading in request.Ignore.SelectMany(
            i => i.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            options._ignored.Add(heading);
        if (request.Columns is { } columns) options.ReadColumns(columns, errors);
        return options;
    }

    private void ReadDelimiter(string? text, ICollection<OptionError> errors)
    {
        if (text is null) return;
        if (s_delimiters.TryGetValue(text, out var named)) Delimiter = (byte)named;
        else if (text is [var one] && one < 0x80 && one is not ('"' or '\r' or '\n')) Delimiter = (byte)one;
        else errors.Add(new("delimiter", "must be one ASCII character other than a quote, or comma, semicolon, tab, pipe or space"));
    }

    private void ReadTime(CsvRequest request, ICollection<OptionError> errors)
    {
        var epochMs = 0L;
        if (request.Epoch is { } epoch && !Rfc3339.TryParse(Encoding.UTF8.GetBytes(epoch), out epochMs, out var reason))
            errors.Add(new("epoch", reason));
        if (request.TimeUnit is not (null or "s" or "ms")) errors.Add(new("timeUnit", "must be s or ms"));
        // Data sets that count from an epoch of their own count seconds; numbers without one are Unix milliseconds.
        var unit = request.TimeUnit ?? (request.Epoch is null ? "ms" : "s");
        NodaTime.DateTimeZone? zone = null;
        if (request.TimeZone is { } name && !Zones.TryFind(name, out zone))
            errors.Add(new("timeZone", "must be a zone such as Europe/Berlin, or an offset such as +01:00"));
        DateOrder? order = request.DateOrder switch
        {
            "dmy" => Times.DateOrder.DayFirst,
            "mdy" => Times.DateOrder.MonthFirst,
            "ymd" =>
            Times.DateOrder.YearFirst,
            _ => null
        };
        if (request.DateOrder is not null && order is null) errors.Add(new("dateOrder", "must be dmy, mdy or ymd"));
        Time = new CsvTime(epochMs, unit == "s" ? 1000 : 1, IsUnitAssumed: request is { TimeUnit: null, Epoch: null })
        {
            Format = request.TimeFormat,
            Zone = zone,
            Order = order,
        };
    }

    private void ReadConstants(IReadOnlyDictionary<InteractionField, string> constants, ICollection<OptionError> errors)
    {
        foreach (var (field, text) in constants)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            _constants.Add(new(field, utf8));
            var broken = field switch
            {
                InteractionField.At => Time.TryParse(utf8, out _, out var reason) ? null : reason,
                InteractionField.Kind => WireNames.TryParse(text, out InteractionKind _)
                    ? null : $"is none of {string.Join(", ", WireNames.Kinds)}",
                InteractionField.Exchange =>
                    WireNames.TryParse(text, out Exchange _) ? null : $"is none of {string.Join(", ", WireNames.Exchanges)}",
                InteractionField.Setting =>
                    WireNames.TryParse(text, out Setting _) ? null : $"is none of {string.Join(", ", WireNames.Settings)}",
                InteractionField.Channel => InteractionRules.BrokenText(text, "channel", InteractionRules.MaxChannelChars)?.Reason,
                InteractionField.Venue => InteractionRules.BrokenText(text, "venue", InteractionRules.MaxVenueChars)?.Reason,
                _ => "cannot be the same in every row",
            };
            if (broken is not null) errors.Add(new(field.Name(), broken));
        }
    }

    private void ReadMap(IReadOnlyList<string> map, ICollection<OptionError> errors)
    {
        var fields = new HashSet<InteractionField>();
        foreach (var entry in map)
        {
            var parts = entry.Split('=', 2);
            if (parts.Length < 2 || parts[1].Length == 0) errors.Add(new("map", $"'{entry}' is not of the form field=column"));
            else if (!InteractionFields.TryFindLoosely(parts[0], out var field))
                errors.Add(new("map", $"'{parts[0]}' is not a field; there are {string.Join(", ", InteractionFields.Names)}"));
            else if (!fields.Add(field)) errors.Add(new("map", $"names the field '{field.Name()}' twice"));
            else if (!_fieldByHeading.TryAdd(parts[1], field)) errors.Add(new("map", $"names the column '{parts[1]}' twice"));
            else if (IsConstant(field)) errors.Add(new("map", $"names '{field.Name()}', which is also given for every row"));
        }
    }

    private void ReadColumns(string text, ICollection<OptionError> errors)
    {
        if (_fieldByHeading.Count > 0) errors.Add(new("map", "names columns by a header, and columns says that there is none"));
        if (_ignored.Count > 0)
            errors.Add(new("ignore", "names columns by a header, and columns says that there is none; write - for a column to leave out"));
        var columns = new List<InteractionField?>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (name is "-")
            {
                columns.Add(null);
                continue;
            }
            if (!InteractionFields.TryFindLoosely(name, out var field))
            {
                errors.Add(new("columns",
                    $"'{name}' is not a field; there are {string.Join(", ", InteractionFields.Names)}, and - for a column to leave out"));
                continue;
            }
            if (columns.Contains(field)) errors.Add(new("columns", $"names '{field.Name()}' twice"));
            if (IsConstant(field)) errors.Add(new("columns", $"names '{field.Name()}', which is also given for every row"));
            columns.Add(field);
        }
        foreach (var field in Missing(columns)) errors.Add(new("columns", MissingReason(field)));
        Columns = columns;
    }

    internal bool IsConstant(InteractionField field) => _constants.Exists(c => c.Key == field);

    /// <summary>The required fields that are neither a column nor the same in every row.</summary>
    internal IEnumerable<InteractionField> Missing(IReadOnlyCollection<InteractionField?> columns) =>
        new[] { InteractionField.At, InteractionField.From, InteractionField.Kind }.Where(f => !columns.Contains(f) && !IsConstant(f));

    internal static string MissingReason(InteractionField field) => field is InteractionField.From
        ? "has no column for 'from', which is required"
        : $"has no column for '{field.Name()}', which is required, and '{field.Name()}' is not given for every row either";
}
