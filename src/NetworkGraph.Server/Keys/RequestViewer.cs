using NetworkGraph.Boundaries;

namespace NetworkGraph.Server.Keys;

/// <summary>Who sent a request, over HTTP or gRPC.</summary>
internal static class RequestViewer
{
    /// <exception cref="InvalidOperationException">Nobody has looked who sent it: it must not be answered.</exception>
    public static Viewer Viewer(this HttpContext http) =>
        http.Features.Get<Viewer>() ?? throw new InvalidOperationException("Who sent this request has not been looked at.");

    /// <summary>Says who sends requests, before anything answers them.</summary>
    public static void UseViewers(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Features.Set(Boundaries.Viewer.Admin);
        return next(http);
    });
}
