using NetworkGraph.Server.Grpc;

namespace NetworkGraph.Server.Outcomes;

/// <summary>What each outcome is called over HTTP and over gRPC: the one place that says so.</summary>
public static class OutcomeTable
{
    /// <summary>Seconds after which trying again is worth it, for outcomes that pass by themselves.</summary>
    public const int RetryAfterSeconds = 1;

    private static readonly Dictionary<Outcome, (int Http, GrpcStatusCode Grpc, string Title)> s_table = new()
    {
        [Outcome.Ok] = (StatusCodes.Status200OK, GrpcStatusCode.Ok, "OK"),
        [Outcome.InvalidArgument] = (StatusCodes.Status400BadRequest, GrpcStatusCode.InvalidArgument, "The request makes no sense"),
        [Outcome.Unauthenticated] = (StatusCodes.Status401Unauthorized, GrpcStatusCode.Unauthenticated, "A key is needed"),
        [Outcome.PermissionDenied] = (StatusCodes.Status403Forbidden, GrpcStatusCode.PermissionDenied, "The key is not good for this"),
        [Outcome.NotFound] = (StatusCodes.Status404NotFound, GrpcStatusCode.NotFound, "Not found"),
        [Outcome.MethodNotAllowed] = (StatusCodes.Status405MethodNotAllowed, GrpcStatusCode.Unimplemented, "Method not allowed"),
        [Outcome.UnsupportedMediaType] = (StatusCodes.Status415UnsupportedMediaType, GrpcStatusCode.InvalidArgument, "Content type not supported"),
        [Outcome.TooLarge] = (StatusCodes.Status413PayloadTooLarge, GrpcStatusCode.ResourceExhausted, "Too large"),
        [Outcome.AllRejected] = (StatusCodes.Status422UnprocessableEntity, GrpcStatusCode.InvalidArgument, "Nothing could be taken"),
        [Outcome.Overloaded] = (StatusCodes.Status429TooManyRequests, GrpcStatusCode.ResourceExhausted, "Too many requests at once"),
        [Outcome.NotReady] = (StatusCodes.Status503ServiceUnavailable, GrpcStatusCode.Unavailable, "Not ready yet"),
        [Outcome.Unavailable] = (StatusCodes.Status503ServiceUnavailable, GrpcStatusCode.Unavailable, "The log is unavailable"),
        [Outcome.Cancelled] = (StatusCodes.Status499ClientClosedRequest, GrpcStatusCode.Cancelled, "Cancelled"),
        [Outcome.Internal] = (StatusCodes.Status500InternalServerError, GrpcStatusCode.Internal, "Internal error"),
    };

    public static int HttpStatus(Outcome outcome) => s_table[outcome].Http;

    public static GrpcStatusCode GrpcStatus(Outcome outcome) => s_table[outcome].Grpc;

    public static string Title(Outcome outcome) => s_table[outcome].Title;

    /// <summary>Whether the same request may succeed a moment later.</summary>
    public static bool PassesByItself(Outcome outcome) => outcome is Outcome.Overloaded or Outcome.NotReady or Outcome.Unavailable;

    /// <summary>The outcome behind a status the framework chose; client errors without one of their own are bad requests.</summary>
    public static Outcome OfHttpStatus(int status)
    {
        foreach (var (outcome, called) in s_table)
            if (called.Http == status) return outcome;
        return status < 500 ? Outcome.InvalidArgument : Outcome.Internal;
    }
}
