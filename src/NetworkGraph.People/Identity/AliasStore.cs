using System.Collections.Concurrent;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Identity;

/// <summary>One person: all ids, ordinal, and the one by which the person is known.</summary>
public sealed record IdentityGroup(string Canonical, string[] Ids);

/// <summary>A standing merge of two ids, as its newest source says it.</summary>
/// <param name="One">The id that comes first, ordinal.</param>
/// <param name="Other">The other id.</param>
/// <param name="Canonical">By which id the person was to be known.</param>
/// <param name="SinceMs">Unix ms.</param>
/// <param name="Position">Of the record that says it.</param>
/// <param name="Rule">The rule whose suggestion was accepted; null where nothing was suggested.</param>
/// <param name="Batch">The import that shows it; null where it was decided, which outweighs what imports show.</param>
public readonly record struct AliasEdge(
    string One, string Other, string Canonical, long SinceMs, long Position, string? Rule, string? Batch);

/// <summary>
/// The fold of aliases: which ids are one person's. Merges are edges between ids, each with its sources (a decision, imports); a
/// person is a connected component, and the newest decided edge that names one of its ids as canonical says which that is, else
/// the newest that an import shows. So a split gives back exactly what was before. What was split or called distinct by decision
/// no import merges again. One writer (<see cref="Apply"/>, <see cref="Forget"/>); any number of readers without locks.
/// </summary>
public sealed class AliasStore
{
    private readonly ConcurrentDictionary<string, IdentityGroup> _groups = new(StringComparer.Ordinal);
    private readonly AliasHistory _history = new();
    private Folded _state = new();
    private int _changes;

    /// <summary>How often somebody's ids, or what is said of them, changed.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>All records, as they came.</summary>
    public AliasHistory History => _history;

    /// <summary>Standing merges, in no order.</summary>
    public ICollection<AliasEdge> Edges => _state.Standing.Values;

    /// <summary>Pairs that are not to be suggested again, each in ordinal order.</summary>
    public ICollection<(string One, string Other)> DistinctPairs => _state.Distinct.Keys;

    /// <summary>How often suggestions of each rule were accepted and rejected.</summary>
    public IReadOnlyDictionary<string, (long Accepted, long Rejected)> Decided => _state.Decided;

    /// <summary>People with more than one id.</summary>
    public IEnumerable<IdentityGroup> Groups =>
        _groups.Where(static group => group.Key == group.Value.Canonical).Select(static group => group.Value);

    /// <summary>The id by which the person is known; the id itself where it has no other.</summary>
    public string CanonicalOf(string id) => _groups.TryGetValue(id, out var group) ? group.Canonical : id;

    /// <summary>All ids of the person, ordinal.</summary>
    public IReadOnlyList<string> IdsOf(string id) => _groups.TryGetValue(id, out var group) ? group.Ids : [id];

    /// <summary>The standing merges of a person's ids, in order of their two ids.</summary>
    public IReadOnlyList<AliasEdge> EdgesOf(string id)
    {
        if (!_groups.TryGetValue(id, out var group)) return [];
        return
        [
            .. Edges.Where(edge => Array.BinarySearch(group.Ids, edge.One, StringComparer.Ordinal) >= 0)
                .OrderBy(static edge => edge.One, StringComparer.Ordinal).ThenBy(static edge => edge.Other, StringComparer.Ordinal),
        ];
    }

    /// <summary>The standing merge of exactly these two ids; null where there is none.</summary>
    public AliasEdge? EdgeOf(string one, string other) => _state.Standing.TryGetValue(Pair(one, other), out var edge) ? edge : null;

    public bool AreDistinct(string one, string other) => _state.Distinct.ContainsKey(Pair(one, other));

    /// <summary>Ids said to be other people's than this one.</summary>
    public IReadOnlyList<string> DistinctFrom(string id) =>
        [.. DistinctPairs.Where(pair => pair.One == id || pair.Other == id).Select(pair => pair.One == id ? pair.Other : pair.One).Order(
            StringComparer.Ordinal)];

    /// <summary>
    /// Takes in a record. Returns everybody whose ids or whose canonical id changed by it: each person as they are now, those
    /// with a single id among them. No one where nothing changed.
    /// </summary>
    public IReadOnlyList<IdentityGroup> Apply(AliasChanged record, long position)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isChange = _state.Apply(record, position);
        _history.Add(record, position, isChange);
        if (!isChange) return [];
        Interlocked.Increment(ref _changes);
        return record.Change is AliasChange.Distinct ? [] : Regroup([.. IdsOf(record.One), .. IdsOf(record.Other)]);
    }

    /// <summary>Where in the log aliases name an id, ascending. Only for the one writer.</summary>
    public IReadOnlyCollection<long> PositionsNaming(string id) => _history.PositionsNaming(id);

    /// <summary>Forgets all records that name an id. Returns whom that leaves changed, as <see cref="Apply"/> does.</summary>
    public IReadOnlyList<IdentityGroup> Forget(string id) => Without(_history.PositionsNaming(id).ToHashSet());

    /// <summary>Whether aliases stand at any of these positions of the log. Only for the one writer.</summary>
    public bool AreAt(IReadOnlySet<long> positions) => _history.AreAt(positions);

    /// <summary>Forgets the records at these positions: what another node erased.</summary>
    public IReadOnlyList<IdentityGroup> ForgetAt(IReadOnlySet<long> positions) => Without(positions);

    /// <summary>What is left is folded anew: it is then as if the others had never been.</summary>
    private List<IdentityGroup> Without(IReadOnlySet<long> positions)
    {
        var named = _history.Remove(positions);
        if (named.Count == 0) return [];
        var state = new Folded();
        _history.Replay(state.Apply);
        _state = state;
        Interlocked.Increment(ref _changes);
        return Regroup([.. named.SelectMany(IdsOf).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Finds the components of these ids anew, and returns those that are not as they were.</summary>
    private List<IdentityGroup> Regroup(IReadOnlyList<string> ids)
    {
        var changed = new List<IdentityGroup>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (seen.Contains(id)) continue;
            var component = _state.ComponentOf(id);
            seen.UnionWith(component);
            var group = new IdentityGroup(_state.CanonicalAmong(component), [.. component]);
            foreach (var member in component)
            {
                var before = _groups.GetValueOrDefault(member);
                if (component.Count == 1 ? before is null : before is not null && before.Canonical == group.Canonical
                    && before.Ids.SequenceEqual(group.Ids)) continue;
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
        return changed;
    }

    private static (string One, string Other) Pair(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);

    /// <summary>What the records say when taken in order. One writer.</summary>
    private sealed class Folded
    {
        private readonly Dictionary<(string, string), List<AliasEdge>> _sources = [];
        private readonly HashSet<(string, string)> _split = [];
        private readonly Dictionary<string, SortedSet<string>> _neighbours = new(StringComparer.Ordinal);

        public ConcurrentDictionary<(string One, string Other), AliasEdge> Standing { get; } = new();

        public ConcurrentDictionary<(string One, string Other), long> Distinct { get; } = new();

        public ConcurrentDictionary<string, (long Accepted, long Rejected)> Decided { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether the record says anything new.</summary>
        public bool Apply(AliasChanged record, long position)
        {
            var pair = Pair(record.One, record.Other);
            if (record.Rule is { } rule)
            {
                var (accepted, rejected) = Decided.GetValueOrDefault(rule);
                Decided[rule] = record.Change is AliasChange.Merged ? (accepted + 1, rejected) : (accepted, rejected + 1);
            }
            switch (record.Change)
            {
                case AliasChange.Merged:
                    return Merge(pair, record, position);
                case AliasChange.Split:
                    if (record.Batch is null) _split.Add(pair);
                    return Split(pair, record.Batch);
                default:
                    Distinct[pair] = position;
                    return true;
            }
        }

        public SortedSet<string> ComponentOf(string id)
        {
            var component = new SortedSet<string>(StringComparer.Ordinal) { id };
            var open = new Stack<string>([id]);
            while (open.TryPop(out var next))
                if (_neighbours.TryGetValue(next, out var neighbours))
                    foreach (var neighbour in neighbours)
                        if (component.Add(neighbour)) open.Push(neighbour);
            return component;
        }

        public string CanonicalAmong(SortedSet<string> component)
        {
            AliasEdge? newest = null;
            foreach (var one in component)
            {
                if (!_neighbours.TryGetValue(one, out var neighbours)) continue;
                foreach (var other in neighbours)
                {
                    if (string.CompareOrdinal(one, other) > 0 || !component.Contains(Standing[(one, other)].Canonical)) continue;
                    var edge = Standing[(one, other)];
                    if (newest is not { } known || Outweighs(edge, known)) newest = edge;
                }
            }
            return newest?.Canonical ?? component.Min!;
        }

        private bool Merge((string One, string Other) pair, AliasChanged record, long position)
        {
            if (!_sources.TryGetValue(pair, out var sources)) _sources[pair] = sources = [];
            var known = sources.FindIndex(source => source.Batch == record.Batch);
            // An import shows a thing once, and nothing that was decided otherwise.
            if (record.Batch is not null && (known >= 0 || Distinct.ContainsKey(pair) || _split.Contains(pair))) return false;
            if (record.Batch is null)
            {
                Distinct.TryRemove(pair, out _);
                _split.Remove(pair);
            }
            if (known >= 0) sources.RemoveAt(known);
            sources.Add(new AliasEdge(
                pair.One, pair.Other, record.Canonical ?? pair.One, record.AtMs, position, record.Rule, record.Batch));
            Settle(pair, sources);
            return true;
        }

        private bool Split((string One, string Other) pair, string? batch)
        {
            if (!_sources.TryGetValue(pair, out var sources) || sources.Count == 0) return false;
            if (batch is null) sources.Clear();
            else if (sources.RemoveAll(source => source.Batch == batch) == 0) return false;
            Settle(pair, sources);
            return true;
        }

        private void Settle((string One, string Other) pair, List<AliasEdge> sources)
        {
            if (sources.Count == 0)
            {
                Standing.TryRemove(pair, out _);
                Part(pair.One, pair.Other);
                Part(pair.Other, pair.One);
                return;
            }
            var newest = sources[0];
            foreach (var source in sources)
                if (Outweighs(source, newest)) newest = source;
            Standing[pair] = newest;
            Join(pair.One, pair.Other);
            Join(pair.Other, pair.One);
        }

        private static bool Outweighs(AliasEdge edge, AliasEdge other) =>
            edge.Batch is null == other.Batch is null ? edge.Position > other.Position : edge.Batch is null;

        private void Join(string id, string with)
        {
            if (!_neighbours.TryGetValue(id, out var neighbours))
                _neighbours[id] = neighbours = new SortedSet<string>(StringComparer.Ordinal);
            neighbours.Add(with);
        }

        private void Part(string id, string from)
        {
            if (!_neighbours.TryGetValue(id, out var neighbours)) return;
            neighbours.Remove(from);
            if (neighbours.Count == 0) _neighbours.Remove(id);
        }
    }
}
