using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Assistants;

/// <summary>Parameters of an operation out of the arguments of a tool call. What is wrong with an argument is said in the assistant's
/// words.</summary>
internal sealed class AssistantArguments : IParameters
{
    private readonly string _operation;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Func<string, string> _personOf;

    private AssistantArguments(string operation, Viewer viewer, Func<string, string> personOf) => (_operation, Viewer,
        _personOf) = (operation, viewer, personOf);

    public Viewer Viewer { get; }

    public string Scope => OperationScope.Of(_operation, _values.Select(value => (value.Key, value.Value)));

    /// <summary>Reads a call's arguments; null, with the reason, where they are not what the tool takes.</summary>
    public static AssistantArguments? Read(
        AssistantTool tool, IEnumerable<KeyValuePair<string, JsonElement>> given, Viewer viewer, Func<string, string> personOf,
            out string reason)
    {
        var arguments = new AssistantArguments(tool.Operation, viewer, personOf);
        reason = "";
        foreach (var (name, value) in given)
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) continue;
            var argument = tool.Arguments.FirstOrDefault(known => known.Name == name);
            if (argument is null)
                reason = $"{Shorten(name)} is not an argument of {tool.Name}; there are "
                    + $"{string.Join(", ", tool.Arguments.Select(known => known.Name))}";
            else if (argument.Range is var (min, max, _))
                reason = WholeNumber(value) is { } number && number >= min && number <= max ? ""
                    : $"{name} must be a whole number from {min} to {max}";
            else if (value.ValueKind is not JsonValueKind.String || value.GetString()!.Length == 0)
                reason = $"{name} must be a text that is not empty";
            else if (argument.Words is { } words && !words.Contains(value.GetString()))
                reason = $"{name} is none of {string.Join(", ", words)}";
            if (reason.Length > 0) return null;
            arguments._values[argument!.Parameter] = value.ValueKind is JsonValueKind.String ? value.GetString()!
                : WholeNumber(value)!.Value.ToString(CultureInfo.InvariantCulture);
        }
        foreach (var argument in tool.Arguments)
        {
            if (arguments._values.ContainsKey(argument.Parameter)) continue;
            if (argument.IsSelf && viewer.Person is { } self) arguments._values[argument.Parameter] = self;
            else if (argument.IsRequired || argument.IsSelf) reason = $"{argument.Name} is required";
            else if (argument is
            {
                Parameter: "limit", Range: var (_, _,
                otherwise)
            }) arguments._values["limit"] = otherwise.ToString(CultureInfo.InvariantCulture);
            if (reason.Length > 0) return null;
        }
        return arguments;
    }

    /// <summary>Parameters by their own names, for an operation that is asked on the server's own account.</summary>
    public static AssistantArguments Of(string operation, Viewer viewer, Func<string, string> personOf, params (string Name,
        string? Value)[] values)
    {
        var arguments = new AssistantArguments(operation, viewer, personOf);
        foreach (var (name, value) in values)
            if (value is not null) arguments._values[name] = value;
        return arguments;
    }

    /// <summary>Sets how many items are asked for.</summary>
    public void LimitTo(int items) => _values["limit"] = items.ToString(CultureInfo.InvariantCulture);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public IReadOnlyList<string> Texts(string name) => Text(name) is { } text ? [text] : [];

    public string PersonOf(string id) => _personOf(id);

    public bool TryReadNumber(string name, out long? number)
    {
        number = null;
        if (Text(name) is not { } text) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)) return false;
        number = parsed;
        return true;
    }

    public bool TryReadTime(string name, out long? unixMs, [NotNullWhen(false)] out string? reason)
    {
        (unixMs, reason) = (null, null);
        if (Text(name) is not { } text) return true;
        if (Rfc3339.TryParse(text, out var parsed))
        {
            unixMs = parsed;
            return true;
        }
        reason = "must be a time with an offset, RFC 3339, like 2026-01-31T12:00:00Z";
        return false;
    }

    public bool TryReadId(string name, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? reason)
    {
        id = Text(name) ?? "";
        reason = null;
        return true;
    }

    private static long? WholeNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.Number when value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e9 =>
            (long)number,
        _ => null,
    };

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64];
}
