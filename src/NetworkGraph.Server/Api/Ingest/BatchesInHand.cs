namespace NetworkGraph.Server.Api.Ingest;

/// <summary>The imports to which a body belongs that is being sent just now.</summary>
internal sealed class BatchesInHand
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bodies = new(StringComparer.Ordinal);

    public bool Has(string batch)
    {
        lock (_gate) return _bodies.ContainsKey(batch);
    }

    /// <summary>A body is being sent, until what is returned is disposed of.</summary>
    public IDisposable Begin(string batch)
    {
        lock (_gate) _bodies[batch] = _bodies.GetValueOrDefault(batch) + 1;
        return new Body(this, batch);
    }

    private sealed class Body(BatchesInHand all, string batch) : IDisposable
    {
        public void Dispose()
        {
            lock (all._gate)
            {
                if (--all._bodies[batch] == 0) all._bodies.Remove(batch);
            }
        }
    }
}
