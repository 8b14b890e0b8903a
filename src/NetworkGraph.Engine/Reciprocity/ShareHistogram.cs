namespace NetworkGraph.Engine.Reciprocity;

/// <summary>
/// Problem: how shares in [0,1] are spread, over any number of them, without holding them.
/// Method: counts in fine buckets of equal width, those that are exactly 0 and exactly 1 apart; counts are whole numbers,
/// so histograms of parts add up to that of the whole in any order.
/// Cost: O(1) a share; quantiles are off by at most <see cref="Resolution"/> / 2.
/// </summary>
public sealed class ShareHistogram
{
    /// <summary>Into how many bins of equal width [0,1] is cut.</summary>
    public const int Bins = 20;

    private const int FineInBin = 500;
    private const int Fine = Bins * FineInBin;
    private readonly long[] _counts = new long[Fine + 2];

    /// <summary>How finely shares are distinguished.</summary>
    public static double Resolution => 1.0 / Fine;

    /// <summary>How many shares there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many are exactly 0.</summary>
    public long Zeros => _counts[0];

    /// <summary>How many are 1.</summary>
    public long Ones => _counts[^1];

    public void Add(double share)
    {
        _counts[share <= 0 ? 0 : share >= 1 ? Fine + 1 : 1 + (int)(share * Fine)]++;
        Count++;
    }

    public void Add(ShareHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++) _counts[bucket] += other._counts[bucket];
        Count += other.Count;
    }

    /// <summary>The same with every share counted half as often, where each was counted twice.</summary>
    public ShareHistogram Halved()
    {
        var halved = new ShareHistogram { Count = Count / 2 };
        for (var bucket = 0; bucket < _counts.Length; bucket++) halved._counts[bucket] = _counts[bucket] / 2;
        return halved;
    }

    /// <summary>Shares in each bin; a bin holds its lower border and not its upper one, the last holds both.</summary>
    public long[] InBins()
    {
        var bins = new long[Bins];
        for (var bucket = 0; bucket < Fine; bucket++) bins[bucket / FineInBin] += _counts[bucket + 1];
        bins[0] += Zeros;
        bins[^1] += Ones;
        return bins;
    }

    /// <summary>The share that a part <paramref name="of"/> of all do not exceed (0.5: the median); null where there are none.</summary>
    public double? Quantile(double of)
    {
        if (Count == 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(of * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank) return bucket == 0 ? 0 : bucket == Fine + 1 ? 1 : (bucket - 0.5) / Fine;
        }
        return 1;
    }
}
