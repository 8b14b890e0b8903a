using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace NetworkGraph.Server.Assistants;

/// <summary>Prompts for what people do most: each says which tools to use, and repeats no data.</summary>
internal static class AssistantPrompts
{
    private static readonly PromptArgument s_person = new()
    {
        Name = "person",
        Description = "Id of the person it is for.",
        Required = true
    };

    public static IReadOnlyList<Prompt> All { get; } =
    [
        new() { Name = "weekly-review", Title = "Weekly review", Description = "What to do this week for one's relationships.",
            Arguments = [s_person] },
        new()
        {
            Name = "prepare-meeting", Title = "Prepare a meeting", Description = "What to know before meeting somebody.",
            Arguments = [s_person, new PromptArgument { Name = "other", Description = "Id of the person to be met.", Required = true }],
        },
        new()
        {
            Name = "who-can-introduce-me", Title = "Who can introduce me", Description = "Whom to ask for an introduction.",
            Arguments = [s_person, new PromptArgument { Name = "to",
                Description = "Id of the person, or name of the organisation, to be introduced to.", Required = true }],
        },
    ];

    /// <summary>A prompt with its arguments put in; null where there is none of the name, or an argument is missing.</summary>
    public static GetPromptResult? Get(string name, IDictionary<string, JsonElement>? arguments)
    {
        if (All.FirstOrDefault(prompt => prompt.Name == name) is not { } prompt) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in prompt.Arguments ?? [])
        {
            if (arguments is null || !arguments.TryGetValue(argument.Name, out var value)
                || value.ValueKind is not JsonValueKind.String) return null;
            values[argument.Name] = $"«{BoundedAnswer.Line(value.GetString()!)}»";
        }
        var text = name switch
        {
            "weekly-review" =>
                $"Review the week for {values["person"]}. Use next_actions for what is due, dormant_ties for relationships worth reviving "
                    + $"and follow_ups for people met lately. "
                + "Name at most seven actions, each with its reason and the evidence, the most valuable first. If little is due, say so.",
            "prepare-meeting" =>
                $"Prepare {values["person"]} for a meeting with {values["other"]}. Use brief_before_meeting. Say in a few lines how they "
                    + $"know each other, how the relationship stands, "
                + "what is owed in either direction, whom both know, and one thing to do in the meeting. Claim nothing the tools do not "
                    + "show.",
            _ => $"Find who can introduce {values["person"]} to {values["to"]}. Use introduction_paths (with 'to' for a person's id, "
                + $"'organisation' for an organisation). For each path say whom to ask first, "
                + "how likely it is to work and what that rests on. Draft a short message to the first person of the best path.",
        };
        return new GetPromptResult
        {
            Description = prompt.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text } }],
        };
    }
}
