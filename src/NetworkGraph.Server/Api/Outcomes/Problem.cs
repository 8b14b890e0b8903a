using System.Text.Json.Serialization;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>An answer that is not what was asked for: problem details (RFC 9457).</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>A name for this kind of problem that never changes: <c>urn:networkgraph:problem:</c> and the outcome.</summary>
    public required string Type { get; init; }

    /// <summary>The same for all problems of a type.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, for a person to read.</summary>
    public string? Detail { get; init; }

    /// <summary>The parameter or field at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>While not ready: how far the log has been read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Position { get; init; }

    /// <summary>While not ready: where the log ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Of { get; init; }

    [JsonIgnore]
    public Outcome Outcome { get; private init; }

    /// <summary>
    /// The log cannot be read or written. Why is for the server's own log: it names files and hosts, which are of no concern to
    /// callers over the network.
    /// </summary>
    public static Problem LogUnavailable() =>
        From(Outcome.Unavailable, "The log cannot be read or written now. Try again in a moment; the server's own log says why.");

    /// <summary>No person has the id that the parameter names.</summary>
    public static Problem PersonNotFound(string parameter, string id) => NotFound(parameter, $"No person with the id '{id}' is known.");

    public static Problem NotFound(string parameter, string detail) => From(Outcome.NotFound, detail, parameter);

    /// <summary>A parameter or field that is wrong: the detail begins with its name.</summary>
    public static Problem Invalid(string parameter, string reason) => From(Outcome.InvalidArgument, $"{parameter} {reason}", parameter);

    /// <summary>What was sent could not be made durable now.</summary>
    public static Problem AtCapacity() => From(Outcome.Overloaded, "The log is at capacity. Nothing was kept; try again in a moment.");

    /// <summary>Why the log kept nothing of what was appended; null where it kept it.</summary>
    public static Problem? NotRecorded(AppendReceipt receipt)
    {
        if (receipt.Overloaded) return AtCapacity();
        return receipt.Results.Any(result => result.Outcome is AppendOutcome.Suppressed)
            ? From(Outcome.Suppressed,
                "This names a person who was erased and stays out. Nothing was recorded; an administrator can lift that.")
            : null;
    }

    public static Problem From(Outcome outcome, string detail, string? parameter = null) => new()
    {
        Outcome = outcome,
        Type = "urn:networkgraph:problem:" + System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString()),
        Title = OutcomeTable.Title(outcome),
        Status = OutcomeTable.HttpStatus(outcome),
        Detail = detail,
        Parameter = parameter,
    };
}
