using System.Runtime.InteropServices;

namespace NetworkGraph.Analytics.Models;

/// <summary>Cases to learn from: what was known of each, whether it happened, and what it counts.</summary>
/// <param name="features">Numbers a row.</param>
public sealed class Rows(int features)
{
    private readonly List<double> _all = [];
    private readonly List<bool> _labels = [];
    private readonly List<double> _weights = [];

    public int Features => features;

    public int Count => _labels.Count;

    /// <summary>Row after row.</summary>
    public ReadOnlySpan<double> All => CollectionsMarshal.AsSpan(_all);

    public ReadOnlySpan<bool> Labels => CollectionsMarshal.AsSpan(_labels);

    public ReadOnlySpan<double> Weights => CollectionsMarshal.AsSpan(_weights);

    public ReadOnlySpan<double> Row(int number) => All.Slice(number * features, features);

    public void Add(ReadOnlySpan<double> row, bool happened, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, features);
        _all.AddRange(row);
        _labels.Add(happened);
        _weights.Add(weight);
    }

    /// <summary>Whether there are so many rows, and so many of each outcome.</summary>
    public bool IsEnough(int rows, int each)
    {
        var happened = 0;
        foreach (var label in Labels)
            if (label) happened++;
        return Count >= rows && happened >= each && Count - happened >= each;
    }
}

/// <summary>
/// Choices that are the same on every node. Source: D. Steele et al., "Fast splittable pseudorandom number generators", 2014.
/// </summary>
internal struct SplitMix(ulong state)
{
    private ulong _state = state;

    /// <summary>Whether a number belongs to a sample of a share in [0,1].</summary>
    public static bool IsChosen(int number, double share) =>
        share >= 1 || Mixed((ulong)number + 0x9E3779B97F4A7C15) < share * ulong.MaxValue;

    /// <summary>0 or more and below the limit.</summary>
    public int Below(int limit) => (int)(Mixed(_state += 0x9E3779B97F4A7C15) % (ulong)limit);

    private static ulong Mixed(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }
}
