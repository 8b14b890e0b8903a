namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// The other half of a search that meets in the middle: walks from its start a few hops deep, and joins the labels that
/// were grown from the other side.
/// Method: depth first over rows in descending order, cut as soon as what is left cannot reach the worst path wanted.
/// Every path found has at least one broker, since labels are on brokers only and never on the start or its aim. Only
/// joins of the deepest step with labels of the last level are looked at: all shorter paths were found in earlier calls.
/// Cost: O(entries within depth hops), a bit an entry where nothing meets.
/// </summary>
internal sealed class PathScan(SearchGraph graph, PathLabels labels, BestPaths best)
{
    public const int MaxDepth = 3;

    private const int Stretch = 64;
    private const int Buckets = 1024;
    private const double BucketWidth = 1.0 / (Buckets - 1);
    private const int MaxStepsKept = 1 << 20;

    private readonly double[][] _factors = [.. Enumerable.Range(0, MaxDepth).Select(_ => new double[Stretch])];
    private readonly int[] _walk = new int[MaxDepth + 1];
    private readonly int[] _path = new int[BestPaths.MaxPeople];
    private readonly double[] _powers = new double[MaxDepth + 1];
    private readonly int[] _bucketStart = new int[Buckets + 1];
    private Step[] _steps = [];
    private Step[] _sortedSteps = [];
    private int _stepCount;
    private int _depth;
    private double _labelBest;
    private bool _startIsSource;
    private int _end;

    /// <summary>A first step from a start.</summary>
    private readonly record struct Step(int From, int To, double Factor);

    /// <summary>No walk of the last depth scanned multiplies by more than this; 0 where there is none.</summary>
    public double Reach { get; private set; }

    /// <summary>How many walks of the last depth scanned may be worth going on from: the rows to visit for one more hop.</summary>
    public long Ends { get; private set; }

    /// <summary>Says how paths are put together: walks start at the source or at a target, labels end at the other end.</summary>
    public void Begin(bool startIsSource, int end)
    {
        _startIsSource = startIsSource;
        _end = end;
        _powers[0] = 1;
        for (var i = 1; i <= MaxDepth; i++) _powers[i] = _powers[i - 1] * graph.Factor.Most;
    }

    /// <summary>All walks of exactly <paramref name="depth"/> hops from one person that may still matter.</summary>
    public void FromOne(int start, int depth)
    {
        BeginDepth(depth);
        _walk[0] = start;
        Walk(start, 1, 0);
    }

    /// <summary>
    /// Collects the first steps from many people, for <see cref="FromMany"/>: strongest first (nearly), wherever they start
    /// from, so that good paths are found early.
    /// </summary>
    public void SetStarts(ReadOnlySpan<int> starts)
    {
        _stepCount = 0;
        Array.Clear(_bucketStart);
        for (var i = 0; i < starts.Length; i++)
        {
            if (i + 8 < starts.Length) graph.PrefetchReference(starts[i + 8]);
            if (i + 4 < starts.Length) graph.PrefetchRow(starts[i + 4]);
            AddSteps(starts[i]);
        }
        for (var bucket = 0; bucket < Buckets; bucket++) _bucketStart[bucket + 1] += _bucketStart[bucket];
        if (_sortedSteps.Length < _stepCount) _sortedSteps = new Step[_steps.Length];
        foreach (var step in _steps.AsSpan(0, _stepCount)) _sortedSteps[_bucketStart[BucketOf(step.Factor)]++] = step;
    }

    /// <summary>The same from all the starts that were set, but some.</summary>
    public void FromMany(ReadOnlySpan<int> without, int depth)
    {
        BeginDepth(depth);
        var further = _powers[depth - 1];
        var steps = _sortedSteps.AsSpan(0, _stepCount);
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if ((step.Factor + BucketWidth) * further * _labelBest < best.MinValue)
            {
                Reach = Math.Max(Reach, (step.Factor + BucketWidth) * further);
                return;
            }
            if (depth > 1 && i + 8 < steps.Length) graph.PrefetchReference(steps[i + 8].To);
            if (depth > 1 && i + 4 < steps.Length) graph.PrefetchRow(steps[i + 4].To);
            if (without.Contains(step.From)) continue;
            (_walk[0], _walk[1]) = (step.From, step.To);
            if (depth > 1)
            {
                Walk(step.To, step.Factor, 1);
                continue;
            }
            Reach = Math.Max(Reach, step.Factor);
            Ends++;
            if (labels.IsLabelled(step.To)) JoinLabel(step.Factor, step.To);
        }
    }

    /// <summary>Lets go of room that only very large sets of starts need.</summary>
    public void Release()
    {
        if (_steps.Length <= MaxStepsKept) return;
        _steps = [];
        _sortedSteps = [];
    }

    private void BeginDepth(int depth)
    {
        _depth = depth;
        _labelBest = labels.LevelBest;
        Reach = 0;
        Ends = 0;
    }

    /// <summary>Takes one more hop from <paramref name="person"/>, reached in <paramref name="hops"/>.</summary>
    private void Walk(int person, double value, int hops)
    {
        var row = graph.MutualRow(person);
        if (row.Length == 0) return;
        if (hops + 1 == _depth)
        {
            if (value * graph.Factor.Most > Reach) Reach = Math.Max(Reach, value * graph.Factor.Of(row.Hop[0]));
            Join(person, value, row);
        }
        else
        {
            Descend(person, value, hops, row);
        }
    }

    private void Descend(int person, double value, int hops, in SearchRow row)
    {
        var neighbours = row.Neighbours;
        var further = _powers[_depth - hops - 1];
        var hasBlocks = graph.Constraints.HasBlocks(person);
        var factors = _factors[hops].AsSpan();
        for (var start = 0; start < neighbours.Length; start += Stretch)
        {
            var length = Math.Min(Stretch, neighbours.Length - start);
            graph.Factor.Fill(row.Hop.Slice(start, length), factors);
            for (var i = 0; i < length; i++)
            {
                var reached = value * factors[i];
                if (reached * further * _labelBest < best.MinValue)
                {
                    Reach = Math.Max(Reach, reached * further);
                    return;
                }
                var neighbour = neighbours[start + i];
                if (start + i + 8 < neighbours.Length) graph.PrefetchReference(neighbours[start + i + 8]);
                if (start + i + 4 < neighbours.Length) graph.PrefetchRow(neighbours[start + i + 4]);
                if (!graph.Carries(row.Mutual[start + i]) || !MayBroker(person, neighbour, hasBlocks)) continue;
                _walk[hops + 1] = neighbour;
                Walk(neighbour, reached, hops + 1);
            }
        }
    }

    private bool MayBroker(int from, int person, bool fromHasBlocks) =>
        !labels.IsExcluded(person) && person != _walk[0] && !graph.Constraints.IsClosed(person)
        && !(fromHasBlocks && graph.Constraints.IsBlocked(from, person));

    private void Join(int person, double value, in SearchRow row)
    {
        var neighbours = row.Neighbours;
        var hasBlocks = graph.Constraints.HasBlocks(person);
        var ends = neighbours.Length;
        if (best.MinValue > 0) ends = PathLabels.CountAtLeast(row.Hop, graph.Factor.MinMutual(best.MinValue / (value * _labelBest)));
        Ends += ends;
        for (var i = 0; i < ends; i++)
        {
            var neighbour = neighbours[i];
            if (!labels.IsLabelled(neighbour) || !graph.Carries(row.Mutual[i])) continue;
            if (hasBlocks && graph.Constraints.IsBlocked(person, neighbour)) continue;
            JoinLabel(value * graph.Factor.Of(row.Hop[i]), neighbour);
        }
    }

    private void JoinLabel(double value, int person)
    {
        ref readonly var label = ref labels.Of(person);
        if (label.Level != labels.Level || value * label.Value < best.MinValue) return;
        _walk[_depth] = person;
        best.Offer(value * label.Value, PathOf(label));
    }

    /// <summary>The walk and the label's way put together, from source to target.</summary>
    private ReadOnlySpan<int> PathOf(in PathLabels.Label label)
    {
        _walk.AsSpan(0, _depth).CopyTo(_path);
        var count = _depth + labels.WayOf(label, _path.AsSpan(_depth));
        _path[count++] = _end;
        var path = _path.AsSpan(0, count);
        if (!_startIsSource) path.Reverse();
        return path;
    }

    private void AddSteps(int start)
    {
        var row = graph.MutualRow(start);
        var neighbours = row.Neighbours;
        var needed = _stepCount + neighbours.Length;
        if (_steps.Length < needed) Array.Resize(ref _steps, Math.Max(needed, Math.Max(256, 2 * _steps.Length)));
        var hasBlocks = graph.Constraints.HasBlocks(start);
        var factors = _factors[0].AsSpan();
        for (var first = 0; first < neighbours.Length; first += Stretch)
        {
            var length = Math.Min(Stretch, neighbours.Length - first);
            graph.Factor.Fill(row.Hop.Slice(first, length), factors);
            for (var i = 0; i < length; i++)
            {
                var contact = neighbours[first + i];
                if (contact == _end || !graph.Carries(row.Mutual[first + i]) || graph.Constraints.IsClosed(contact)) continue;
                if (hasBlocks && graph.Constraints.IsBlocked(start, contact)) continue;
                _steps[_stepCount++] = new Step(start, contact, factors[i]);
                _bucketStart[BucketOf(factors[i]) + 1]++;
            }
        }
    }

    private static int BucketOf(double factor) => Buckets - 1 - (int)(factor * (Buckets - 1));
}
