using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>Parameters from the path and the query of a request.</summary>
internal sealed class RequestParameters(HttpContext http) : IParameters
{
    public Viewer Viewer => http.Viewer();

    public string Scope => OperationScope.Of(
        http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Path.Value ?? "",
        http.Request.RouteValues.Select(
            v => (v.Key, PersonIdSegment.TryRead(v.Value as string ?? "", out var id, out _) ? id : v.Value as string ?? ""))
            .Concat(http.Request.Query.Select(q => (q.Key, q.Value.ToString()))));

    public string? Text(string name) => http.Request.Query[name] is [{ } value, ..] ? value : null;

    public IReadOnlyList<string> Texts(string name) => [.. http.Request.Query[name].OfType<string>()];

    public string PersonOf(string id) => http.PersonOf(id);

    public bool TryReadNumber(string name, out long? number)
    {
        number = null;
        if (Text(name) is not { } text) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)) return false;
        number = parsed;
        return true;
    }

    public bool TryReadTime(string name, out long? unixMs, [NotNullWhen(false)] out string? reason)
    {
        (unixMs, reason) = (null, null);
        if (Text(name) is not { } text) return true;
        if (Rfc3339.TryParse(text, out var parsed))
        {
            unixMs = parsed;
            return true;
        }
        reason = text.Contains(' ', StringComparison.Ordinal)
            ? "must be a time like 2026-01-31T12:00:00Z; the '+' of an offset is written %2B in a query"
            : "must be a time with an offset, RFC 3339, like 2026-01-31T12:00:00Z";
        return false;
    }

    public bool TryReadId(string name, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? reason) =>
        PersonIdSegment.TryRead(http.GetRouteValue(name) as string ?? "", out id, out reason);
}

/// <summary>Who sent a request, as the keys said before it came here.</summary>
internal static class RequestSender
{
    /// <summary>Who sent the request.</summary>
    /// <exception cref="InvalidOperationException">Nothing has looked who sent it: it must not be answered.</exception>
    public static Viewer Viewer(this HttpContext http) =>
        http.Features.Get<Viewer>() ?? throw new InvalidOperationException("Who sent this request has not been looked at.");

    /// <summary>The canonical id of the person with an id; the id itself where none is known to be, or nothing is folded yet.</summary>
    public static string PersonOf(this HttpContext http, string id) =>
        http.RequestServices?.GetService<EmbeddedPeople>()?.Aliases.CanonicalOf(id) ?? id;
}
