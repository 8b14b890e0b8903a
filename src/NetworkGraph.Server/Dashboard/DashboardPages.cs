using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NetworkGraph.Server.Dashboard;

/// <summary>
/// Serves the dashboard at '/'. Its pages have addresses of their own (/people/...), which only the browser knows: whoever
/// asks for HTML at a path that nothing else answers gets the start page. What belongs to the API is never touched.
/// </summary>
internal static class DashboardPages
{
    private const string AssetRoot = "/assets/";

    /// <summary>Nothing from elsewhere, nothing inline, and in no frame.</summary>
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static readonly PathString[] s_notPages = ["/v1", "/health", "/metrics", "/openapi"];

    private static readonly byte[] s_missing = Encoding.UTF8.GetBytes("""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>NetworkGraph</title></head>
        <body>
        <h1>NetworkGraph is running, without its dashboard</h1>
        <p>This server was built where npm was not found. To get the dashboard, install Node.js 20.19 or later,
        and build or run the server again.</p>
        <p>The API is whole: <a href="/openapi/v1.json">/openapi/v1.json</a> describes it,
        and <a href="/v1/network">/v1/network</a> is a good place to begin.</p>
        </body>
        </html>
        """);

    public static void UseDashboard(this IApplicationBuilder app)
    {
        var files = DashboardFiles.Load(typeof(DashboardPages).Assembly);
        app.Use((http, next) => http.GetEndpoint() is null && MayBePage(http.Request) ? AnswerAsync(http, files, next) : next(http));
    }

    private static bool MayBePage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !Array.Exists(s_notPages, root => request.Path.StartsWithSegments(root));

    private static Task AnswerAsync(HttpContext http, DashboardFiles files, RequestDelegate next)
    {
        var path = http.Request.Path.Value is null or "" or "/" ? DashboardFiles.Start : http.Request.Path.Value;
        if (files.Find(path) is { } file) return SendAsync(http, file, path.StartsWith(AssetRoot, StringComparison.Ordinal));
        var asksForPage = path == DashboardFiles.Start
            || (!path.StartsWith(AssetRoot, StringComparison.Ordinal) && AcceptsHtml(http.Request));
        if (!asksForPage) return next(http);
        return files.Find(DashboardFiles.Start) is { } start
            ? SendAsync(http, start, isImmutable: false)
            : SendAsync(http, new DashboardFile("text/html; charset=utf-8", "\"missing\"", s_missing, null, null), isImmutable: false);
    }

    private static bool AcceptsHtml(HttpRequest request) =>
        request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static Task SendAsync(HttpContext http, DashboardFile file, bool isImmutable)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // Addresses hold ids of people, which stay here.
        headers["Referrer-Policy"] = "no-referrer";
        headers.ETag = file.ETag;
        headers.CacheControl = isImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.Any(tags => tags?.Contains(file.ETag, StringComparison.Ordinal) == true))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var (body, encoding) = BestForm(file, http.Request.Headers.AcceptEncoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static (byte[] Body, string? Encoding) BestForm(DashboardFile file, StringValues accepted)
    {
        var text = accepted.ToString();
        if (file.Brotli is { } brotli && text.Contains("br", StringComparison.Ordinal)) return (brotli, "br");
        if (file.Gzip is { } gzip && text.Contains("gzip", StringComparison.Ordinal)) return (gzip, "gzip");
        return (file.Plain, null);
    }
}
