namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// A block of rows, struct of arrays. Written once: entries below a published row's end never change, so readers need
/// no locks. Rows never straddle segments. 36 bytes an entry, of which the introduction search reads the first 8.
/// </summary>
internal sealed class SnapshotSegment(int capacity)
{
    public readonly int[] Neighbours = new int[capacity];
    public readonly float[] Mutual = new float[capacity];
    public readonly float[] Out = new float[capacity];
    public readonly float[] In = new float[capacity];
    public readonly long[] LastContactMs = new long[capacity];
    public readonly uint[] FirstContactSeconds = new uint[capacity];
    public readonly float[] MedianGapDays = new float[capacity];

    /// <summary>Bits 0-15 interactions (saturating), 16-19 message-like out, 20-23 in (saturating at 15), 24 burnt.</summary>
    public readonly uint[] Counts = new uint[capacity];

    public int Used;
}
