using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Health;

/// <summary>
/// Keeps requests under /v1 from seeing what is not there yet: queries and erasures wait for the whole log to be folded
/// and visible, other writes only for the log to be open.
/// </summary>
internal static class ReadinessGate
{
    public static void UseReadinessGate(this IApplicationBuilder app)
    {
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        var serving = app.ApplicationServices.GetRequiredService<ServingNode>();
        app.Use((http, next) => !http.Request.Path.StartsWithSegments("/v1") || http.GetEndpoint() is null || MayPass(http.Request.Method)
            ? next(http)
            : new ProblemResult(readiness.NotReady()).ExecuteAsync(http));

        bool MayPass(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) ? serving.IsOpen : readiness.IsReady;
    }
}
