using System.Text.Json;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>Preferences from JSON (UTF-8): strict types, unknown fields are rejected, null means absent.</summary>
public static class PreferenceJson
{
    public const int MaxTags = 32;
    public const int MaxTagChars = 64;
    public const double MaxCadenceDays = 3650;

    /// <summary>Reads <c>{cadenceDays, setting, tags, hidden}</c>, all optional; a rejection where it is not that.</summary>
    public static (Preference? Preference, Rejection? Rejection) Parse(ReadOnlyMemory<byte> json)
    {
        var preference = new Preference();
        var rejection = Read(json, (name, value) => Take(ref preference, name, value));
        return rejection is null ? (preference, null) : (null, rejection);
    }

    /// <summary>Reads an object of cadences in days by tag; a rejection where it is not that.</summary>
    public static (IReadOnlyDictionary<string, double> Cadences, Rejection? Rejection) ParseCadences(ReadOnlyMemory<byte> json)
    {
        var cadences = new Dictionary<string, double>(StringComparer.Ordinal);
        var rejection = Read(json, (name, value) =>
        {
            if (name is not "cadenceByTag") return new Rejection(name, "is not a field of this; there is cadenceByTag");
            if (value.ValueKind is not JsonValueKind.Object) return new Rejection(name, "must be an object of days by tag");
            foreach (var tag in value.EnumerateObject())
            {
                if (InteractionRules.BrokenText(tag.Name, name, MaxTagChars) is { } broken) return broken;
                if (BrokenCadence(name, tag.Value, out var days) is { } wrong) return wrong;
                cadences[tag.Name] = days;
            }
            return cadences.Count <= MaxTags ? null : new Rejection(name, $"has {cadences.Count} tags, at most {MaxTags} are allowed");
        });
        return (cadences, rejection);
    }

    private static Rejection? Take(ref Preference preference, string name, JsonElement value)
    {
        switch (name)
        {
            case "cadenceDays":
                if (BrokenCadence(name, value, out var days) is { } broken) return broken;
                preference = preference with { CadenceDays = days };
                return null;
            case "setting":
                if (value.ValueKind is not JsonValueKind.String || !WireNames.TryParse(value.GetString(), out Setting setting))
                    return new Rejection(name, $"is none of {string.Join(", ", WireNames.Settings)}");
                preference = preference with { Setting = setting };
                return null;
            case "tags":
                return TakeTags(ref preference, name, value);
            case "hidden":
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return new Rejection(name, "must be true or false");
                preference = preference with { Hidden = value.GetBoolean() };
                return null;
            default:
                return new Rejection(name, "is not a field of a preference; there are cadenceDays, setting, tags, hidden");
        }
    }

    private static Rejection? TakeTags(ref Preference preference, string name, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array) return new Rejection(name, "must be an array of texts");
        var tags = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.String) return new Rejection(name, "must be an array of texts");
            var tag = item.GetString()!;
            if (InteractionRules.BrokenText(tag, name, MaxTagChars) is { } broken) return broken;
            if (!tags.Contains(tag, StringComparer.Ordinal)) tags.Add(tag);
        }
        if (tags.Count > MaxTags) return new Rejection(name, $"has {tags.Count} tags, at most {MaxTags} are allowed");
        preference = preference with { Tags = tags };
        return null;
    }

    private static Rejection? BrokenCadence(string name, JsonElement value, out double days)
    {
        days = 0;
        return value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out days) && days is >= 1 and <= MaxCadenceDays
            ? null
            : new Rejection(name, $"must be a number of days from 1 to {MaxCadenceDays}");
    }

    private static Rejection? Read(ReadOnlyMemory<byte> json, Func<string, JsonElement, Rejection?> take)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return new Rejection(InteractionFields.Line, "must be a JSON object");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Null) continue;
                if (take(property.Name, property.Value) is { } rejection) return rejection;
            }
            return null;
        }
        catch (JsonException malformed)
        {
            return new Rejection(InteractionFields.Line, JsonText.Describe(malformed));
        }
    }
}
