using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Imports;

/// <summary>A condition on a row: a column holds one of some values, in any case.</summary>
public sealed record CsvCondition
{
    public required string Column { get; set; }

    public required string[] Is { get; set; }
}

/// <summary>Where a field comes from: one or several columns (their cells are joined by a blank), or the same value in every row.</summary>
public sealed record CsvFieldSource
{
    public string? Column { get; set; }

    public string[] Columns { get; set; } = [];

    public string? Value { get; set; }

    internal IEnumerable<string> All => Column is null ? Columns : Columns.Prepend(Column);
}

/// <summary>
/// How a table that is not recognised by itself is read, as a JSON file: for each field its columns or a constant, what words mean, how
/// dates are written, which rows are turned round (an incoming call is from the contact) or dropped.
/// </summary>
public sealed record CsvMapping
{
    /// <summary>By the name of the field: id, at, from, to, kind, exchange, channel, venue, lengthSeconds, inReplyTo.</summary>
    public Dictionary<string, CsvFieldSource> Fields { get; set; } = [];

    /// <summary>By field, what a cell's word means: <c>{"kind": {"Anruf": "call"}}</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Values { get; set; } = [];

    /// <summary>As .NET writes formats; null for the usual forms.</summary>
    public string? DateFormat { get; set; }

    /// <summary>Of times that name none.</summary>
    public string? Zone { get; set; }

    /// <summary>dmy, mdy or ymd.</summary>
    public string? DateOrder { get; set; }

    /// <summary>Each of these characters separates recipients.</summary>
    public string Split { get; set; } = ";";

    public CsvCondition? SwapIf { get; set; }

    public CsvCondition? DropIf { get; set; }

    /// <summary>Stands before every id.</summary>
    public string IdPrefix { get; set; } = "";

    public static CsvMapping? Read(string json, out string reason)
    {
        reason = "";
        try
        {
            var mapping = JsonSerializer.Deserialize(json, CsvMappingJson.Default.CsvMapping);
            if (mapping is null) reason = "is empty";
            else reason = Fault(mapping) ?? "";
            return reason.Length == 0 ? mapping : null;
        }
        catch (JsonException broken)
        {
            reason = $"is not a mapping: {broken.Message}";
            return null;
        }
    }

    private static string? Fault(CsvMapping mapping)
    {
        foreach (var name in mapping.Fields.Keys.Concat(mapping.Values.Keys))
            if (!InteractionFields.TryFindLoosely(name, out _))
                return $"names '{name}', which is not a field; there are {string.Join(", ", InteractionFields.Names)}";
        foreach (var required in (string[])["at", "from", "kind"])
            if (!mapping.Fields.ContainsKey(required)) return $"says nothing of '{required}', which is required";
        if (mapping.Zone is { } zone && !Zones.TryFind(zone, out DateTimeZone? _)) return $"names the zone '{zone}', which does not exist";
        return mapping.DateOrder is null or "dmy" or "mdy" or "ymd" ? null : "must have dmy, mdy or ymd as dateOrder";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(CsvMapping))]
internal sealed partial class CsvMappingJson : JsonSerializerContext;
