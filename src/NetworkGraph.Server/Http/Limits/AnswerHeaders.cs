namespace NetworkGraph.Server.Http.Limits;

/// <summary>
/// Headers of every HTTP answer: its type is never guessed, and nobody keeps it, unless what answers says otherwise (an answer
/// as of an explicit date, the dashboard's files).
/// </summary>
internal static class AnswerHeaders
{
    public const string NotKept = "no-store";

    public static void UseAnswerHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = NotKept;
        }
        return next(http);
    });
}
