namespace NetworkGraph.Server.Outcomes;

/// <summary>What each outcome is called over HTTP: the one place that says so.</summary>
public static class OutcomeTable
{
    /// <summary>Seconds after which trying again is worth it, for outcomes that pass by themselves.</summary>
    public const int RetryAfterSeconds = 1;

    private static readonly Dictionary<Outcome, (int Status, string Title)> s_http = new()
    {
        [Outcome.Ok] = (StatusCodes.Status200OK, "OK"),
        [Outcome.InvalidArgument] = (StatusCodes.Status400BadRequest, "The request makes no sense"),
        [Outcome.NotFound] = (StatusCodes.Status404NotFound, "Not found"),
        [Outcome.MethodNotAllowed] = (StatusCodes.Status405MethodNotAllowed, "Method not allowed"),
        [Outcome.UnsupportedMediaType] = (StatusCodes.Status415UnsupportedMediaType, "Content type not supported"),
        [Outcome.TooLarge] = (StatusCodes.Status413PayloadTooLarge, "Too large"),
        [Outcome.AllRejected] = (StatusCodes.Status422UnprocessableEntity, "Nothing could be taken"),
        [Outcome.Overloaded] = (StatusCodes.Status429TooManyRequests, "Too many requests at once"),
        [Outcome.NotReady] = (StatusCodes.Status503ServiceUnavailable, "Not ready yet"),
        [Outcome.Cancelled] = (StatusCodes.Status499ClientClosedRequest, "Cancelled"),
        [Outcome.Internal] = (StatusCodes.Status500InternalServerError, "Internal error"),
    };

    public static int HttpStatus(Outcome outcome) => s_http[outcome].Status;

    public static string Title(Outcome outcome) => s_http[outcome].Title;

    /// <summary>Whether the same request may succeed a moment later.</summary>
    public static bool PassesByItself(Outcome outcome) => outcome is Outcome.Overloaded or Outcome.NotReady;

    /// <summary>The outcome behind a status the framework chose; client errors without one of their own are bad requests.</summary>
    public static Outcome OfHttpStatus(int status)
    {
        foreach (var (outcome, http) in s_http)
            if (http.Status == status) return outcome;
        return status < 500 ? Outcome.InvalidArgument : Outcome.Internal;
    }
}
