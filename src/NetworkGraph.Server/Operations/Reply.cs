using System.Text.Json.Serialization.Metadata;
using NetworkGraph.Server.Access;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Operations;

/// <summary>
/// What an operation ends with, whatever protocol asked: an answer, or the problem that there is none. Over HTTP it is its
/// own result; over gRPC it becomes a message or a status.
/// </summary>
public sealed class Reply : IResult
{
    private readonly JsonTypeInfo? _type;

    private Reply(Outcome outcome, object? answer, JsonTypeInfo? type, Problem? problem) => (Outcome, Answer, _type, Problem) = (outcome, answer, type, problem);

    public Outcome Outcome { get; }

    /// <summary>Null exactly where there is a <see cref="Problem"/>.</summary>
    public object? Answer { get; }

    public Problem? Problem { get; }

    public static implicit operator Reply(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Reply(problem.Outcome, null, null, problem);
    }

    /// <summary>An answer. Its <paramref name="outcome"/> is another than Ok where it says of itself that nothing could be taken.</summary>
    public static Reply Of<T>(T answer, JsonTypeInfo<T> type, Outcome outcome = Outcome.Ok)
        where T : class => new(outcome, answer, type, null);

    /// <summary>The answer as it goes out over HTTP.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public byte[] ToJson() => Answer is null
        ? throw new InvalidOperationException("A problem has no answer.")
        : System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Answer, _type!);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (Problem is not null) return new ProblemResult(Problem).ExecuteAsync(httpContext);
        if (Answer is not null) AccessNotes.Note(httpContext, httpContext.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, Answer);
        if (Outcome is Outcome.Ok && DatedAnswer.IsAskedFor(httpContext.Request)) return DatedAnswer.SendAsync(httpContext, Answer!, _type!);
        httpContext.Response.StatusCode = OutcomeTable.HttpStatus(Outcome);
        return httpContext.Response.WriteAsJsonAsync(Answer, _type!, null, httpContext.RequestAborted);
    }
}
