namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>How a request ended, whatever protocol it came over. <see cref="OutcomeTable"/> says what each is called there.</summary>
public enum Outcome
{
    Ok,

    /// <summary>The work has begun and goes on; the answer says where to ask how far it is.</summary>
    Accepted,

    /// <summary>An invalid parameter, header or body.</summary>
    InvalidArgument,

    /// <summary>A key is needed, and there was none, or none that is good.</summary>
    Unauthenticated,

    /// <summary>The key is good, but not for this.</summary>
    PermissionDenied,

    /// <summary>Nothing is known of what was asked for.</summary>
    NotFound,

    /// <summary>There is such a path, but not with this method.</summary>
    MethodNotAllowed,

    /// <summary>The body's content type is not one that is read here.</summary>
    UnsupportedMediaType,

    /// <summary>The body is larger than what is taken at once.</summary>
    TooLarge,

    /// <summary>The body was read to its end, and nothing in it could be taken.</summary>
    AllRejected,

    /// <summary>It names a person who was erased and stays out until that is lifted.</summary>
    Suppressed,

    /// <summary>More is being asked than can be answered now; try again later.</summary>
    Overloaded,

    /// <summary>The log is still being read; try again later.</summary>
    NotReady,

    /// <summary>The log cannot be reached or written now; try again later. Nothing was acknowledged.</summary>
    Unavailable,

    /// <summary>The caller went away.</summary>
    Cancelled,

    /// <summary>A fault of the server.</summary>
    Internal,
}
