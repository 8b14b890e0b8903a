using System.Diagnostics.CodeAnalysis;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// Who sends a request, and whether they may: every request passes here, over HTTP or gRPC, before anything answers it. A
/// method of ours over gRPC is let through with its viewer only: what it is about stands in its message, so what reads that
/// asks its <see cref="Access"/>.
/// </summary>
internal static class RequestViewer
{
    private const string Scheme = "Bearer ";

    /// <summary>The id of the key that was sent, where keys are asked for and it is a good one; else null.</summary>
    public static string? KeyId(this HttpContext http) => http.Features.Get<SentKey>()?.Id;

    /// <summary>Marks what is served without a key: it says nothing of any person.</summary>
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
        // With a key one may learn that there is nothing at a path.
        if (endpoint is null || endpoint.Metadata.GetMetadata<AskedInMessage>() is not null) return null;
        if (endpoint.Metadata.GetMetadata<Access>() is { } access) return access.Refusal(viewer, new RequestParameters(http));
        // An endpoint without a route is one of the framework's: it answers that a method or a content type is wrong.
        return endpoint is RouteEndpoint && !viewer.MayDoAll ? Problem.From(Outcome.PermissionDenied, "No key is good for this.") : null;
    }

    private static bool TryReadKey(
        IHeaderDictionary headers, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out Problem? problem)
    {
        key = null;
        if (headers.Authorization is [{ } authorization] && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            key = authorization[Scheme.Length..].Trim();
        else if (headers.Authorization.Count == 0 && headers["X-Api-Key"] is [{ } plain])
            key = plain.Trim();
        problem = key is null
            ? Problem.From(Outcome.Unauthenticated,
            "Send a key in the header (over gRPC: as metadata) 'Authorization: Bearer <key>'. The verb 'keys create' makes one.") : null;
        return key is not null;
    }

    private sealed record SentKey(string Id);

    /// <summary>Metadata of what <see cref="NeedsNoKey"/>.</summary>
    private sealed class Open
    {
        public static readonly Open Marker = new();
    }
}

/// <summary>
/// Metadata of an endpoint that reads from its message what it is about, and then asks for <see cref="Access"/> itself.
/// </summary>
internal sealed class AskedInMessage
{
    public static readonly AskedInMessage Marker = new();
}
