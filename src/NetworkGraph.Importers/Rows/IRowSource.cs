namespace NetworkGraph.Importers.Rows;

/// <summary>A body or file of records, read in batches, whatever its format. Never holds more than a batch and a line.</summary>
public interface IRowSource
{
    /// <summary>How much was read so far, after decompression.</summary>
    long BytesRead { get; }

    /// <summary>
    /// Adds rows until the batch is full. False where the end was reached, or where the rest cannot be read
    /// (<see cref="RowBatch.Unreadable"/>); the batch may hold rows all the same. <paramref name="nowMs"/> is Unix ms.
    /// </summary>
    ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation);
}
