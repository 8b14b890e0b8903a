using Grpc.Core;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Tables;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.People;

/// <summary>Many profiles at once, a line each over HTTP and one message over gRPC; what becomes of each is the same.</summary>
internal static class ProfileIngest
{
    public static async Task<IResult> PostAsync(HttpContext http)
    {
        var (format, unsupported) = BodyFormats.Of(http.Request);
        if (unsupported is not null) return new ProblemResult(unsupported);
        var (services, tally) = (http.RequestServices, new IngestTally());
        var options = services.GetService<IngestOptions>() ?? IngestOptions.Default;
        var clock = services.GetRequiredService<TimeProvider>();
        var append = new LogAppend(services.GetRequiredService<IInteractionLog>(), clock, null);
        var ingest = new BodyIngest(
            append, clock, options with { Limits = options.Limits with { MaxLineBytes = JsonBody.MaxBytes } }, tally);
        return await ingest.RunAsync(http, (body, limits) => format switch
        {
            BodyFormat.Json => JsonDocumentRows.OfProfiles(body, limits),
            BodyFormat.Ndjson => NdjsonRows.OfProfiles(body, limits),
            _ => new PeopleCsvRows(body),
        }) ?? Results.Json(
            ProfilesAnswer.Of(tally), IngestAnswerJson.Plain.ProfilesAnswer,
            statusCode: OutcomeTable.HttpStatus(IsAllRejected(tally) ? Outcome.AllRejected : Outcome.Ok));
    }

    public static async Task<PutPeopleResponse> PutPeopleAsync(PutPeopleRequest request, ServerCallContext call)
    {
        var services = call.GetHttpContext().RequestServices;
        var clock = services.GetRequiredService<TimeProvider>();
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = new RowBatch(request.Profiles.Count);
        foreach (var profile in request.Profiles)
        {
            var json = JsonBody.Of(profile).Utf8.Span;
            rows.Add(ProfileJson.Parse(json), nowMs, rows.Count + 1, json.Length);
        }
        var append = new LogAppend(services.GetRequiredService<IInteractionLog>(), clock, null);
        var tally = new IngestTally();
        if (!await tally.AppendAsync(rows, append, call.CancellationToken)) throw ProblemStatus.Of(Problem.AtCapacity()).ToRpcException();
        return IsAllRejected(tally)
            ? throw AllRejected(tally).ToRpcException()
            : AnswerMessage<ProfilesAnswer, PutPeopleResponse>.Of(ProfilesAnswer.Of(tally));
    }

    private static bool IsAllRejected(IngestTally tally) => tally is { HasKept: false, RejectedCount: > 0 };

    private static Google.Rpc.Status AllRejected(IngestTally tally) => RichStatus.InvalidArgument(
        $"Nothing could be accepted: {tally.RejectedCount} profiles are rejected.",
        tally.Listed.Select(r => ($"profiles[{r.Line - 1}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
