using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>Builds a whole snapshot from a list of dyads, in any order, each given once.</summary>
public sealed class SnapshotBuilder(PersonIds ids, TieDecay decay)
{
    private readonly List<(int Low, int High, DyadFacts Facts)> _dyads = [];

    /// <summary>Adds a dyad; <paramref name="facts"/> are seen from <paramref name="low"/>. Untied dyads are left out.</summary>
    public void Add(int low, int high, in DyadFacts facts)
    {
        if (facts.StrengthOut > 0 || facts.StrengthIn > 0) _dyads.Add((low, high, facts));
    }

    public NetworkSnapshot Build(long asOfMs)
    {
        var rows = new List<(int Other, DyadFacts Facts)>[ids.Count];
        foreach (var (low, high, facts) in _dyads)
        {
            (rows[low] ??= []).Add((high, facts));
            (rows[high] ??= []).Add((low, facts.Reversed()));
        }
        var segment = new SnapshotSegment(_dyads.Count * 2);
        var references = new RowReference[rows.Length];
        for (var person = 0; person < rows.Length; person++)
        {
            var row = rows[person] ?? [];
            row.Sort((a, b) => MutualOf(b.Facts).CompareTo(MutualOf(a.Facts)));
            references[person] = new RowReference(0, segment.Used, row.Count, row.Count(r => MutualOf(r.Facts) > 0));
            foreach (var (other, facts) in row) Write(segment, segment.Used++, other, facts);
        }
        return new NetworkSnapshot([segment], references, rows.Length, segment.Used, decay, asOfMs, ids);
    }

    private static float MutualOf(in DyadFacts facts) => Mutual((float)facts.StrengthOut, (float)facts.StrengthIn);

    private static float Mutual(float strengthOut, float strengthIn) => (float)Math.Sqrt((double)strengthOut * strengthIn);

    private static void Write(SnapshotSegment segment, int entry, int other, in DyadFacts facts)
    {
        segment.Neighbours[entry] = other;
        segment.Out[entry] = (float)facts.StrengthOut;
        segment.In[entry] = (float)facts.StrengthIn;
        segment.Mutual[entry] = MutualOf(facts);
        segment.LastContactMs[entry] = facts.LastContactMs;
        segment.FirstContactSeconds[entry] = (uint)Math.Clamp(facts.FirstContactMs / 1000, 0, uint.MaxValue);
        segment.MedianGapDays[entry] = facts.MedianGapDays;
        segment.Counts[entry] = (uint)Math.Min(facts.Interactions, 0xFFFF) | (uint)Math.Min(facts.MessageLikeOut, 15) << 16
            | (uint)Math.Min(facts.MessageLikeIn, 15) << 20 | (facts.Burnt ? 1u << 24 : 0);
    }
}
