using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Api.LiveSources;

/// <summary>What a source is doing.</summary>
internal enum SourceState
{
    /// <summary>It was not read yet.</summary>
    Starting,

    /// <summary>It is being read.</summary>
    Reading,

    /// <summary>It was read, and is watched for what is new.</summary>
    Waiting,

    /// <summary>It could not be read, and is tried again.</summary>
    Failing,
}

/// <summary>A source that this server reads, and how that goes. Read by several threads, written by one.</summary>
internal sealed class LiveSource(string name, SourceSettings settings)
{
    private readonly Lock _gate = new();
    private Status _status = new(SourceState.Starting, null, null, null, null, 0, 0, 0);

    /// <param name="SucceededAtMs">When all of it was last read, Unix ms.</param>
    /// <param name="Error">Why it last failed; it names no person and no secret.</param>
    /// <param name="NextTryAtMs">When it is tried again; null where it does not fail.</param>
    public sealed record Status(
        SourceState State, long? SucceededAtMs, string? Error, long? ErrorAtMs, long? NextTryAtMs, long Accepted, long Duplicates,
        long Rejected);

    public string Name => name;

    public SourceSettings Settings => settings;

    /// <summary>The import that all of it comes in by, and is undone by.</summary>
    public string Batch => $"source-{name}";

    public Status Current
    {
        get
        {
            lock (_gate) return _status;
        }
    }

    public void Change(Func<Status, Status> change)
    {
        lock (_gate) _status = change(_status);
    }
}
