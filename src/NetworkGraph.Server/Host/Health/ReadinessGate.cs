using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Host.Health;

/// <summary>
/// Keeps requests under /v1, and gRPC calls of the same operations, from seeing what is not there yet: queries and erasures wait
/// for the whole log to be folded
/// and visible, other writes do not wait.
/// </summary>
internal static class ReadinessGate
{
    public static void UseReadinessGate(this IApplicationBuilder app)
    {
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Use((http, next) => MethodOf(http) is not { } method || MayPass(method)
            ? next(http) : new ProblemResult(readiness.NotReady()).ExecuteAsync(http));

        bool MayPass(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || readiness.IsReady;
    }

    /// <summary>The HTTP method of the operation asked for, over whatever protocol; null where it is none.</summary>
    private static string? MethodOf(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint) return null;
        return endpoint.Metadata.GetMetadata<Operation>()?.HttpMethod
            ?? (http.Request.Path.StartsWithSegments("/v1") ? http.Request.Method : null);
    }
}
