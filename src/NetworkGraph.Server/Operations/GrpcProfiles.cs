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

    public static async Task<GrpcOutcome<PutPeopleResponse>> PutPeopleAsync(PutPeopleRequest request, GrpcCall call)
    {
        var services = call.Http.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = new RowBatch(request.Profiles.Count);
        foreach (var profile in request.Profiles)
        {
            var json = JsonBody.Of(profile).Utf8.Span;
            rows.Add(ProfileJson.Parse(json), nowMs, rows.Count + 1, json.Length);
        }
        var append = new LogAppend(services.GetRequiredService<IInteractionLog>(), time, null);
        var taken = rows.Records.Count == 0 ? AppendAnswer.Nothing : await append.AppendAsync(rows.Records, call.Cancellation);
        if (taken.TryAgainAfter is not null) return GrpcStatus.Overloaded("The log takes no more just now. Nothing was kept; try again in a moment.", s_retryAfter);
        var tally = new IngestTally();
        tally.Add(rows, taken);
        var answer = new ProfilesAnswer(tally.Accepted, tally.RejectedCount, tally.Listed);
        return tally is { HasKept: false, RejectedCount: > 0 } ? AllRejected(answer) : AnswerMessage<ProfilesAnswer, PutPeopleResponse>.Of(answer);
    }

    private static GrpcStatus AllRejected(ProfilesAnswer answer) => Rejections.Status(
        $"Nothing could be taken: {answer.RejectedCount} profiles are rejected.",
        answer.Rejected.Select(r => ($"profiles[{r.Line - 1}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
