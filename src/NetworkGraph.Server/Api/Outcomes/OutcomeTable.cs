using Grpc.Core;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>What each outcome is called over HTTP and over gRPC: the one place that says so.</summary>
public static class OutcomeTable
{
    /// <summary>Seconds after which trying again is worth it, for outcomes that pass by themselves.</summary>
    public const int RetryAfterSeconds = 1;

    private static readonly Dictionary<Outcome, (int Http, StatusCode Grpc, string Title)> s_table = new()
    {
        [Outcome.Ok] = (StatusCodes.Status200OK, StatusCode.OK, "OK"),
        [Outcome.Accepted] = (StatusCodes.Status202Accepted, StatusCode.OK, "Accepted"),
        [Outcome.InvalidArgument] = (StatusCodes.Status400BadRequest, StatusCode.InvalidArgument, "The request is invalid"),
        [Outcome.Unauthenticated] = (StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, "A key is needed"),
        [Outcome.PermissionDenied] = (StatusCodes.Status403Forbidden, StatusCode.PermissionDenied, "The key does not permit this"),
        [Outcome.NotFound] = (StatusCodes.Status404NotFound, StatusCode.NotFound, "Not found"),
        [Outcome.MethodNotAllowed] = (StatusCodes.Status405MethodNotAllowed, StatusCode.Unimplemented, "Method not allowed"),
        [Outcome.UnsupportedMediaType] =
            (StatusCodes.Status415UnsupportedMediaType, StatusCode.InvalidArgument, "Content type not supported"),
        [Outcome.TooLarge] = (StatusCodes.Status413PayloadTooLarge, StatusCode.ResourceExhausted, "Too large"),
        [Outcome.AllRejected] = (StatusCodes.Status422UnprocessableEntity, StatusCode.InvalidArgument, "Nothing could be taken"),
        [Outcome.Suppressed] = (StatusCodes.Status409Conflict, StatusCode.FailedPrecondition, "The person was erased and stays out"),
        [Outcome.Overloaded] = (StatusCodes.Status429TooManyRequests, StatusCode.ResourceExhausted, "Too many requests at once"),
        [Outcome.NotReady] = (StatusCodes.Status503ServiceUnavailable, StatusCode.Unavailable, "Not ready yet"),
        [Outcome.Unavailable] = (StatusCodes.Status503ServiceUnavailable, StatusCode.Unavailable, "The log is unavailable"),
        [Outcome.Cancelled] = (StatusCodes.Status499ClientClosedRequest, StatusCode.Cancelled, "Cancelled"),
        [Outcome.Internal] = (StatusCodes.Status500InternalServerError, StatusCode.Internal, "Internal error"),
    };

    public static int HttpStatus(Outcome outcome) => s_table[outcome].Http;

    public static StatusCode GrpcStatus(Outcome outcome) => s_table[outcome].Grpc;

    public static string Title(Outcome outcome) => s_table[outcome].Title;

    /// <summary>Whether the same request may succeed a moment later.</summary>
    public static bool IsTransient(Outcome outcome) => outcome is Outcome.Overloaded or Outcome.NotReady or Outcome.Unavailable;

    /// <summary>The outcome behind a status the framework chose; client errors without one of their own are bad requests.</summary>
    public static Outcome OfHttpStatus(int status)
    {
        foreach (var (outcome, called) in s_table)
            if (called.Http == status) return outcome;
        return status < 500 ? Outcome.InvalidArgument : Outcome.Internal;
    }
}
