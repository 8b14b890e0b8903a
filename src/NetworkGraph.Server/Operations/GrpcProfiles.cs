using Grpc.Core;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Operations;

/// <summary>Many profiles in one message; what becomes of each is as for the lines of a body over HTTP.</summary>
internal static class GrpcProfiles
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(OutcomeTable.RetryAfterSeconds);

    public static async Task<PutPeopleResponse> PutPeopleAsync(PutPeopleRequest request, ServerCallContext call)
    {
        var services = call.GetHttpContext().RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = new RowBatch(request.Profiles.Count);
        foreach (var profile in request.Profiles)
        {
            var json = JsonBody.Of(profile).Utf8.Span;
            rows.Add(ProfileJson.Parse(json), nowMs, rows.Count + 1, json.Length);
        }
        var append = new LogAppend(services.GetRequiredService<IInteractionLog>(), time, null);
        var taken = rows.Records.Count == 0 ? AppendAnswer.Nothing : await append.AppendAsync(rows.Records, call.CancellationToken);
        if (taken.TryAgainAfter is not null)
            throw RichStatus.Overloaded("The log is at capacity. Nothing was kept; try again in a moment.", s_retryAfter).ToRpcException();
        var tally = new IngestTally();
        tally.Add(rows, taken);
        var answer = new ProfilesAnswer(tally.Accepted, tally.Suppressed, tally.RejectedCount, tally.Listed);
        return tally is { HasKept: false, RejectedCount: > 0 }
            ? throw AllRejected(answer).ToRpcException()
            : AnswerMessage<ProfilesAnswer, PutPeopleResponse>.Of(answer);
    }

    private static Google.Rpc.Status AllRejected(ProfilesAnswer answer) => Rejections.Status(
        $"Nothing could be taken: {answer.RejectedCount} profiles are rejected.",
        answer.Rejected.Select(r => ($"profiles[{r.Line - 1}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
