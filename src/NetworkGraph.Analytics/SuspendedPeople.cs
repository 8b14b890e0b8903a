using System.Collections.Concurrent;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Analytics;

/// <summary>
/// People whose folded history is known to differ from the log: nothing is answered of them until it is right. Thread-safe.
/// </summary>
public sealed class SuspendedPeople
{
    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal);

    public int Count => _ids.Count;

    public void Add(string id) => _ids[id] = true;

    public void Remove(string id) => _ids.TryRemove(id, out _);

    /// <exception cref="LogUnavailableException">The person is suspended.</exception>
    public void Check(string id)
    {
        if (!_ids.IsEmpty && _ids.ContainsKey(id))
            throw new LogUnavailableException("What is kept of this person differs from the log, and is being put right.");
    }
}
