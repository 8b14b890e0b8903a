namespace NetworkGraph.LoadTests.Crash;

/// <summary>A batch that was sent in a round.</summary>
internal sealed class SentBatch(CrashBatch batch)
{
    public CrashBatch Batch => batch;

    /// <summary>Whether the server said, before it was killed, that all of it is durable.</summary>
    public bool IsAcknowledged { get; set; }
}

/// <summary>What the clients of one round have sent, until the server is killed at its moment. For several threads.</summary>
/// <param name="kill">Kills the server.</param>
/// <param name="moment">After how many acknowledgements.</param>
/// <param name="make">Makes the next batch.</param>
internal sealed class CrashSending(Action kill, int moment, Func<CrashBatch> make)
{
    private readonly Lock _gate = new();
    private readonly List<SentBatch> _sent = [];
    private readonly List<string> _faults = [];
    private int _acknowledgements;
    private bool _isKilled;

    /// <summary>All that was sent; once the clients have ended.</summary>
    public IReadOnlyList<SentBatch> Sent => _sent;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether the server was killed, or is about to be.</summary>
    public bool IsKilled
    {
        get
        {
            lock (_gate) return _isKilled;
        }
    }

    /// <summary>The next batch to send; null once the server was killed.</summary>
    public SentBatch? Next()
    {
        lock (_gate)
        {
            if (_isKilled) return null;
            var sent = new SentBatch(make());
            _sent.Add(sent);
            return sent;
        }
    }

    /// <summary>The server says that all of a batch is durable.</summary>
    public void Acknowledge(SentBatch sent)
    {
        lock (_gate)
        {
            sent.IsAcknowledged = true;
            if (++_acknowledgements < moment || _isKilled) return;
            _isKilled = true;
            kill();
        }
    }

    public void Fault(string fault)
    {
        lock (_gate) _faults.Add(fault);
    }
}
