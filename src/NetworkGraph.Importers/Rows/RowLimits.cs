namespace NetworkGraph.Importers.Rows;

/// <summary>How long a line, and how large a body or file may be, in bytes after decompression.</summary>
public sealed record RowLimits
{
    public static readonly RowLimits Default = new();

    /// <summary>A longer line is rejected; it is not held in memory.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    public long MaxBytes { get; init; } = long.MaxValue;

    internal string TooLong => $"is longer than {MaxLineBytes} bytes";
}
