using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>A problem as a gRPC status, with what HTTP says in headers and problem details as google.rpc details.</summary>
internal static class ProblemStatus
{
    /// <summary>The domain of every <see cref="ErrorInfo"/>.</summary>
    public const string Domain = "networkgraph";

    public static RpcStatus Of(Problem problem)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = JsonNamingPolicy.SnakeCaseUpper.ConvertName(problem.Outcome.ToString()) };
        var details = new List<IMessage> { info };
        if (problem.Parameter is { } parameter)
        {
            info.Metadata["field"] = FieldOf(parameter);
            if (OutcomeTable.GrpcStatus(problem.Outcome) is StatusCode.InvalidArgument)
                details.Add(Violation(parameter, problem.Detail ?? problem.Title));
        }
        if (problem.Position is { } position) info.Metadata["position"] = position.ToString(CultureInfo.InvariantCulture);
        if (problem.Of is { } of) info.Metadata["of"] = of.ToString(CultureInfo.InvariantCulture);
        if (OutcomeTable.IsTransient(problem.Outcome))
            details.Add(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(OutcomeTable.RetryAfterSeconds)) });
        return RichStatus.Of(OutcomeTable.GrpcStatus(problem.Outcome), problem.Detail ?? problem.Title, details);
    }

    /// <summary>The field that a parameter or JSON field is in proto files: asOf is as_of.</summary>
    public static string FieldOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static BadRequest Violation(string parameter, string description) => new()
    {
        FieldViolations =
            { new BadRequest.Types.FieldViolation { Field = FieldOf(parameter), Description = description, Reason = "INVALID" } },
    };
}
