using System.Diagnostics.CodeAnalysis;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// Who sends a request, and whether they may: every request passes here, over HTTP or gRPC, before anything answers it. A
/// method of ours over gRPC is let through with its viewer only: what it is about stands in its message, so whoever reads
/// that asks <see cref="OperationAccess"/>.
/// </summary>
internal static class RequestViewer
{
    private const string Scheme = "Bearer ";

    /// <summary>Who sent the request.</summary>
    /// <exception cref="InvalidOperationException">Nobody has looked who sent it: it must not be answered.</exception>
    public static Viewer Viewer(this HttpContext http) =>
        http.Features.Get<Viewer>() ?? throw new InvalidOperationException("Who sent this request has not been looked at.");

    /// <summary>The canonical id of the person with an id; the id itself where none is known to be, or nothing is folded yet.</summary>
    public static string PersonOf(this HttpContext http, string id) =>
        http.RequestServices?.GetService<EmbeddedPeople>()?.Aliases.CanonicalOf(id) ?? id;

    /// <summary>The id of the key that was sent, where keys are asked for and it is a good one; else null.</summary>
    public static string? KeyId(this HttpContext http) => http.Features.Get<SentKey>()?.Id;

    /// <summary>Marks what is served to whoever asks: it says nothing of anybody.</summary>
    public static TBuilder NeedsNoKey<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(Open.Marker);

    /// <summary>Asks for keys where there are any. After routing.</summary>
    public static void UseKeys(this IApplicationBuilder app)
    {
        var keys = app.ApplicationServices.GetRequiredService<KeyRing>();
        app.Use((http, next) => Refusal(http, keys) is { } refusal ? new ProblemResult(refusal).ExecuteAsync(http) : next(http));
    }

    /// <summary>Why a request that goes on for long would be refused by now (its key revoked, or ended); null where it would not.</summary>
    public static Problem? RefusalNow(this HttpContext http, KeyRing keys) => Refusal(http, keys);

    private static Problem? Refusal(HttpContext http, KeyRing keys)
    {
        var endpoint = http.GetEndpoint();
        if (!keys.IsOn || endpoint?.Metadata.GetMetadata<Open>() is not null)
        {
            http.Features.Set(People.Boundaries.Viewer.Admin);
            return null;
        }
        if (!TryReadKey(http.Request.Headers, out var key, out var problem)) return problem;
        if (keys.ViewerOf(key) is not { } viewer) return Problem.From(Outcome.Unauthenticated, "The key is unknown, revoked or expired.");
        // A key is for a person, by whichever of their ids it was made.
        if (viewer.Person is { } person) viewer = viewer with { Person = http.PersonOf(person) };
        http.Features.Set(viewer);
        http.Features.Set(new SentKey(ApiKey.IdIn(key)!));
        // Whoever has a key may be told that there is nothing at a path.
        if (endpoint is null || endpoint.Metadata.GetMetadata<AskedInMessage>() is not null) return null;
        var operation = endpoint.Metadata.GetMetadata<AskedAs>()?.Operation ?? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        // An endpoint without a name is one of the framework's: it answers that a method or a content type is wrong.
        if (operation is null && endpoint is not RouteEndpoint) return null;
        return OperationAccess.Refusal(viewer, operation, new RequestParameters(http));
    }

    private static bool TryReadKey(IHeaderDictionary headers, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out Problem? problem)
    {
        key = null;
        if (headers.Authorization is [{ } authorization] && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            key = authorization[Scheme.Length..].Trim();
        else if (headers.Authorization.Count == 0 && headers["X-Api-Key"] is [{ } plain])
            key = plain.Trim();
        problem = key is null ? Problem.From(Outcome.Unauthenticated, "Send a key in the header (over gRPC: as metadata) 'Authorization: Bearer <key>'. The verb 'keys create' makes one.") : null;
        return key is not null;
    }

    private sealed record SentKey(string Id);

    /// <summary>Metadata of what <see cref="NeedsNoKey"/>.</summary>
    private sealed class Open
    {
        public static readonly Open Marker = new();
    }
}

/// <summary>Metadata of an endpoint that is served as an operation of that name, without having the name for itself.</summary>
internal sealed record AskedAs(string Operation);

/// <summary>
/// Metadata of an endpoint that reads from its message what it is about, and then asks <see cref="OperationAccess"/> itself.
/// </summary>
internal sealed class AskedInMessage
{
    public static readonly AskedInMessage Marker = new();
}
