using System.Collections.Concurrent;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Identity;

/// <summary>One person: all ids, ordinal, and the one by which the person is known.</summary>
public sealed record IdentityGroup(string Canonical, string[] Ids);

/// <summary>A standing merge of two ids.</summary>
public readonly record struct AliasEdge(string One, string Other, string Canonical, long SinceMs, long Position, string? Rule);

/// <summary>
/// The fold of aliases: which ids are one person's. Merges are edges between ids, a person is a connected component, and the
/// newest standing edge that names one of its ids as canonical decides which that is. So a split gives back exactly what was before.
/// One writer (<see cref="Apply"/>, <see cref="Forget"/>); any number of readers without locks.
/// </summary>
public sealed class AliasStore
{
    private readonly ConcurrentDictionary<string, IdentityGroup> _groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), AliasEdge> _edges = new();
    private readonly ConcurrentDictionary<(string, string), long> _distinct = new();
    private readonly Dictionary<string, SortedSet<string>> _merged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<long>> _positions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Accepted, long Rejected)> _decided = new(StringComparer.Ordinal);
    private int _changes;

    /// <summary>How often somebody's ids changed.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Standing merges, in no order.</summary>
    public ICollection<AliasEdge> Edges => _edges.Values;

    /// <summary>Pairs that are not to be suggested again, each in ordinal order.</summary>
    public ICollection<(string One, string Other)> DistinctPairs => _distinct.Keys;

    /// <summary>How often suggestions of each rule were accepted and rejected.</summary>
    public IReadOnlyDictionary<string, (long Accepted, long Rejected)> Decided => _decided;

    /// <summary>People with more than one id.</summary>
    public IEnumerable<IdentityGroup> Groups => _groups.Where(static group => group.Key == group.Value.Canonical).Select(static group => group.Value);

    /// <summary>The id by which the person is known; the id itself where it has no other.</summary>
    public string CanonicalOf(string id) => _groups.TryGetValue(id, out var group) ? group.Canonical : id;

    /// <summary>All ids of the person, ordinal.</summary>
    public IReadOnlyList<string> IdsOf(string id) => _groups.TryGetValue(id, out var group) ? group.Ids : [id];

    /// <summary>The standing merges of a person's ids, in order of their two ids.</summary>
    public IReadOnlyList<AliasEdge> EdgesOf(string id)
    {
        var ids = IdsOf(id);
        return
        [
            .. Edges.Where(edge => ids.Contains(edge.One, StringComparer.Ordinal))
                .OrderBy(static edge => edge.One, StringComparer.Ordinal).ThenBy(static edge => edge.Other, StringComparer.Ordinal),
        ];
    }

    /// <summary>The standing merge of exactly these two ids; null where there is none.</summary>
    public AliasEdge? EdgeOf(string one, string other) => _edges.TryGetValue(Pair(one, other), out var edge) ? edge : null;

    public bool AreDistinct(string one, string other) => _distinct.ContainsKey(Pair(one, other));

    /// <summary>Ids said to be other people's than this one.</summary>
    public IReadOnlyList<string> DistinctFrom(string id) =>
        [.. DistinctPairs.Where(pair => pair.One == id || pair.Other == id).Select(pair => pair.One == id ? pair.Other : pair.One).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Takes in a record. Returns everybody whose ids or whose canonical id changed by it: each person as they are now, those
    /// with a single id among them. No one where nothing changed.
    /// </summary>
    public IReadOnlyList<IdentityGroup> Apply(AliasChanged record, long position)
    {
        ArgumentNullException.ThrowIfNull(record);
        Remember(position, record.One);
        Remember(position, record.Other);
        if (record.Canonical is { } named) Remember(position, named);
        if (record.Rule is { } rule)
        {
            var (accepted, rejected) = _decided.GetValueOrDefault(rule);
            _decided[rule] = record.Change is AliasChange.Merged ? (accepted + 1, rejected) : (accepted, rejected + 1);
        }
        var pair = Pair(record.One, record.Other);
        switch (record.Change)
        {
            case AliasChange.Merged:
                _distinct.TryRemove(pair, out _);
                _edges[pair] = new AliasEdge(pair.One, pair.Other, record.Canonical ?? pair.One, record.AtMs, position, record.Rule);
                Neighbours(pair.One).Add(pair.Other);
                Neighbours(pair.Other).Add(pair.One);
                break;
            case AliasChange.Split:
                if (!_edges.TryRemove(pair, out _)) return [];
                Part(pair);
                break;
            default:
                _distinct[pair] = position;
                return [];
        }
        return Regroup([.. IdsOf(record.One), .. IdsOf(record.Other)]);
    }

    /// <summary>Where in the log aliases name an id, ascending. Only for the one writer.</summary>
    public IReadOnlyCollection<long> PositionsNaming(string id) => _positions.TryGetValue(id, out var positions) ? positions : [];

    /// <summary>Forgets everything that was said of an id. Returns whom that leaves changed, as <see cref="Apply"/> does.</summary>
    public IReadOnlyList<IdentityGroup> Forget(string id)
    {
        if (!_positions.Remove(id, out var erased)) return [];
        foreach (var positions in _positions.Values) positions.ExceptWith(erased);
        var before = IdsOf(id);
        foreach (var pair in _edges.Keys.Where(pair => pair.Item1 == id || pair.Item2 == id))
        {
            _edges.TryRemove(pair, out _);
            Part(pair);
        }
        foreach (var (pair, edge) in _edges.Where(edge => edge.Value.Canonical == id)) _edges[pair] = edge with { Canonical = pair.Item1 };
        foreach (var pair in _distinct.Keys.Where(pair => pair.Item1 == id || pair.Item2 == id)) _distinct.TryRemove(pair, out _);
        return Regroup(before);
    }

    /// <summary>Whether aliases stand at any of these positions of the log. Only for the one writer.</summary>
    public bool AreAt(IReadOnlySet<long> positions) => _positions.Values.Any(named => named.Overlaps(positions));

    /// <summary>Forgets the ids that only records at these positions name: what another node erased.</summary>
    public IReadOnlyList<IdentityGroup> ForgetAt(IReadOnlySet<long> positions)
    {
        var changed = new Dictionary<string, IdentityGroup>(StringComparer.Ordinal);
        foreach (var id in _positions.Where(named => named.Value.All(positions.Contains)).Select(static named => named.Key).ToArray())
            foreach (var group in Forget(id)) changed[group.Canonical] = group;
        return [.. changed.Values];
    }

    /// <summary>Everything as records that fold to the same, in order of position, with where they stand: for a checkpoint.</summary>
    public IReadOnlyList<(AliasChanged Record, long Position)> All()
    {
        var records = new List<(AliasChanged Record, long Position)>();
        foreach (var edge in _edges.Values)
            records.Add((new AliasChanged { AtMs = edge.SinceMs, One = edge.One, Other = edge.Other, Change = AliasChange.Merged, Canonical = edge.Canonical }, edge.Position));
        foreach (var ((one, other), position) in _distinct)
            records.Add((new AliasChanged { AtMs = 0, One = one, Other = other, Change = AliasChange.Distinct }, position));
        records.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return records;
    }

    internal IReadOnlyDictionary<string, SortedSet<long>> Positions => _positions;

    internal void RestorePositions(string id, IEnumerable<long> positions) => _positions[id] = [.. positions];

    internal void RestoreDecided(string rule, long accepted, long rejected) => _decided[rule] = (accepted, rejected);

    /// <summary>Finds the components of these ids anew, and returns those that are not as they were.</summary>
    private List<IdentityGroup> Regroup(IReadOnlyList<string> ids)
    {
        var changed = new List<IdentityGroup>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (seen.Contains(id)) continue;
            var component = Component(id);
            seen.UnionWith(component);
            var group = new IdentityGroup(CanonicalAmong(component), [.. component]);
            foreach (var member in component)
            {
                var before = _groups.GetValueOrDefault(member);
                if (component.Count == 1 ? before is null : before is not null && before.Canonical == group.Canonical && before.Ids.SequenceEqual(group.Ids)) continue;
                changed.Add(group);
                break;
            }
        }
        foreach (var group in changed)
        {
            foreach (var member in group.Ids)
            {
                if (group.Ids.Length > 1) _groups[member] = group;
                else _groups.TryRemove(member, out _);
            }
        }
        if (changed.Count > 0) Interlocked.Increment(ref _changes);
        return changed;
    }

    private SortedSet<string> Component(string id)
    {
        var component = new SortedSet<string>(StringComparer.Ordinal) { id };
        var open = new Stack<string>([id]);
        while (open.TryPop(out var next))
            if (_merged.TryGetValue(next, out var neighbours))
                foreach (var neighbour in neighbours)
                    if (component.Add(neighbour)) open.Push(neighbour);
        return component;
    }

    private string CanonicalAmong(SortedSet<string> component)
    {
        AliasEdge? newest = null;
        foreach (var one in component)
        {
            if (!_merged.TryGetValue(one, out var neighbours)) continue;
            foreach (var other in neighbours)
                if (string.CompareOrdinal(one, other) < 0 && _edges.TryGetValue((one, other), out var edge)
                    && component.Contains(edge.Canonical) && (newest is not { } known || edge.Position > known.Position)) newest = edge;
        }
        return newest?.Canonical ?? component.Min!;
    }

    private SortedSet<string> Neighbours(string id)
    {
        if (!_merged.TryGetValue(id, out var neighbours)) _merged[id] = neighbours = new SortedSet<string>(StringComparer.Ordinal);
        return neighbours;
    }

    private void Part((string One, string Other) pair)
    {
        Part(pair.One, pair.Other);
        Part(pair.Other, pair.One);
    }

    private void Part(string id, string from)
    {
        if (!_merged.TryGetValue(id, out var neighbours)) return;
        neighbours.Remove(from);
        if (neighbours.Count == 0) _merged.Remove(id);
    }

    private void Remember(long position, string id)
    {
        if (!_positions.TryGetValue(id, out var positions)) _positions[id] = positions = [];
        positions.Add(position);
    }

    private static (string One, string Other) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
