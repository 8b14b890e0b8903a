using System.Diagnostics.CodeAnalysis;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// The parameters of an operation by their names (camelCase, as over HTTP): from the path and query of a request, or from
/// the fields of a gRPC message.
/// </summary>
public interface IParameters
{
    /// <summary>A parameter as text; null where it is not given.</summary>
    string? Text(string name);

    /// <summary>A parameter that may be given several times, as texts; none where it is not given.</summary>
    IReadOnlyList<string> Texts(string name);

    /// <summary>The canonical id of the person with an id; the id itself where it is not known to be an alias.</summary>
    string PersonOf(string id);

    /// <summary>A whole number; null where it is not given. False where it is something else.</summary>
    bool TryReadNumber(string name, out long? number);

    /// <summary>A time, Unix ms; null where it is not given. False, with the reason, where it is not a valid time.</summary>
    bool TryReadTime(string name, out long? unixMs, [NotNullWhen(false)] out string? reason);

    /// <summary>
    /// What the operation is about: a segment of the path, or a required field, as it was written. False, with the reason, where it
    /// is malformed.
    /// </summary>
    bool TryReadId(string name, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? reason);

    /// <summary>Who asks.</summary>
    Viewer Viewer { get; }

    /// <summary>The operation and all its parameters but those of paging: what a cursor is good for.</summary>
    string Scope { get; }
}
