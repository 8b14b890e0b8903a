using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Http;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Assistants;

/// <summary>
/// Answers an assistant's calls by the same operations that HTTP and gRPC ask, with the access of the assistant's key; each answer that
/// names people is noted for them, without keys too.
/// </summary>
internal sealed class AssistantCalls : IDisposable
{
    private readonly Meter _meter = new(Tracing.SourceName);
    private readonly Counter<long> _calls;
    private readonly SemaphoreSlim _heavy;
    private readonly IServiceProvider _services;
    private readonly OperationTable _operations;
    private readonly EmbeddedPeople _people;
    private readonly AccessLog _access;
    private readonly AssistantWrites _writes;
    private readonly MeasureTexts _measures;

    public AssistantCalls(
        IServiceProvider services, OperationTable operations, EmbeddedPeople people, AccessLog access, AssistantWrites writes,
            MeasureTexts measures, ServerOptions options)
    {
        (_services, _operations, _people, _access, _writes, _measures) = (services, operations, people, access, writes, measures);
        _heavy = new SemaphoreSlim(options.HeavyQueriesAtOnce > 0 ? options.HeavyQueriesAtOnce : Environment.ProcessorCount);
        _calls = _meter.CreateCounter<long>("networkgraph.assistants.calls", "{call}",
            "Calls of tools by assistants, by tool and outcome.");
    }

    /// <summary>The tools that a viewer is shown.</summary>
    public IEnumerable<Tool> ToolsFor(Viewer viewer)
    {
        var isOnlyAPerson = viewer is { MayDoAll: false, Scopes: Scopes.None };
        foreach (var tool in AssistantTools.All)
        {
            if (isOnlyAPerson && !tool.IsForPeople) continue;
            yield return new Tool
            {
                Name = tool.Name,
                Title = tool.Title,
                Description = tool.Description,
                InputSchema = Element(tool.InputSchema()),
                OutputSchema = Element(OutputSchema(tool)),
                Annotations = new ToolAnnotations
                {
                    Title = tool.Title,
                    ReadOnlyHint = true,
                    IdempotentHint = true,
                    DestructiveHint = false,
                    OpenWorldHint = false
                },
            };
        }
        if (_writes.MayWrite(viewer))
            foreach (var tool in AssistantWrites.Tools) yield return tool;
    }

    /// <summary>Answers a call, and counts it.</summary>
    public async Task<CallToolResult> CallAsync(string name, IEnumerable<KeyValuePair<string, JsonElement>> given, Viewer viewer,
        CancellationToken cancellation)
    {
        var result = await AnswerAsync(name, given, viewer, cancellation);
        var isTool = AssistantTools.All.Any(tool => tool.Name == name) || AssistantWrites.Tools.Any(tool => tool.Name == name);
        _calls.Add(1, new("tool", isTool ? name : "unknown"), new("outcome", result.IsError is true ? "refused" : "answered"));
        return result;
    }

    /// <summary>Answers a call. What is wrong with it is said in the result, so that the assistant can mend it.</summary>
    private async Task<CallToolResult> AnswerAsync(string name, IEnumerable<KeyValuePair<string, JsonElement>> given, Viewer viewer,
        CancellationToken cancellation)
    {
        if (AssistantWrites.Tools.Any(tool => tool.Name == name)) return await _writes.CallAsync(name, given, viewer, AskAsync,
            cancellation);
        if (AssistantTools.All.FirstOrDefault(tool => tool.Name == name) is not { } tool)
            return Refused($"There is no tool '{BoundedAnswer.Line(name)}'.");
        var arguments = AssistantArguments.Read(tool, given, viewer, PersonOf, out var reason);
        if (arguments is null) return Refused(reason);
        if (tool.Name == AssistantTools.ExplainMeasure)
            return Answered(BoundedAnswer.Cut(BoundedAnswer.Of(_measures.Explain(arguments.Text("name")))));
        var (answer, problem) = await AskWithinAsync(tool, arguments, cancellation);
        if (answer is null) return Refused(problem!);
        var bounded = BoundedAnswer.Of(answer, NameOf);
        for (var items = AssistantTools.MaxItems; tool.IsPaged && items > 1 && BoundedAnswer.BytesOf(bounded) > BoundedAnswer.MaxBytes;)
        {
            // Asked again for what fits, so that the cursor goes on right behind it; each time for fewer, since cursors differ in length.
            items = Math.Min(items - 1, BoundedAnswer.FittingItems(bounded));
            arguments.LimitTo(items);
            (answer, problem) = await AskWithinAsync(tool, arguments, cancellation);
            if (answer is null) return Refused(problem!);
            bounded = BoundedAnswer.Of(answer, NameOf);
        }
        return Answered(BoundedAnswer.Cut(bounded));
    }

    /// <summary>An answer to a tool of the same name, for a resource.</summary>
    public async Task<string> ReadAsync(string tool, Viewer viewer, string? person, CancellationToken cancellation)
    {
        var arguments = person is null ? [] : new[] { KeyValuePair.Create("person", JsonSerializer.SerializeToElement(person)) };
        var result = await CallAsync(tool, arguments, viewer, cancellation);
        return ((TextContentBlock)result.Content[0]).Text;
    }

    /// <summary>Asks an operation, and notes whom the answer names; the problem in words where there is none.</summary>
    public async Task<(JsonObject? Answer, string? Problem)> AskAsync(string operation, AssistantArguments arguments, JsonBody body,
        CancellationToken cancellation)
    {
        var asked = _operations.Of(operation);
        if (asked.Access!.Refusal(arguments.Viewer, arguments) is { } refusal) return (null, refusal.Detail);
        var reply = await asked.RunAsync(arguments, body, _services, cancellation);
        if (reply.Problem is { } problem) return (null, problem.Detail ?? problem.Title);
        _access.Note(arguments.Viewer, AccessLog.Assistant, operation, reply.Answer!);
        return (JsonSerializer.SerializeToNode(reply.Answer, AnswersJson.Plain.GetTypeInfo(reply.Answer!.GetType())!)!.AsObject(), null);
    }

    public void Dispose()
    {
        _heavy.Dispose();
        _meter.Dispose();
    }

    public static CallToolResult Refused(string reason) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = BoundedAnswer.Line(reason) }] };

    public static CallToolResult Answered(JsonObject answer) =>
        new() { Content = [new TextContentBlock { Text = BoundedAnswer.TextOf(answer) }], StructuredContent = Element(answer) };

    public string PersonOf(string id) => _people.Aliases.CanonicalOf(id);

    private async Task<(JsonObject? Answer, string? Problem)> AskWithinAsync(AssistantTool tool, AssistantArguments arguments,
        CancellationToken cancellation)
    {
        if (!tool.IsHeavy) return await AskAsync(tool.Operation, arguments, JsonBody.None, cancellation);
        await _heavy.WaitAsync(cancellation);
        try
        {
            return await AskAsync(tool.Operation, arguments, JsonBody.None, cancellation);
        }
        finally
        {
            _heavy.Release();
        }
    }

    private string? NameOf(string id) => _people.Histories.People.TryGetNumber(id, out var number) ? _people.Profiles.Of(number)?.Name
        : null;

    private static JsonObject OutputSchema(AssistantTool tool)
    {
        var properties = new JsonObject
        {
            ["notice"] = new JsonObject { ["type"] = "string", ["description"] = "What in the answer is data." },
            ["truncated"] = new JsonObject
            {
                ["type"] = "boolean",
                ["description"] = "Whether parts were left out because the answer would have been too long."
            },
        };
        if (tool.IsPaged)
        {
            properties["items"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } };
            properties["next_cursor"] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "Where the list goes on; absent at its end."
            };
        }
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    internal static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
