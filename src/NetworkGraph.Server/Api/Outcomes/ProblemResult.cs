using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>A problem as an HTTP answer, or as a gRPC status where gRPC asked.</summary>
public sealed class ProblemResult(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (IsGrpc(httpContext.Request)) return RefusedCall.AnswerAsync(httpContext, ProblemStatus.Of(problem));
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        // Said here too: a fault clears the headers that were set before it.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (OutcomeTable.IsTransient(problem.Outcome))
            response.Headers.RetryAfter = OutcomeTable.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (problem.Outcome is Outcome.Unauthenticated) response.Headers.WWWAuthenticate = "Bearer realm=\"networkgraph\"";
        // The server leaves the body out where HEAD was asked.
        return response.WriteAsJsonAsync(problem, ProblemJson.Plain.Problem, Problem.ContentType, httpContext.RequestAborted);
    }

    /// <summary>Under /v1 there is HTTP only, whatever content type is sent there.</summary>
    private static bool IsGrpc(HttpRequest request) =>
        RefusedCall.IsGrpc(request) && !request.Path.StartsWithSegments("/v1");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>As answers are written: only JSON's own signs are escaped.</summary>
    public static ProblemJson Plain { get; } = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
