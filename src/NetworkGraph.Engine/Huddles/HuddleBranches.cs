namespace NetworkGraph.Engine.Huddles;

/// <summary>The branch and bound of <see cref="HuddleSearch"/>: improves the best group, and says what none can exceed.</summary>
internal sealed class HuddleBranches
{
    private readonly HuddleGraph _graph;
    private readonly int _size;
    private readonly BestGroup _best;
    private readonly CancellationToken _cancellation;
    private readonly int[] _group;
    private readonly Level[] _levels;
    private long _stepsLeft;

    public HuddleBranches(HuddleGraph graph, int size, long steps, BestGroup best, CancellationToken cancellation)
    {
        (_graph, _size, _stepsLeft, _best, _cancellation) = (graph, size, steps, best, cancellation);
        _group = new int[size];
        _levels = [.. Enumerable.Range(0, size + 1).Select(_ => new Level(graph.Candidates))];
    }

    /// <summary>The highest sum a group could have that was not looked at; 0 where all were.</summary>
    public double Run(int required)
    {
        var root = _levels[0];
        if (required >= 0)
        {
            _group[0] = required;
            var row = _graph.Row(required);
            for (var c = 0; c < row.Length; c++)
                if (!float.IsNaN(row[c])) root.Add(c, row[c]);
            return Branch(root, 1, 0);
        }
        for (var c = 0; c < _graph.Candidates; c++) root.Add(c, 0);
        return Branch(root, 0, 0);
    }

    /// <summary>Completes the first <paramref name="count"/> of the group, which have this total, from the level's candidates.</summary>
    private double Branch(Level level, int count, double total)
    {
        var missing = _size - count;
        if (missing == 0)
        {
            _best.Offer(total, _group);
            return 0;
        }
        level.Rank(_graph, missing);
        var open = 0d;
        for (var i = 0; i + missing <= level.Count; i++)
        {
            var bound = total + level.BestFrom(i, missing);
            if (bound <= _best.Total + 1e-9) break;
            if (_stepsLeft <= 0) return Math.Max(open, bound);
            _cancellation.ThrowIfCancellationRequested();
            var (candidate, sum) = (level.Candidates[i], level.Sums[i]);
            _group[count] = candidate;
            if (missing == 1)
            {
                _best.Offer(total + sum, _group);
                continue;
            }
            var next = _levels[count + 1];
            next.Count = 0;
            var row = _graph.Row(candidate);
            for (var j = i + 1; j < level.Count; j++)
            {
                var weight = row[level.Candidates[j]];
                if (!float.IsNaN(weight)) next.Add(level.Candidates[j], level.Sums[j] + weight);
            }
            _stepsLeft -= level.Count - i;
            open = Math.Max(open, Branch(next, count + 1, total + sum));
        }
        return open;
    }

    /// <summary>Who may still join, with the sum of their likelihoods to the group so far.</summary>
    private sealed class Level(int capacity)
    {
        private readonly double[] _keys = new double[capacity];
        private readonly int[] _order = new int[capacity];
        private int[] _spareCandidates = new int[capacity];
        private double[] _spareSums = new double[capacity];

        public int Count { get; set; }

        public int[] Candidates { get; private set; } = new int[capacity];

        public double[] Sums { get; private set; } = new double[capacity];

        public void Add(int candidate, double sum)
        {
            Candidates[Count] = candidate;
            Sums[Count++] = sum;
        }

        /// <summary>Orders by what a candidate can add at most while so many are missing, best first.</summary>
        public void Rank(HuddleGraph graph, int missing)
        {
            for (var i = 0; i < Count; i++)
            {
                _keys[i] = -(Sums[i] + graph.BestSum(Candidates[i], missing - 1) / 2.0);
                _order[i] = i;
            }
            Array.Sort(_keys, _order, 0, Count);
            for (var i = 0; i < Count; i++) (_spareCandidates[i], _spareSums[i]) = (Candidates[_order[i]], Sums[_order[i]]);
            (Candidates, _spareCandidates) = (_spareCandidates, Candidates);
            (Sums, _spareSums) = (_spareSums, Sums);
        }

        /// <summary>What so many candidates from place <paramref name="from"/> on can add at most.</summary>
        public double BestFrom(int from, int missing)
        {
            var sum = 0d;
            for (var i = from; i < from + missing; i++) sum -= _keys[i];
            return sum;
        }
    }
}
