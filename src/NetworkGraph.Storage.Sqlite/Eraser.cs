using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// Overwrites records that name a person with tombstones, inside the writer's transaction.
/// </summary>
/// <remarks>
/// A rewritten payload is filled up to its old size. Then SQLite writes it over the old bytes and moves nothing; rows
/// that move leave copies of themselves in unused parts of pages, which its secure_delete does not reach. Where the
/// payload has become larger than its spare room (which needs ids that lose a long beginning they shared with an erased
/// one) the file must be written anew.
/// </remarks>
internal sealed class Eraser(LogFile file)
{
    private readonly BatchEncoder _encoder = new();
    private byte[] _payload = [];

    /// <summary>Whether the last erasure made a row larger.</summary>
    public bool HasMovedRows { get; private set; }

    /// <summary>Returns how many records became tombstones.</summary>
    public long Overwrite(PendingErasure erasure)
    {
        HasMovedRows = false;
        var decoder = new BatchDecoder();
        var tombstones = 0L;
        var done = 0L;
        foreach (var position in erasure.Positions)
        {
            if (position <= done) continue;
            erasure.Cancellation.ThrowIfCancellationRequested();
            var (row, keys) = file.RowAt(position);
            if (!BatchRow.AreIntact(row.FirstPosition, row.Count, keys))
                throw new LogCorruptedException($"{file.Path}: the batch at position {row.FirstPosition} has keys that are not what was written.");
            var batch = decoder.Decode(row.Payload, $"{file.Path}: the batch at position {row.FirstPosition}");
            tombstones += OverwriteRow(row, keys, batch.Records, erasure.Person);
            CheckAllErased(erasure.Positions, batch, erasure.Person);
            done = row.LastPosition;
        }
        return tombstones;
    }

    private int OverwriteRow(BatchRow row, byte[] keys, LogRecord[] records, string person)
    {
        var tombstones = 0;
        _encoder.Begin(row.FirstPosition);
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].Names(person))
            {
                records[i] = new Tombstone
                {
                    IdHash = BatchRow.ReadKey(keys, i).IdHash,
                    Recipients = records[i] is Interaction interaction ? interaction.To.Length : 0,
                };
                tombstones++;
            }
            _encoder.Add(records[i]);
        }
        if (tombstones == 0) return 0;
        var bytes = _encoder.Finish(row.Payload.Length);
        if (bytes.Length > row.Payload.Length) HasMovedRows = true;
        if (_payload.Length < bytes.Length) _payload = new byte[bytes.Length];
        bytes.CopyTo(_payload);
        file.Overwrite(row.FirstPosition, _payload, bytes.Length);
        return tombstones;
    }

    /// <summary>A position that does not name the person is a mistake of the caller, and erasing cannot be taken back.</summary>
    private static void CheckAllErased(long[] positions, RecordBatch batch, string person)
    {
        var from = Array.BinarySearch(positions, batch.FirstPosition);
        for (var i = from < 0 ? ~from : from; i < positions.Length && positions[i] <= batch.LastPosition; i++)
            if (batch.Records[positions[i] - batch.FirstPosition] is not Tombstone)
                throw new ArgumentException($"The record at position {positions[i]} does not name the person to erase; nothing was erased.", nameof(positions));
    }
}
