using System.Runtime.InteropServices;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>One introduction search at a time, and the memory it needs, kept from search to search.</summary>
internal sealed class IntroductionWorkspace
{
    /// <summary>What labelling a row costs, in rows scanned.</summary>
    private const int LabelCost = 2;

    private readonly SearchGraph _graph = new();
    private readonly PathLabels _labels = new();
    private readonly BestPaths _best = new();
    private readonly PathScan _scan;
    private readonly List<int> _targets = [];
    private readonly List<int> _contacts = [];
    private readonly List<IntroductionPath> _toContacts = [];
    private int _source;
    private IntroductionOptions _options = new();

    public IntroductionWorkspace() => _scan = new PathScan(_graph, _labels, _best);

    public SearchGraph Graph => _graph;

    public PathLabels Labels => _labels;

    private NetworkSnapshot Snapshot => _graph.Snapshot;

    public void Release()
    {
        _scan.Release();
        _graph.Release();
    }

    public IReadOnlyList<IntroductionPath> ToOne(
        NetworkSnapshot snapshot, int source, int target, IntroductionOptions options, CancellationToken cancellation)
    {
        Use(snapshot, source, options, cancellation);
        if (_graph.MutualCount(source) == 0 || _graph.MutualCount(target) == 0) return [];
        FromSource(target, options.Paths);
        return Results();
    }

    public IReadOnlyList<IntroductionPath> ToAny(
        NetworkSnapshot snapshot, int source, IReadOnlyCollection<int> targets, IntroductionOptions options, CancellationToken cancellation)
    {
        Use(snapshot, source, options, cancellation);
        SplitTargets(targets);
        if (_graph.MutualCount(source) == 0) return [];
        _toContacts.Clear();
        foreach (var contact in _contacts)
        {
            FromSource(contact, options.Paths);
            _toContacts.AddRange(Results());
        }
        _scan.Begin(startIsSource: false, source);
        _scan.SetStarts(CollectionsMarshal.AsSpan(_targets));
        return InRounds();
    }

    /// <summary>
    /// The best path from one person to any of several whose first broker and target have not been used; null where there is
    /// none. Fewer than <see cref="BestPaths.MaxPaths"/> have been used.
    /// </summary>
    public IntroductionPath? BestToAny(
        NetworkSnapshot snapshot, int source, IReadOnlyCollection<int> targets, IntroductionOptions options, List<int> usedBrokers,
            List<int> usedTargets,
        CancellationToken cancellation)
    {
        Use(snapshot, source, options, cancellation);
        SplitTargets(targets);
        if (_graph.MutualCount(source) == 0) return null;
        var (brokers, without) = (usedBrokers.ToArray(), usedTargets.ToArray());
        foreach (var contact in _contacts)
        {
            if (without.Contains(contact)) continue;
            // One more than were used: so one that was not is among them, if there is any.
            FromSource(contact, brokers.Length + 1);
            _toContacts.AddRange(Results());
        }
        _scan.Begin(startIsSource: false, source);
        _scan.SetStarts(CollectionsMarshal.AsSpan(_targets));
        _best.ForgetSeen();
        _best.Begin(Snapshot.Ids, 1);
        OfferToContacts(brokers, without);
        _labels.Begin(Snapshot.People, rootComesFirst: true);
        _labels.Exclude(_source);
        LabelContacts(_source, brokers);
        Deepen(null, without);
        return _best.Count == 0 ? null : Result(_best.Paths[0]);
    }

    /// <summary>What is read from here on, for searches that begin with no one person.</summary>
    public void Use(NetworkSnapshot snapshot, IntroductionOptions options, CancellationToken cancellation) =>
        Use(snapshot, -1, options, cancellation);

    private void Use(NetworkSnapshot snapshot, int source, IntroductionOptions options, CancellationToken cancellation)
    {
        _graph.Use(snapshot, options, cancellation);
        _source = source;
        _options = options;
        _targets.Clear();
        _contacts.Clear();
        _toContacts.Clear();
    }

    /// <summary>Labels from the target, walks from the source: the k best first brokers at once, into the best paths.</summary>
    private void FromSource(int target, int paths)
    {
        _labels.Begin(Snapshot.People, rootComesFirst: false);
        _labels.Exclude(_source);
        _labels.Exclude(target);
        _best.Begin(Snapshot.Ids, paths);
        _scan.Begin(startIsSource: true, target);
        LabelContacts(target, []);
        Deepen(_source, []);
    }

    /// <summary>
    /// Labels from the source, walks from all targets: each round finds the best path with a first broker and a target not
    /// used yet.
    /// </summary>
    private List<IntroductionPath> InRounds()
    {
        var found = new List<IntroductionPath>(_options.Paths);
        Span<int> brokers = stackalloc int[BestPaths.MaxPaths];
        Span<int> targets = stackalloc int[BestPaths.MaxPaths];
        _best.ForgetSeen();
        while (found.Count < _options.Paths)
        {
            var usedBrokers = brokers[..found.Count];
            var usedTargets = targets[..found.Count];
            _best.Begin(Snapshot.Ids, 1, _best.BestSeen(usedBrokers, usedTargets));
            OfferToContacts(usedBrokers, usedTargets);
            _labels.Begin(Snapshot.People, rootComesFirst: true);
            _labels.Exclude(_source);
            LabelContacts(_source, usedBrokers);
            Deepen(null, usedTargets);
            if (_best.Count == 0) break;
            var path = Result(_best.Paths[0]);
            (brokers[found.Count], targets[found.Count]) = (path.FirstBroker, path.Target);
            found.Add(path);
        }
        return found;
    }

    /// <summary>Level 1: everyone who may broker and has a mutual tie with the root.</summary>
    private void LabelContacts(int root, ReadOnlySpan<int> used)
    {
        var row = _graph.MutualRow(root);
        var hasBlocks = _graph.Constraints.HasBlocks(root);
        for (var i = 0; i < row.Length; i++)
        {
            var contact = row.Neighbours[i];
            if (!_graph.Carries(row.Mutual[i]) || _graph.Constraints.IsClosed(contact) || used.Contains(contact)) continue;
            if (hasBlocks && _graph.Constraints.IsBlocked(root, contact)) continue;
            _labels.Add(contact, _graph.Factor.Of(row.Hop[i]));
        }
    }

    /// <summary>
    /// Finds paths of 2, 3 ... hops by deepening one side at a time, the one with fewer rows to visit; stops where a side
    /// has nothing further. All paths of at most as many hops as both sides are deep have been found after each step.
    /// </summary>
    /// <param name="start">Where walks start; null for all the targets but <paramref name="without"/>.</param>
    /// <param name="without">Targets that were used.</param>
    private void Deepen(int? start, ReadOnlySpan<int> without)
    {
        var depth = 1;
        Scan(start, without, depth);
        while (_labels.Level + depth < _options.MaxHops)
        {
            if (_labels.LevelBest == 0 || _scan.Reach == 0) return;
            if (depth == PathScan.MaxDepth || (long)_labels.LevelCount * LabelCost < _scan.Ends)
                _labels.Expand(_graph, _best.MinValue / _scan.Reach);
            else
                depth++;
            Scan(start, without, depth);
        }
    }

    private void Scan(int? start, ReadOnlySpan<int> without, int depth)
    {
        if (_labels.LevelBest == 0) return;
        if (start is { } one) _scan.FromOne(one, depth);
        else _scan.FromMany(without, depth);
    }

    /// <summary>
    /// Sets contacts of the source apart. A label may come from the very target a walk starts at only where that is a
    /// contact of the source, so those are searched for one by one.
    /// </summary>
    private void SplitTargets(IReadOnlyCollection<int> targets)
    {
        var wanted = new HashSet<int>(targets.Count);
        foreach (var target in targets)
            if (target < Snapshot.People && target != _source && _graph.MutualCount(target) > 0) wanted.Add(target);
        foreach (var contact in _graph.MutualRow(_source).Neighbours)
            if (wanted.Remove(contact)) _contacts.Add(contact);
        _targets.AddRange(wanted);
    }

    private void OfferToContacts(ReadOnlySpan<int> usedBrokers, ReadOnlySpan<int> usedTargets)
    {
        Span<int> people = stackalloc int[BestPaths.MaxPeople];
        foreach (var path in _toContacts)
        {
            if (usedBrokers.Contains(path.FirstBroker) || usedTargets.Contains(path.Target)) continue;
            people[0] = path.Source;
            for (var hop = 0; hop < path.Hops.Count; hop++) people[hop + 1] = path.Hops[hop].To;
            _best.Offer(path.Score * _options.Delta, people[..(path.Hops.Count + 1)]);
        }
    }

    private IntroductionPath[] Results()
    {
        _best.Sort();
        var results = new IntroductionPath[_best.Count];
        for (var i = 0; i < results.Length; i++) results[i] = Result(_best.Paths[i]);
        return results;
    }

    private IntroductionPath Result(FoundPath found)
    {
        var people = found.People;
        var hops = new IntroductionHop[people.Length - 1];
        var score = 1 / _options.Delta;
        var strengthFactor = Snapshot.StrengthFactor;
        for (var i = 0; i < hops.Length; i++)
        {
            var row = Snapshot.Row(people[i]);
            var entry = row.IndexOf(people[i + 1]);
            var probability = _graph.Factor.Probability(row.Hop[entry]);
            hops[i] = new IntroductionHop(
                people[i], people[i + 1], probability, row.Mutual[entry] * strengthFactor, row.LastContactMs[entry]);
            score *= probability * _options.Delta;
        }
        return new IntroductionPath(score, hops);
    }
}
