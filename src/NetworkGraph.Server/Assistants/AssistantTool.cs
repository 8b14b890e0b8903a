using System.Text.Json.Nodes;

namespace NetworkGraph.Server.Assistants;

/// <summary>One argument of a tool, and the parameter of the operation that it becomes.</summary>
/// <param name="Name">What the assistant calls it.</param>
/// <param name="Parameter">The operation's parameter, in the path or the query.</param>
/// <param name="Description">What it means.</param>
internal sealed record AssistantArgument(string Name, string Parameter, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>The words it may be; null for any text.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>For whole numbers: the smallest and largest, and what holds where it is not given.</summary>
    public (int Min, int Max, int Default)? Range { get; init; }

    /// <summary>Who asks is meant where it is left out, if the key is one person's.</summary>
    public bool IsSelf { get; init; }
}

/// <summary>What an assistant can ask for: a tool of the Model Context Protocol over one operation of the API.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Operation">Id of the operation behind it; access is the operation's.</param>
/// <param name="Description">What it answers, for the assistant.</param>
/// <param name="Arguments">What it takes.</param>
internal sealed record AssistantTool(string Name, string Title, string Operation, string Description,
    IReadOnlyList<AssistantArgument> Arguments)
{
    /// <summary>Whether the operation's answer is a list that goes on (limit and cursor).</summary>
    public bool IsPaged => Arguments.Any(argument => argument.Parameter == "cursor");

    /// <summary>Whether a key that is one person's own may use it.</summary>
    public bool IsForPeople { get; init; } = true;

    /// <summary>Whether its work takes a core for a while.</summary>
    public bool IsHeavy { get; init; }

    /// <summary>The JSON schema of its arguments.</summary>
    public JsonObject InputSchema()
    {
        var properties = new JsonObject();
        foreach (var argument in Arguments)
        {
            var schema = new JsonObject
            {
                ["type"] = argument.Range is null ? "string" : "integer",
                ["description"] = argument.Description
            };
            if (argument.Words is { } words) schema["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
            if (argument.Range is var (min, max, otherwise))
            {
                schema["minimum"] = min;
                schema["maximum"] = max;
                schema["default"] = otherwise;
            }
            properties[argument.Name] = schema;
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Arguments.Where(argument => argument.IsRequired).Select(argument => (JsonNode)argument.Name)]),
            ["additionalProperties"] = false,
        };
    }
}
