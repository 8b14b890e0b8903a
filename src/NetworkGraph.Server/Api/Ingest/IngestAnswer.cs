using System.ComponentModel;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>What became of a body of interactions.</summary>
public record IngestAnswer
{
    [Description("Lines that are durable now and were not before.")]
    public required long Accepted { get; init; }

    [Description("Lines whose id was there already with the same content: nothing changed.")]
    public required long Duplicates { get; init; }

    [Description("Lines whose id was there already with other content: nothing changed.")]
    public required long Conflicts { get; init; }

    [Description("Lines whose id was retracted: nothing changed, and nothing will until it is amended.")]
    public required long Retracted { get; init; }

    [Description("Lines that name an erased person who stays out: nothing of them was recorded.")]
    public required long Suppressed { get; init; }

    [Description("Lines that broke a rule. Conflicts are not among them.")]
    public required long RejectedCount { get; init; }

    [Description("The first 1,000 lines rejected or in conflict, with the field at fault and the reason.")]
    public required IReadOnlyList<RejectedLine> Rejected { get; init; }

    public static IngestAnswer Of(IngestTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        return new IngestAnswer
        {
            Accepted = tally.Accepted,
            Duplicates = tally.Duplicates,
            Conflicts = tally.Conflicts,
            Retracted = tally.Retracted,
            Suppressed = tally.Suppressed,
            RejectedCount = tally.RejectedCount,
            Rejected = tally.Listed,
        };
    }
}

/// <summary>Problem details (RFC 9457) of a body that was not read to its end, with what was kept of it.</summary>
public sealed record IngestProblem : IngestAnswer
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    [Description("The query parameter or header at fault.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    [Description("The line at which reading ended.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    [Description("The field at which reading ended; 'line' for none.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    [JsonIgnore]
    public Outcome Outcome { get; private init; }

    public static IngestProblem From(Outcome outcome, string detail, IngestTally tally)
    {
        var problem = Problem.From(outcome, detail);
        var kept = IngestAnswer.Of(tally);
        return new IngestProblem
        {
            Outcome = outcome,
            Type = problem.Type,
            Title = problem.Title,
            Status = problem.Status,
            Detail = detail,
            Accepted = kept.Accepted,
            Duplicates = kept.Duplicates,
            Conflicts = kept.Conflicts,
            Retracted = kept.Retracted,
            Suppressed = kept.Suppressed,
            RejectedCount = kept.RejectedCount,
            Rejected = kept.Rejected,
        };
    }
}

/// <summary>An answer or a problem as an HTTP answer.</summary>
internal sealed class IngestResult : IResult
{
    private readonly IngestAnswer _answer;
    private readonly int _status;

    public IngestResult(IngestAnswer answer, Outcome outcome) => (_answer, _status) = (answer, OutcomeTable.HttpStatus(outcome));

    public IngestResult(IngestProblem problem) => (_answer, _status) = (problem, problem.Status);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (_answer is not IngestProblem problem)
            return response.WriteAsJsonAsync(_answer, IngestAnswerJson.Plain.IngestAnswer, null, httpContext.RequestAborted);
        if (OutcomeTable.IsTransient(problem.Outcome))
            response.Headers.RetryAfter = OutcomeTable.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(problem, IngestAnswerJson.Plain.IngestProblem, Problem.ContentType, httpContext.RequestAborted);
    }
}

/// <summary>What became of many profiles.</summary>
/// <param name="Accepted">Profiles that are durable now.</param>
/// <param name="Suppressed">Profiles of erased people who stay out: nothing of them was recorded.</param>
/// <param name="RejectedCount">Profiles that broke a rule.</param>
/// <param name="Rejected">The first 1,000 rejected.</param>
public sealed record ProfilesAnswer(long Accepted, long Suppressed, long RejectedCount, IReadOnlyList<RejectedLine> Rejected)
{
    internal static ProfilesAnswer Of(IngestTally tally) =>
        new(tally.Accepted, tally.Suppressed, tally.RejectedCount, tally.Listed);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(ProfilesAnswer))]
[JsonSerializable(typeof(IngestProblem))]
internal sealed partial class IngestAnswerJson : JsonSerializerContext
{
    /// <summary>Texts as they are: an apostrophe stays one.</summary>
    public static IngestAnswerJson Plain { get; } = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
