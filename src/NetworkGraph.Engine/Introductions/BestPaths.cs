using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>The best paths found so far, no two with the same first broker, and what a path must be worth to matter.</summary>
internal sealed class BestPaths
{
    public const int MaxPaths = 10;
    public const int MaxPeople = 7;
    private const int Remembered = 32;

    private readonly FoundPath[] _paths = [.. Enumerable.Range(0, MaxPaths).Select(_ => new FoundPath())];
    private readonly (double Value, int FirstBroker, int Target)[] _seen = new (double, int, int)[Remembered];
    private PersonIds _ids = null!;
    private int _capacity;
    private double _floor;
    private int _worst;
    private int _seenCount;

    public int Count { get; private set; }

    /// <summary>No path below this value is wanted (0 while any is); values are products of hop factors.</summary>
    public double MinValue { get; private set; }

    public ReadOnlySpan<FoundPath> Paths => _paths.AsSpan(0, Count);

    /// <param name="ids">They order equal paths.</param>
    /// <param name="capacity">How many paths to keep.</param>
    /// <param name="floor">A value that so many paths are known to reach.</param>
    public void Begin(PersonIds ids, int capacity, double floor = 0)
    {
        _ids = ids;
        _capacity = capacity;
        _floor = floor;
        Count = 0;
        MinValue = floor * PathOrder.Margin;
    }

    /// <summary>Forgets what was offered in earlier rounds.</summary>
    public void ForgetSeen() => _seenCount = 0;

    /// <summary>The best value offered since, of a path whose first broker and target are both free; 0 where none was.</summary>
    public double BestSeen(ReadOnlySpan<int> usedBrokers, ReadOnlySpan<int> usedTargets)
    {
        var best = 0.0;
        foreach (var (value, broker, target) in _seen.AsSpan(0, Math.Min(_seenCount, Remembered)))
            if (value > best && !usedBrokers.Contains(broker) && !usedTargets.Contains(target)) best = value;
        return best;
    }

    /// <summary>A path from source to target was found.</summary>
    public void Offer(double value, ReadOnlySpan<int> people)
    {
        if (value < MinValue) return;
        _seen[_seenCount++ % Remembered] = (value, people[1], people[^1]);
        var at = 0;
        while (at < Count && _paths[at].People[1] != people[1]) at++;
        if (at == Count)
        {
            if (Count < _capacity) Count++;
            else if (!_paths[_worst].IsAfter(_ids, value, people)) return;
            else at = _worst;
        }
        else if (!_paths[at].IsAfter(_ids, value, people))
        {
            return;
        }
        _paths[at].Set(value, people);
        if (Count < _capacity) return;
        _worst = 0;
        for (var i = 1; i < Count; i++)
            if (_paths[_worst].CompareTo(_ids, _paths[i]) < 0) _worst = i;
        MinValue = Math.Max(_floor, _paths[_worst].Value) * PathOrder.Margin;
    }

    /// <summary>Best first.</summary>
    public void Sort() => _paths.AsSpan(0, Count).Sort((a, b) => a.CompareTo(_ids, b));
}

/// <summary>People from source to target, and the product of their hops' factors.</summary>
internal sealed class FoundPath
{
    private readonly int[] _people = new int[BestPaths.MaxPeople];
    private int _count;

    public double Value { get; private set; }

    public ReadOnlySpan<int> People => _people.AsSpan(0, _count);

    public void Set(double value, ReadOnlySpan<int> people)
    {
        Value = value;
        _count = people.Length;
        people.CopyTo(_people);
    }

    public int CompareTo(PersonIds ids, FoundPath other) => PathOrder.Compare(ids, Value, People, other.Value, other.People);

    public bool IsAfter(PersonIds ids, double value, ReadOnlySpan<int> people) =>
        PathOrder.Compare(ids, value, people, Value, People) < 0;
}
