namespace NetworkGraph.Demo;

/// <summary>
/// Problem: numbers that look random and are the same for the same seed, whatever the version of .NET. (Logarithm and
/// exponential come from the platform; where two platforms differ in the last bit, a time may differ by a millisecond.)
/// Method: xoshiro256** whose state is filled by SplitMix64 from the seed and the name of a stream. Every concern
/// (people, venues, ...) draws from a stream of its own, so that a change in one does not shift the others.
/// Cost: a few nanoseconds a number, no allocation.
/// Source: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
/// </summary>
internal sealed class DemoRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public DemoRandom(ulong seed, string stream)
    {
        var state = seed ^ 0xCBF29CE484222325UL;
        foreach (var letter in stream) state = (state ^ letter) * 0x100000001B3UL;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>In [0, count).</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>Whole number from low to high, both included.</summary>
    public int Whole(int low, int high) => low + Below(high - low + 1);

    public double Between(double low, double high) => low + (high - low) * Unit();

    /// <summary>Standard normal: the sum of twelve uniforms less six, which needs no logarithm.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Unit();
        return sum;
    }

    /// <summary>Log-normal with this median.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1.0 - Unit());

    /// <summary>A whole number with this mean: its floor, or one more.</summary>
    public int Rounded(double mean)
    {
        var floor = Math.Floor(mean);
        return (int)floor + (Chance(mean - floor) ? 1 : 0);
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index, drawn in proportion to its weight.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var rest = Unit() * total;
        for (var i = 0; i < weights.Length; i++)
            if ((rest -= weights[i]) < 0) return i;
        return weights.Length - 1;
    }

    public void Shuffle<T>(List<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        return z ^ z >> 31;
    }
}
