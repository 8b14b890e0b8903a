using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Assistants;

/// <summary>
/// The tools that write, where the server allows it (AssistantWrites) and the key may. Each takes two steps: the first call changes
/// nothing and
/// answers what would be done, with a token that is good for 60 s, for the same key, tool and arguments, once; the second, with the
/// token in
/// <c>confirm</c>, does it. What was done is recorded for the people it concerns.
/// </summary>
internal sealed class AssistantWrites(OperationTable operations, AccessLog access, IInteractionLog log, TimeProvider time,
    ServerOptions options)
{
    private const string Confirm = "confirm";
    private static readonly TimeSpan s_goodFor = TimeSpan.FromSeconds(60);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, long> _used = new(StringComparer.Ordinal);

    /// <summary>Asks an operation with a body.</summary>
    public delegate Task<(JsonObject? Answer, string? Problem)> Ask(string operation, AssistantArguments arguments, JsonBody body,
        CancellationToken cancellation);

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        Tool("record_interaction", "Record an interaction",
            "Records that somebody did something towards others: a meeting, a call, a message.", ["from", "to", "kind"],
            ("from", "string", "Id of who acted."), ("to", "array", "Ids of those towards whom it was."),
            ("kind", "string", "message, reply, meeting, call, favour, introduction, referral, or another kind of interaction."),
            ("at", "string", "When it happened, RFC 3339. Without it: now."), ("exchange", "string",
                "What moved: give, ask, advice, thanks, or another."),
            ("channel", "string", "email, phone, in-person, chat ..."), ("venue", "string", "Where it happened."), ("about", "string",
                "Of an introduction or referral: the third person."),
            ("inReplyTo", "string", "Id of the interaction that it answers."), ("lengthSeconds", "integer", "Of a call or meeting."),
                ("id", "string", "Names the interaction, so that sending it again changes nothing.")),
        Tool("update_profile", "Update a profile", "Changes the given fields of a person's profile, and leaves the others as they are.",
            ["person"],
            ("person", "string", "Id of the person."), ("name", "string", "What they are called."), ("organisation", "string",
                "Where they work."), ("role", "string", "What they do there."),
            ("industry", "string", "The industry."), ("offers", "array", "Services they offer."), ("audience", "array",
                "Whom they serve."), ("tags", "array", "Tags."),
            ("openToIntroductions", "boolean", "Whether introductions may run through them.")),
        Tool("merge_people", "Merge two ids", "Says that two ids are one person's. Can be taken back with split_person.", ["person",
            "other"],
            ("person", "string", "One id."), ("other", "string", "The other id."), ("canonical", "string",
                "By which of them the person is known.")),
        Tool("split_person", "Split two ids", "Takes back the merge of exactly two ids.", ["person", "other"],
            ("person", "string", "One id."), ("other", "string", "The other id."), ("distinct", "string",
                "true: they are two people's, and are not suggested again.")),
        Tool("set_nudge_state", "Set the state of a next action", "Says what became of one of a person's next actions.", ["person",
            "nudge", "state"],
            ("person", "string", "Whose action it is."), ("nudge", "string", "Its id, as next_actions has it."), ("state", "string",
                "done, snoozed, dismissed or open."),
            ("until", "string", "Of snoozed: until when, RFC 3339."), ("scope", "string", "Of dismissed: nudge, person or rule.")),
    ];

    /// <summary>Whether a viewer is shown these tools at all: a person's own key reads only.</summary>
    public bool MayWrite(Viewer viewer) =>
        options.AssistantWrites && (viewer.MayDoAll || (viewer.Scopes & (Scopes.Ingest | Scopes.Admin)) != 0);

    /// <summary>The first step answers a preview and a token; the second, with the token, acts.</summary>
    public async Task<CallToolResult> CallAsync(string name, IEnumerable<KeyValuePair<string, JsonElement>> given, Viewer viewer, Ask ask,
        CancellationToken cancellation)
    {
        if (!options.AssistantWrites)
            return AssistantCalls.Refused("This server lets assistants read only; it is started with --allow-writes where they may write.");
        if (!MayWrite(viewer)) return AssistantCalls.Refused("This key lets an assistant read only.");
        var (arguments, token, reason) = Read(name, given);
        if (arguments is null) return AssistantCalls.Refused(reason);
        var (operation, parameters, body) = Request(name, arguments, viewer, StampOf(name, arguments, viewer));
        if (operations.Of(operation).Access!.Refusal(viewer, parameters) is { } refusal) return AssistantCalls.Refused(refusal.Detail!);
        if (token is null) return AssistantCalls.Answered(Preview(name, arguments, viewer));
        if (WhyNotGood(token, name, arguments, viewer) is { } why) return AssistantCalls.Refused(why);
        var (answer, problem) = name == "record_interaction"
            ? await RecordAsync(body, viewer, cancellation)
            : await ask(operation, parameters, body, cancellation);
        if (answer is null) return AssistantCalls.Refused(problem!);
        await AuditAsync(name, arguments, viewer, cancellation);
        return AssistantCalls.Answered(BoundedAnswer.Cut(BoundedAnswer.Of(new JsonObject { ["done"] = name, ["answer"] = answer })));
    }

    /// <summary>The arguments but the token, in order of name, so that they are compared as a text.</summary>
    private static (JsonObject? Arguments, string? Token, string Reason) Read(string name, IEnumerable<KeyValuePair<string,
        JsonElement>> given)
    {
        var schema = Tools.First(tool => tool.Name == name).InputSchema;
        var known = schema.GetProperty("properties");
        var arguments = new JsonObject();
        string? token = null;
        foreach (var (field, value) in given.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value.ValueKind is JsonValueKind.Null) continue;
            if (!known.TryGetProperty(field, out var property)) return (null, null, $"{field} is not an argument of {name}");
            var fits = property.GetProperty("type").GetString() switch
            {
                "array" => value.ValueKind is JsonValueKind.Array,
                "integer" => value.ValueKind is JsonValueKind.Number,
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                _ => value.ValueKind is JsonValueKind.String,
            };
            if (!fits) return (null, null, $"{field} must be of the type {property.GetProperty("type").GetString()}");
            if (field == Confirm) token = value.GetString();
            else arguments[field] = JsonNode.Parse(value.GetRawText());
        }
        foreach (var required in schema.GetProperty("required").EnumerateArray())
            if (!arguments.ContainsKey(required.GetString()!)) return (null, null, $"{required.GetString()} is required");
        return (arguments, token, "");
    }

    private static (string Operation, AssistantArguments Parameters, JsonBody Body) Request(string name, JsonObject arguments,
        Viewer viewer, string stamp)
    {
        var body = (JsonObject)arguments.DeepClone();
        string? Take(string field)
        {
            var text = body[field]?.ToString();
            body.Remove(field);
            return text;
        }
        var (operation, parameters) = name switch
        {
            "record_interaction" => ("recordInteractions", Of()),
            "update_profile" => ("patchPerson", Of(("id", Take("person")))),
            "merge_people" => ("mergeAlias", Of(("id", Take("person")), ("other", Take("other")), ("canonical", Take("canonical")))),
            "split_person" => ("splitAlias", Of(("id", Take("person")), ("other", Take("other")), ("distinct", Take("distinct")))),
            _ => ("putNudge", Of(("id", Take("person")), ("nudge", Take("nudge")))),
        };
        if (name == "record_interaction" && !body.ContainsKey("id")) body["id"] = $"mcp:{stamp}";
        return (operation, parameters, new JsonBody(Encoding.UTF8.GetBytes(body.ToJsonString()), null));

        (string, string?)[] Values(params (string, string?)[] values) => values;
        AssistantArguments Of(params (string Name, string? Value)[] values) =>
            AssistantArguments.Of(name switch { "update_profile" => "patchPerson", _ => name }, viewer, static id => id, Values(values));
    }

    private JsonObject Preview(string name, JsonObject arguments, Viewer viewer)
    {
        var expiresMs = (time.GetUtcNow() + s_goodFor).ToUnixTimeMilliseconds();
        return new JsonObject
        {
            ["preview"] = $"Nothing was changed yet. Calling {name} again with the same arguments and this token in '{Confirm}' does it.",
            ["would"] = new JsonObject { ["do"] = name, ["with"] = BoundedAnswer.Of((JsonObject)arguments.DeepClone()) },
            [Confirm] = $"{expiresMs:x}.{Mac(expiresMs, name, arguments, viewer)}",
            ["expiresInSeconds"] = (int)s_goodFor.TotalSeconds,
        };
    }

    private string? WhyNotGood(string token, string name, JsonObject arguments, Viewer viewer)
    {
        const string stale =
            "The token is not good for this call: it is of other arguments, older than 60 seconds, or was used. Call without it for a new "
            + "one.";
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (used, until) in _used)
            if (until < nowMs) _used.TryRemove(used, out _);
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !long.TryParse(token.AsSpan(0, dot), System.Globalization.NumberStyles.HexNumber, null, out var expiresMs)
            || expiresMs < nowMs) return stale;
        var expected = Encoding.ASCII.GetBytes(Mac(expiresMs, name, arguments, viewer));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token[(dot + 1)..]))) return stale;
        return _used.TryAdd(token, expiresMs) ? null : stale;
    }

    private string Mac(long expiresMs, string name, JsonObject arguments, Viewer viewer) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret,
            Encoding.UTF8.GetBytes($"{expiresMs}\n{viewer.KeyId}\n{name}\n{arguments.ToJsonString()}")))[..40];

    /// <summary>Names what is done by its content, so that doing it twice within a day records one interaction.</summary>
    private string StampOf(string name, JsonObject arguments, Viewer viewer) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{time.GetUtcNow():yyyy-MM-dd}\n{viewer.KeyId}\n{name}\n{arguments.ToJsonString()}")))[..24];

    private async Task<(JsonObject? Answer, string? Problem)> RecordAsync(JsonBody body, Viewer viewer, CancellationToken cancellation)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var json = JsonNode.Parse(body.Utf8.Span)!.AsObject();
        json["at"] ??= Rfc3339.Format(nowMs);
        var parsed = InteractionJson.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), new InteractionDraft { Key = viewer.KeyId }, nowMs);
        if (parsed.Interaction is not { } interaction) return (null, $"{parsed.Rejection!.Value.Field} {parsed.Rejection.Value.Reason}");
        var receipt = await log.AppendAsync([interaction], cancellation);
        if (receipt.Overloaded) return (null, "The log is at capacity. Nothing was kept; try again in a moment.");
        return receipt.Results[0].Outcome switch
        {
            AppendOutcome.Accepted => (new JsonObject { ["recorded"] = interaction.Id }, null),
            AppendOutcome.Duplicate => (new JsonObject { ["recorded"] = interaction.Id, ["before"] = true }, null),
            _ => (null, "id is that of another interaction; nothing was changed"),
        };
    }

    /// <summary>Records for each person concerned that an assistant did this, and when.</summary>
    private async Task AuditAsync(string name, JsonObject arguments, Viewer viewer, CancellationToken cancellation)
    {
        if (!access.IsOn) return;
        var concerned = new[] { "person", "other", "from", "about" }.Select(field => arguments[field]?.ToString())
            .Concat(arguments["to"] is JsonArray to ? to.Select(one => one?.ToString()) : [])
            .OfType<string>().Select(PersonId.CanonicalOrSame).Distinct(StringComparer.Ordinal);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        LogRecord[] records = [.. concerned.Select(person => access.Record(viewer, AccessLog.Assistant, name, person, nowMs))];
        if (records.Length > 0) await log.AppendAsync(records, cancellation);
    }

    private static Tool Tool(string name, string title, string description, string[] required, params (string Name, string Type,
        string Description)[] arguments)
    {
        var properties = new JsonObject();
        foreach (var (argument, type, meaning) in arguments)
        {
            properties[argument] = new JsonObject { ["type"] = type, ["description"] = meaning };
            if (type == "array") properties[argument]!["items"] = new JsonObject { ["type"] = "string" };
        }
        properties[Confirm] = new JsonObject
        {
            ["type"] = "string",
            ["description"] = "The token of the first call; without it nothing is changed."
        };
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(field => (JsonNode)field)]),
            ["additionalProperties"] = false,
        };
        return new Tool
        {
            Name = name,
            Title = title,
            Description = $"{description} The first call only shows what would be done and answers a token; the same call with the token "
                + $"in '{Confirm}' does it.",
            InputSchema = AssistantCalls.Element(schema),
            Annotations = new ToolAnnotations
            {
                Title = title,
                ReadOnlyHint = false,
                DestructiveHint = name is "split_person",
                IdempotentHint = true,
                OpenWorldHint = false
            },
        };
    }
}
