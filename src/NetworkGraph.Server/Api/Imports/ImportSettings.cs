using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>What a user says about how an import is read, as it was said: on a command line, in a query, in a message.</summary>
internal sealed record ImportSettings
{
    public CsvRequest Csv { get; init; } = new();

    public IReadOnlyList<string> Me { get; init; } = [];

    public bool Tentative { get; init; }

    public bool Lists { get; init; }

    public bool ReadText { get; init; }

    public bool UndirectedBoth { get; init; }

    public string? Chat { get; init; }

    /// <summary>A <see cref="CsvMapping"/> as JSON; null for none.</summary>
    public string? Mapping { get; init; }

    /// <summary>
    /// The options that this comes to. Every mistake is added to <paramref name="errors"/>; the options are of use where there is none.
    /// </summary>
    public ImportOptions Read(ICollection<OptionError> errors)
    {
        CsvOptions.Read(Csv, errors);
        NodaTime.DateTimeZone? zone = null;
        if (Csv.TimeZone is { } name) Zones.TryFind(name, out zone);
        foreach (var id in Me)
            if (!PersonId.TryCanonical(id, out _, out var reason)) errors.Add(new OptionError("me", $"'{id}' {reason}"));
        CsvMapping? mapping = null;
        if (Mapping is { } json && (mapping = CsvMapping.Read(json, out var broken)) is null)
            errors.Add(new OptionError("mapping", broken));
        return new ImportOptions
        {
            Mapping = mapping,
            TimeUnit = Csv.TimeUnit switch { "s" => TimeUnit.Seconds, "ms" => TimeUnit.Milliseconds, _ => TimeUnit.Assumed },
            Me = Me,
            Zone = zone,
            DateOrder = Csv.DateOrder switch
            {
                "dmy" => DateOrder.DayFirst,
                "mdy" => DateOrder.MonthFirst,
                "ymd" =>
                DateOrder.YearFirst,
                _ => null
            },
            Tentative = Tentative,
            Lists = Lists,
            Chat = Chat,
            UndirectedBoth = UndirectedBoth,
            ReadText = ReadText,
            AtMs = Csv.Constants.TryGetValue(InteractionField.At, out var at) && Rfc3339.TryParse(at, out var atMs) ? atMs : null,
            Kind = Csv.Constants.TryGetValue(InteractionField.Kind, out var kind) && WireNames.TryParse(kind, out InteractionKind known)
                ? known : null,
            Csv = Csv,
        };
    }
}
