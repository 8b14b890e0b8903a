using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// The best ways from a root to everyone within a few hops: half of a search that meets in the middle.
/// Method: level by level (level = hops from the root). A person has the best label of any level so far; a longer way
/// is kept only where it is better. Equal ways (within <see cref="PathOrder.Tolerance"/>) are ordered by fewer hops, then
/// by ids. Labels of a level lie together in one pool and are never changed once the next level is begun, so the way
/// back from a label keeps its hops.
/// Cost: O(entries of the rows expanded); one bit a person says who is labelled, so a miss costs no more than that.
/// </summary>
internal sealed class PathLabels
{
    /// <summary>Index of the label of people who must not be on the way. No way is better, and it belongs to no level.</summary>
    private const int Excluded = 0;

    private const int Root = -1;
    private const int ExcludedLevel = -1;
    private const int MaxLevels = 8;
    private const int Stretch = 256;

    private readonly double[] _factors = new double[Stretch];
    private readonly int[] _levelStart = new int[MaxLevels + 1];
    private readonly double[] _levelBest = new double[MaxLevels + 1];
    private readonly int[] _way = new int[MaxLevels];
    private readonly int[] _otherWay = new int[MaxLevels];
    private ulong[] _isLabelled = [];
    private int[] _labelOf = [];
    private Label[] _labels = new Label[1024];
    private readonly List<int> _excluded = [];
    private int _count;
    private bool _rootComesFirst;

    public struct Label
    {
        public double Value;
        public int Person;

        /// <summary>The label one hop nearer to the root.</summary>
        public int Next;
        public int Level;
    }

    /// <summary>Levels there are.</summary>
    public int Level { get; private set; }

    /// <summary>The best value of a label of the last level; 0 where that has none.</summary>
    public double LevelBest => _levelBest[Level];

    /// <summary>How many labels the last level has: the rows to visit for one more.</summary>
    public int LevelCount => _count - _levelStart[Level];

    public ReadOnlySpan<Label> Labels => _labels.AsSpan(0, _count);

    /// <summary>Empties it for a search among so many people. Level 1 is to be added.</summary>
    /// <param name="people">Of the snapshot.</param>
    /// <param name="rootComesFirst">Whether paths are read from the root (it orders equal ones).</param>
    public void Begin(int people, bool rootComesFirst)
    {
        Clear();
        if (_labelOf.Length < people)
        {
            _labelOf = new int[people + people / 4];
            LargePages.Gather(_labelOf);
            _isLabelled = new ulong[(_labelOf.Length >> 6) + 1];
        }
        _rootComesFirst = rootComesFirst;
        _labels[Excluded] = new Label { Value = double.PositiveInfinity, Level = ExcludedLevel, Next = Root };
        _count = 1;
        Level = 1;
        _levelStart[1] = 1;
        _levelBest[1] = 0;
    }

    public void Exclude(int person)
    {
        _isLabelled[person >> 6] |= 1UL << person;
        _labelOf[person] = Excluded;
        _excluded.Add(person);
    }

    /// <summary>Adds a label of level 1, unless the person is excluded.</summary>
    public void Add(int person, double value)
    {
        if (IsLabelled(person)) return;
        EnsureRoom(1);
        Create(person, value, Root);
        _levelBest[1] = Math.Max(_levelBest[1], value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLabelled(int person) => (_isLabelled[person >> 6] >> person & 1) != 0;

    public bool IsExcluded(int person) => IsLabelled(person) && _labelOf[person] == Excluded;

    /// <summary>The label of someone who is labelled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Label Of(int person) => ref _labels[_labelOf[person]];

    /// <summary>
    /// Adds the next level: everyone one hop further, but people who are closed (they are labelled where
    /// <paramref name="labelClosed"/>, and never expanded), and ways worth less than <paramref name="least"/>.
    /// </summary>
    public void Expand(SearchGraph graph, double least, bool labelClosed = false)
    {
        var (first, end) = (_levelStart[Level], _count);
        _levelStart[++Level] = end;
        _levelBest[Level] = 0;
        for (var index = first; index < end; index++)
        {
            if (index + 8 < end) graph.PrefetchReference(_labels[index + 8].Person);
            if (index + 4 < end) graph.PrefetchRow(_labels[index + 4].Person);
            var (person, value) = (_labels[index].Person, _labels[index].Value);
            if (labelClosed && graph.Constraints.IsClosed(person)) continue;
            var row = graph.MutualRow(person);
            if (least > 0) row = row.First(CountAtLeast(row.Hop, graph.Factor.MinMutual(least / value)));
            var hasBlocks = graph.Constraints.HasBlocks(person);
            for (var start = 0; start < row.Length; start += Stretch)
            {
                var length = Math.Min(Stretch, row.Length - start);
                graph.Factor.Fill(row.Hop.Slice(start, length), _factors);
                EnsureRoom(length);
                ExpandStretch(graph, row.Neighbours.Slice(start, length), row.Mutual.Slice(start, length), index, person, value, hasBlocks,
                    labelClosed);
            }
        }
    }

    /// <summary>How many of the leading entries (descending) are at least so strong.</summary>
    public static int CountAtLeast(ReadOnlySpan<float> mutual, float least)
    {
        var (low, high) = (0, mutual.Length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (mutual[middle] >= least) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The people from a label to the root, without the root; returns how many.</summary>
    public int WayOf(in Label label, Span<int> people)
    {
        people[0] = label.Person;
        var count = 1;
        for (var next = label.Next; next != Root; next = _labels[next].Next) people[count++] = _labels[next].Person;
        return count;
    }

    public void Clear()
    {
        foreach (ref readonly var label in _labels.AsSpan(0, _count)) _isLabelled.AsSpan()[label.Person >> 6] = 0;
        foreach (var person in _excluded) _isLabelled[person >> 6] = 0;
        _excluded.Clear();
        _count = 0;
    }

    private void ExpandStretch(
        SearchGraph graph, ReadOnlySpan<int> neighbours, ReadOnlySpan<float> mutual, int from, int person, double value, bool hasBlocks,
            bool labelClosed)
    {
        var best = _levelBest[Level];
        for (var i = 0; i < neighbours.Length; i++)
        {
            var neighbour = neighbours[i];
            var reached = value * _factors[i];
            if (!graph.Carries(mutual[i])) continue;
            if (hasBlocks && graph.Constraints.IsBlocked(person, neighbour)) continue;
            if (!IsLabelled(neighbour))
            {
                if (!labelClosed && graph.Constraints.IsClosed(neighbour)) continue;
                Create(neighbour, reached, from);
                best = Math.Max(best, reached);
                continue;
            }
            ref var label = ref _labels[_labelOf[neighbour]];
            if (reached > label.Value * (1 + PathOrder.Tolerance))
            {
                if (label.Level == Level) (label.Value, label.Next) = (reached, from);
                else Create(neighbour, reached, from);
                best = Math.Max(best, reached);
            }
            else if (label.Level == Level && reached >= label.Value * (1 - PathOrder.Tolerance)
                && ComesBefore(graph.Snapshot.Ids, from, label.Next))
            {
                (label.Value, label.Next) = (reached, from);
            }
        }
        _levelBest[Level] = best;
    }

    /// <summary>Whether, of two equally good ways of a level, the first is the one to keep.</summary>
    private bool ComesBefore(PersonIds ids, int label, int other)
    {
        var count = WayOf(_labels[label], _way);
        WayOf(_labels[other], _otherWay);
        var way = _way.AsSpan(0, count);
        var otherWay = _otherWay.AsSpan(0, count);
        if (_rootComesFirst)
        {
            way.Reverse();
            otherWay.Reverse();
        }
        return PathOrder.CompareIds(ids, way, otherWay) < 0;
    }

    private void Create(int person, double value, int next)
    {
        _isLabelled[person >> 6] |= 1UL << person;
        _labelOf[person] = _count;
        _labels[_count++] = new Label { Value = value, Person = person, Next = next, Level = Level };
    }

    private void EnsureRoom(int more)
    {
        if (_count + more > _labels.Length) Array.Resize(ref _labels, Math.Max(_count + more, 2 * _labels.Length));
    }
}
