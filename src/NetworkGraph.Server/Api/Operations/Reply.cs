using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>What an operation ends with, whatever protocol asked: an answer, or the problem that there is none.</summary>
internal abstract class Reply(object? answer, Problem? problem)
{
    /// <summary>Null exactly where there is a <see cref="Problem"/>.</summary>
    public object? Answer => answer;

    public Problem? Problem => problem;

    public static implicit operator Reply(Problem problem) => (Reply<object>)problem;
}

/// <summary>A reply whose answer is a <typeparamref name="T"/>, or one of the operation's alternatives.</summary>
internal sealed class Reply<T> : Reply
    where T : class
{
    private Reply(object? answer, Problem? problem) : base(answer, problem)
    {
    }

    public static implicit operator Reply<T>(T answer) => new(answer, null);

    public static implicit operator Reply<T>(Problem problem) => new(null, problem);

    /// <summary>An answer of another type, which the operation declares (<see cref="Operation.Or{T}"/>).</summary>
    public static Reply<T> Other(object answer) => new(answer, null);
}
