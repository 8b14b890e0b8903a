using System.Globalization;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Verbs.Export;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.Export;

/// <summary>The ways out of a server: the whole network in a file, streamed while the server serves.</summary>
internal static class NetworkExportOperations
{
    private static readonly QueryParameter s_what = new("what",
        "interactions; people (profiles); measures (people with every measure); ties (every dyad with its measures); aliases; follow-ups "
        + "(of a person, due); log (all of it, to import into another server). Without it: what the format is for.")
    {
        Words = ExportFormats.ContentNames,
    };

    private static readonly QueryParameter s_format = new("format", "Without it: the first that the content goes as.")
    {
        Words = ExportFormats.FormatNames,
    };

    private static readonly QueryParameter s_person = new("person", "Whose follow-ups (an id).") { Example = "ada@example.org" };

    private static readonly QueryParameter s_directed = new(
        "directed", "Graphs, 'true': an edge for each direction, with its own strength as weight.")
    { Words = ["false", "true"] };

    private static readonly QueryParameter s_dynamic = new(
        "dynamic", "Graphs, 'true': each edge says from when until when there were interactions.")
    { Words = ["false", "true"] };

    /// <summary>Of an export the whole log is for the scope admin; <see cref="Read"/> says so.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("exportNetwork", "/v1/export", ExportAsync).Method("ExportNetwork", StreamAsync)
            .In("Export").For(Access.Analysts).Heavy()
            .Taking(s_what, s_format, QueryParameters.AsOf, s_person, s_directed, s_dynamic)
            .Answering<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .Described("Export the network",
                "Interactions, people, ties, measures, aliases or follow-ups as a file that others read, or the whole log as an archive "
                + "that imports to an equal one (with the scope admin). Streamed while the server serves; what comes in meanwhile is not "
                + "in it. Closing the connection stops it."),
    ];

    private static async Task<IResult> ExportAsync(HttpContext http)
    {
        var cancellation = http.RequestAborted;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var (request, problem) = Read(new QueryReader(new RequestParameters(http), clock));
        if (problem is not null) return new ProblemResult(problem);
        http.Response.ContentType = ExportFormats.MediaTypeOf(request!.Format);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(request, clock)}\"";
        var export = http.RequestServices.GetRequiredService<NetworkExport>();
        await CopyAsync(export, request, part => http.Response.Body.WriteAsync(part, cancellation), cancellation);
        return Results.Empty;
    }

    /// <summary>The same over gRPC, in parts.</summary>
    private static async Task StreamAsync(QueryReader query, AnswerStream<ExportNetworkResponse> parts, ServerCallContext call)
    {
        var (request, problem) = Read(query);
        if (problem is not null) throw ProblemStatus.Of(problem).ToRpcException();
        var export = call.GetHttpContext().RequestServices.GetRequiredService<NetworkExport>();
        await CopyAsync(
            export, request!,
            part => new ValueTask(parts.WriteAsync(new ExportNetworkResponse { Content = ByteString.CopyFrom(part.Span) })),
            call.CancellationToken);
    }

    private static (ExportRequest? Request, Problem? Problem) Read(QueryReader query)
    {
        var what = query.WordIfGiven(s_what);
        var format = query.WordIfGiven(s_format);
        var asOfMs = query.AsOf();
        var person = query.Person(s_person);
        var directed = query.Word(s_directed) == "true";
        var dynamic = query.Word(s_dynamic) == "true";
        if (query.Problem is { } wrong) return (null, wrong);
        ExportFormat? given = format is null ? null : ExportFormats.FormatOf(format)!.Value;
        var content = what is not null ? ExportFormats.ContentOf(what)!.Value
            : given is { } onlyFormat ? ExportFormats.ContentFor(onlyFormat) : ExportContent.Interactions;
        var written = given ?? ExportFormats.FormatFor(content);
        if (ExportFormats.Fault(content, written) is { } fault) query.Fail(s_format.Name, $": {fault}");
        if (content is ExportContent.FollowUps && person is null) query.Fail(s_person.Name, "is required: whose follow-ups");
        if (asOfMs is not null && content is not (ExportContent.Ties or ExportContent.Measures or ExportContent.FollowUps))
            query.Fail(QueryParameters.AsOf.Name, "is for ties, measures and follow-ups; the others are as they are now");
        if (query.Problem is { } unfit) return (null, unfit);
        if (content is ExportContent.Log && !query.Viewer.MaySeeAllInteractions)
            return (null, Problem.From(Outcome.PermissionDenied, "This needs a key with the scope admin."));
        return (new ExportRequest(content, written) { AsOfMs = asOfMs, Person = person, IsDirected = directed, IsDynamic = dynamic }, null);
    }

    /// <summary>Writers write as to a file, on a thread of their own; what they wrote goes out as fast as the client reads.</summary>
    private static async Task CopyAsync(
        NetworkExport export, ExportRequest request, Func<ReadOnlyMemory<byte>, ValueTask> send, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = Task.Run(async () =>
        {
            try
            {
                await using (var stream = pipe.Writer.AsStream(leaveOpen: true))
                    await export.WriteAsync(request, stream, static (_, _) => { }, stop.Token);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception failure)
            {
                await pipe.Writer.CompleteAsync(failure);
            }
        }, CancellationToken.None);
        try
        {
            while (true)
            {
                var read = await pipe.Reader.ReadAsync(cancellation);
                foreach (var part in read.Buffer) await send(part);
                pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        finally
        {
            // A writer that waits for room is woken.
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private static string NameOf(ExportRequest request, TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"networkgraph-{ExportFormats.NameOf(request.Content)}-{clock.GetUtcNow():yyyy-MM-dd}.{ExportFormats.EndingOf(request.Format)}");
}
