using NetworkGraph.Interactions;
using NetworkGraph.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Http.Bodies;

namespace NetworkGraph.Server.Http.People;

/// <summary>What became of many profiles.</summary>
public sealed record ProfilesAnswer(long Accepted, long RejectedCount, IReadOnlyList<RejectedLine> Rejected);

/// <summary>Takes profiles a line at a time and appends them in batches; memory for a batch, not for the body.</summary>
internal sealed class ProfileIntake(IInteractionLog log, TimeProvider clock)
{
    private const int BatchSize = 512;
    private const int MaxRejectedListed = 1000;
    private readonly List<LogRecord> _batch = new(BatchSize);
    private readonly List<RejectedLine> _rejected = [];
    private long _rejectedCount;

    /// <summary>Durable so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Takes a line; false where the log is overloaded.</summary>
    public ValueTask<bool> TakeAsync(NdjsonLine line, CancellationToken cancellation)
    {
        if (line.TooLong)
        {
            Reject(new RejectedLine(line.Number, null, "line", "is too long"));
            return new(true);
        }
        var parsed = ProfileJson.Parse(line.Utf8.Span);
        if (parsed.Profile is { } profile) _batch.Add(new ProfileChanged { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = profile });
        else if (parsed.Rejection is { } rejection) Reject(new RejectedLine(line.Number, parsed.Id, rejection.Field, rejection.Reason));
        return _batch.Count < BatchSize ? new(true) : FlushAsync(cancellation);
    }

    /// <summary>Appends what is waiting; false where the log is overloaded.</summary>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellation)
    {
        if (_batch.Count == 0) return true;
        var receipt = await log.AppendAsync(_batch.ToArray(), cancellation);
        if (receipt.Overloaded) return false;
        Accepted += _batch.Count;
        _batch.Clear();
        return true;
    }

    public ProfilesAnswer Answer() => new(Accepted, _rejectedCount, _rejected);

    private void Reject(RejectedLine line)
    {
        if (++_rejectedCount <= MaxRejectedListed) _rejected.Add(line);
    }
}
