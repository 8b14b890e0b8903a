using System.Numerics;
using System.Runtime.Intrinsics;

namespace NetworkGraph.Engine.Reciprocity;

/// <summary>
/// What measures of reciprocity are made of, over a stretch of entries: how many are tied out, how many both ways, Σ out, Σ in and
/// Σ min(out, in). Sums are in double, eight entries at a time.
/// </summary>
internal struct TieSums
{
    public long Tied;

    /// <summary>Tied in both directions.</summary>
    public long Reciprocated;
    public double Out;
    public double In;
    public double MinSum;

    public void Add(in TieSums other)
    {
        Tied += other.Tied;
        Reciprocated += other.Reciprocated;
        Out += other.Out;
        In += other.In;
        MinSum += other.MinSum;
    }

    public void Add(ReadOnlySpan<float> strengthOut, ReadOnlySpan<float> strengthIn)
    {
        var entry = 0;
        if (Vector256.IsHardwareAccelerated && strengthOut.Length >= Vector256<float>.Count)
        {
            var (sumOut, sumIn, least) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (; entry <= strengthOut.Length - Vector256<float>.Count; entry += Vector256<float>.Count)
            {
                var (o, i) = (Vector256.Create(strengthOut[entry..]), Vector256.Create(strengthIn[entry..]));
                sumOut += Widened(o);
                sumIn += Widened(i);
                var lesser = Vector256.MinNative(o, i);
                least += Widened(lesser);
                Reciprocated += BitOperations.PopCount(Vector256.GreaterThan(lesser, Vector256<float>.Zero).ExtractMostSignificantBits());
                Tied += BitOperations.PopCount(Vector256.GreaterThan(o, Vector256<float>.Zero).ExtractMostSignificantBits());
            }
            Out += Vector256.Sum(sumOut);
            In += Vector256.Sum(sumIn);
            MinSum += Vector256.Sum(least);
        }
        for (; entry < strengthOut.Length; entry++)
        {
            Out += strengthOut[entry];
            In += strengthIn[entry];
            MinSum += Math.Min(strengthOut[entry], strengthIn[entry]);
            if (strengthOut[entry] > 0) Tied++;
            if (strengthOut[entry] > 0 && strengthIn[entry] > 0) Reciprocated++;
        }
    }

    private static Vector256<double> Widened(Vector256<float> values)
    {
        var (lower, upper) = Vector256.Widen(values);
        return lower + upper;
    }
}
