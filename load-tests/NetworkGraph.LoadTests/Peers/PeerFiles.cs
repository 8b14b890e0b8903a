using System.Globalization;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.LoadTests.Peers;

/// <summary>A mutual tie, once; the cost of a hop is -ln(p·δ), so a path's costs add up to -ln(score·δ).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct MutualTieRecord(int Low, int High, double Cost);

/// <summary>A dyad, once; strengths at the snapshot's date, 0 where not tied.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct DyadRecord(int Low, int High, float LowToHigh, float HighToLow);

/// <summary>
/// What every peer is given: mutual.bin (<see cref="MutualTieRecord"/>), ties.bin (<see cref="DyadRecord"/>), both little
/// endian; pairs.txt (source and target a line, not directly tied, since peers would take that tie for a path) and
/// sets.txt (source and targets a line).
/// </summary>
public static class PeerFiles
{
    private const int Buffer = 1 << 20;

    public static void Write(
        string folder, NetworkSnapshot snapshot, IReadOnlyList<(int Source, int Target)> pairs,
        IReadOnlyList<(int Source, int[] Targets)> sets, IntroductionOptions options)
    {
        using (var mutual = new BufferedStream(File.Create(Path.Combine(folder, "mutual.bin")), Buffer))
        using (var ties = new BufferedStream(File.Create(Path.Combine(folder, "ties.bin")), Buffer))
        {
            for (var person = 0; person < snapshot.People; person++) WriteRow(mutual, ties, snapshot, person, options);
        }
        File.WriteAllLines(Path.Combine(folder, "pairs.txt"),
            pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Source} {pair.Target}")));
        File.WriteAllLines(Path.Combine(folder, "sets.txt"),
            sets.Select(set => string.Create(CultureInfo.InvariantCulture, $"{set.Source} {string.Join(' ', set.Targets)}")));
    }

    /// <summary>Random people who have no mutual tie with each other.</summary>
    public static List<(int Source, int Target)> DrawPairs(NetworkSnapshot snapshot, int count, Random random)
    {
        var pairs = new List<(int, int)>(count);
        while (pairs.Count < count)
        {
            var (source, target) = (random.Next(snapshot.People), random.Next(snapshot.People));
            var row = snapshot.Row(source);
            if (source != target && !row.Neighbours[..row.MutualCount].Contains(target)) pairs.Add((source, target));
        }
        return pairs;
    }

    private static void WriteRow(Stream mutual, Stream ties, NetworkSnapshot snapshot, int person, IntroductionOptions options)
    {
        var row = snapshot.Row(person);
        var factor = snapshot.StrengthFactor;
        for (var entry = 0; entry < row.Count; entry++)
        {
            var other = row.Neighbours[entry];
            if (other < person) continue;
            var dyad = new DyadRecord(person, other, (float)(row.Out[entry] * factor), (float)(row.In[entry] * factor));
            ties.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DyadRecord>(in dyad)));
            if (entry >= row.MutualCount) continue;
            var probability = options.Hop.Probability(row.Hop[entry] * snapshot.HopFactor);
            var tie = new MutualTieRecord(person, other, -Math.Log(probability * options.Delta));
            mutual.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<MutualTieRecord>(in tie)));
        }
    }
}
