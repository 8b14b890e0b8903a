
/// <summary>The mutual ties of a person, as a search reads them.</summary>
internal readonly ref struct SearchRow(ReadOnlySpan<int> neighbours, ReadOnlySpan<float> hop, ReadOnlySpan<float> mutual)
{
    public ReadOnlySpan<int> Neighbours { get; } = neighbours;

    /// <summary>Strengths for a hop, descending.</summary>
    public ReadOnlySpan<float> Hop { get; } = hop;

    /// <summary>Mutual strengths at the ties' own half-life: what a tie needs to carry anything is in these.</summary>
    public ReadOnlySpan<float> Mutual { get; } = mutual;

    public int Length => Neighbours.Length;

    /// <summary>The leading entries.</summary>
    public SearchRow First(int count) => new(Neighbours[..count], Hop[..count], Mutual[..count]);
}
