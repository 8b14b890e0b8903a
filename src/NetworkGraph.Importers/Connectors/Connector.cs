using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Connectors;

/// <summary>
/// What was there before, and is not asked for again: by a folder of a mailbox, a collection of a server, or a file. Plain texts, so that
/// it can be kept.
/// </summary>
public sealed class Checkpoint
{
    private readonly Dictionary<string, string> _marks;

    public Checkpoint(IReadOnlyDictionary<string, string>? marks = null) =>
        _marks = marks is null ? new(StringComparer.Ordinal) : new(marks, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Marks => _marks;

    public string? this[string name] => _marks.GetValueOrDefault(name);

    internal void Set(string name, string? mark)
    {
        if (mark is null) _marks.Remove(name);
        else _marks[name] = mark;
    }
}

/// <summary>Something new at a source, to be imported; disposing it lets go of what was kept of it.</summary>
/// <param name="Source">The files.</param>
/// <param name="Format">One of <see cref="ImportPlan.FormatNames"/>.</param>
/// <param name="Mark">What holds once it is imported: the name of a mark of the checkpoint, and what it is from then on (null takes it
/// away).</param>
public sealed record Arrival(ImportSource Source, string Format, IReadOnlyList<KeyValuePair<string, string?>> Mark) : IDisposable
{
    /// <summary>Notes in a checkpoint that it is imported.</summary>
    public void Keep(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        foreach (var (name, mark) in Mark) checkpoint.Set(name, mark);
    }

    public void Dispose() => Source.Dispose();
}

/// <summary>A place that data comes from again and again.</summary>
public interface IConnector : IDisposable
{
    /// <summary>
    /// What is new since a checkpoint, a piece at a time; the same again where a piece was not kept. Memory is bounded by one piece.
    /// </summary>
    /// <exception cref="ConnectorException">The place cannot be reached, or refuses.</exception>
    IAsyncEnumerable<Arrival> ReadAsync(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>Waits until something may be new, at most for a while.</summary>
    /// <exception cref="ConnectorException">The place cannot be reached any more.</exception>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellation);
}

/// <summary>A place that data comes from cannot be reached or understood. The message names no person and no secret.</summary>
public sealed class ConnectorException : Exception
{
    public ConnectorException(string message, Exception? inner = null, TimeSpan? tryAgainAfter = null)
        : base(message, inner) => TryAgainAfter = tryAgainAfter;

    public ConnectorException()
    {
    }

    public ConnectorException(string message)
        : base(message)
    {
    }

    public ConnectorException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>How long the place asks to be left alone; null where it does not.</summary>
    public TimeSpan? TryAgainAfter { get; }

    /// <summary>What an HTTP server answered instead of what it was asked for; null where that is not what went wrong.</summary>
    public System.Net.HttpStatusCode? Status { get; init; }
}
