using NetworkGraph.People.Histories;

namespace NetworkGraph.People;

/// <summary>
/// The dyads of a range, out of all that are added in any order. Method: a heap of as many as the range takes, the last
/// place on top; of a person with many ties nearly all are passed over by one comparison. O(n log k), memory O(k).
/// </summary>
internal sealed class TieChoice(TieRange range)
{
    private static readonly Comparer<TiePlace> s_lastFirst = Comparer<TiePlace>.Create(static (a, b) => b.CompareTo(a));

    private readonly PriorityQueue<DyadView, TiePlace> _chosen = new(s_lastFirst);

    public int Count => _chosen.Count;

    public void Add(TiePlace place, DyadView dyad)
    {
        if (range.After is { } after && place <= after) return;
        if (_chosen.Count < range.Most) _chosen.Enqueue(dyad, place);
        else _chosen.EnqueueDequeue(dyad, place);
    }

    /// <summary>Takes them out, the first place first.</summary>
    public DyadView[] InOrder()
    {
        var dyads = new DyadView[_chosen.Count];
        for (var i = dyads.Length - 1; i >= 0; i--) dyads[i] = _chosen.Dequeue();
        return dyads;
    }
}
