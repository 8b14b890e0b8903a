using NetworkGraph.Interactions;
using NetworkGraph.Log;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Http.Bodies;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Operations;

/// <summary>Many profiles in one message: the same intake as for the lines of a body.</summary>
internal static class GrpcProfiles
{
    public static async Task<GrpcOutcome<PutPeopleResponse>> PutPeopleAsync(PutPeopleRequest request, GrpcCall call)
    {
        var services = call.Http.RequestServices;
        var intake = new ProfileIntake(services.GetRequiredService<IInteractionLog>(), services.GetRequiredService<TimeProvider>());
        var number = 0L;
        foreach (var profile in request.Profiles)
            if (!await intake.TakeAsync(new NdjsonLine(++number, JsonBody.Of(profile).Utf8, TooLong: false), call.Cancellation)) return Overloaded(intake);
        if (!await intake.FlushAsync(call.Cancellation)) return Overloaded(intake);
        var answer = intake.Answer();
        return answer is { Accepted: 0, RejectedCount: > 0 } ? AllRejected(answer) : AnswerMessage<ProfilesAnswer, PutPeopleResponse>.Of(answer);
    }

    private static GrpcStatus Overloaded(ProfileIntake intake) => ProblemStatus.Of(Problem.From(
        Outcome.Overloaded, $"The log takes no more just now. Of the request's profiles the first {intake.Accepted} are kept."));

    private static GrpcStatus AllRejected(ProfilesAnswer answer) => Rejections.Status(
        $"Nothing could be taken: {answer.RejectedCount} profiles are rejected.",
        answer.Rejected.Select(r => ($"profiles[{r.Line - 1}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
