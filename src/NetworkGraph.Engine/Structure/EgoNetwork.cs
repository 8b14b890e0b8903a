using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Structure;

/// <summary>A tie of one neighbour of ego to another.</summary>
/// <param name="Alter">Which neighbour, as numbered in the ego network.</param>
/// <param name="Weight">a_jq + a_qj: of strengths, or of directions tied (1 or 2).</param>
/// <param name="Mutual">Tied in both directions.</param>
public readonly record struct AlterTie(int Alter, double Weight, bool Mutual);

/// <summary>
/// Problem: one person's neighbours and the ties among them, without touching the rest of the network.
/// Method: the neighbours are put in a small hash table (open addressing) and each one's row is looked up in it.
/// Cost: Σ over neighbours of their degree; memory of the neighbours and the ties among them.
/// Strengths are at the snapshot's landmark, as what is computed from them is indifferent to a common factor.
/// </summary>
public sealed class EgoNetwork
{
    private readonly int[] _tieStarts;
    private AlterTie[] _ties = [];
    private int _tieCount;

    private EgoNetwork(int degree)
    {
        Weights = new double[degree];
        Mutual = new bool[degree];
        TotalWeights = new double[degree];
        LargestWeights = new double[degree];
        _tieStarts = new int[degree + 1];
    }

    /// <summary>Number of neighbours: people tied in either direction. They are numbered in ascending order of person.</summary>
    public int Degree => Weights.Length;

    /// <summary>Weight of ego's tie to each neighbour.</summary>
    public double[] Weights { get; }

    /// <summary>Whether ego's tie to each neighbour goes both ways.</summary>
    public bool[] Mutual { get; }

    /// <summary>Sum of the weights of all of each neighbour's ties.</summary>
    public double[] TotalWeights { get; }

    /// <summary>Largest weight among each neighbour's ties.</summary>
    public double[] LargestWeights { get; }

    /// <summary>Sum of the weights of ego's ties.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Ties of neighbour <paramref name="alter"/> to other neighbours of ego.</summary>
    public ReadOnlySpan<AlterTie> TiesOf(int alter) => _ties.AsSpan(_tieStarts[alter], _tieStarts[alter + 1] - _tieStarts[alter]);

    /// <param name="snapshot">The network.</param>
    /// <param name="person">Ego.</param>
    /// <param name="weighted">Whether a weight a_ij + a_ji is of strengths, or of 0 and 1: how many directions are tied.</param>
    /// <param name="cancellation">Checked once a neighbour.</param>
    public static EgoNetwork Of(NetworkSnapshot snapshot, int person, bool weighted, CancellationToken cancellation)
    {
        var row = snapshot.Row(person);
        var ego = new EgoNetwork(row.Count);
        var (alters, order) = (row.Neighbours.ToArray(), new int[row.Count]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        alters.AsSpan().Sort(order.AsSpan());
        var index = new AlterIndex(alters);
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        for (var j = 0; j < alters.Length; j++)
        {
            var (strengthOut, strengthIn) = (strengthsOut[order[j]], strengthsIn[order[j]]);
            ego.Weights[j] = WeightOf(strengthOut, strengthIn, weighted);
            ego.Mutual[j] = strengthOut > 0 && strengthIn > 0;
            ego.TotalWeight += ego.Weights[j];
        }
        for (var j = 0; j < alters.Length; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            ego.ReadAlter(snapshot.Row(alters[j]), j, index, weighted);
        }
        return ego;
    }

    private void ReadAlter(TieRow row, int alter, AlterIndex index, bool weighted)
    {
        var others = row.Neighbours;
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        double total = 0;
        double largest = 0;
        for (var i = 0; i < others.Length; i++)
        {
            var weight = WeightOf(strengthsOut[i], strengthsIn[i], weighted);
            total += weight;
            largest = Math.Max(largest, weight);
            var other = index.Find(others[i]);
            if (other < 0) continue;
            if (_tieCount == _ties.Length) Array.Resize(ref _ties, Math.Max(16, _tieCount * 2));
            _ties[_tieCount++] = new AlterTie(other, weight, strengthsOut[i] > 0 && strengthsIn[i] > 0);
        }
        TotalWeights[alter] = total;
        LargestWeights[alter] = largest;
        _tieStarts[alter + 1] = _tieCount;
    }

    private static double WeightOf(float strengthOut, float strengthIn, bool weighted) =>
        weighted ? Math.Max((float)((double)strengthOut + strengthIn), float.Epsilon) : Math.Max(
            1, (strengthOut > 0 ? 1 : 0) + (strengthIn > 0 ? 1 : 0));

    /// <summary>Neighbour numbers by person; open addressing, at most half full.</summary>
    private readonly struct AlterIndex
    {
        private readonly int[] _slots;
        private readonly int[] _alters;
        private readonly int _shift;

        public AlterIndex(int[] alters)
        {
            var bits = 2;
            while (1L << bits < 2L * alters.Length) bits++;
            _slots = new int[1 << bits];
            _alters = alters;
            _shift = 32 - bits;
            for (var j = 0; j < alters.Length; j++)
            {
                var slot = Slot(alters[j]);
                while (_slots[slot] != 0) slot = slot + 1 & _slots.Length - 1;
                _slots[slot] = j + 1;
            }
        }

        /// <summary>The neighbour's number, or −1.</summary>
        public int Find(int person)
        {
            for (var slot = Slot(person); _slots[slot] != 0; slot = slot + 1 & _slots.Length - 1)
            {
                if (_alters[_slots[slot] - 1] == person) return _slots[slot] - 1;
            }
            return -1;
        }

        private int Slot(int person) => (int)((uint)person * 2654435769u >> _shift);
    }
}
