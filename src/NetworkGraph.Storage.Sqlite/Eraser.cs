using NetworkGraph.Events;
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
/// one) the file must be written anew. The hashes of id and content go as well: they would confirm a guess.
/// </remarks>
internal sealed class Eraser(LogFile file)
{
    private readonly BatchEncoder _encoder = new();
    private readonly List<(ulong IdHash, long Position)> _erasedIds = [];
    private byte[] _payload = [];

    /// <summary>Hashes of ids that the last erasure took out of the file: they are to leave the index with its commit.</summary>
    public IReadOnlyList<(ulong IdHash, long Position)> ErasedIds => _erasedIds;

    /// <summary>Whether the last erasure made a row larger.</summary>
    public bool HasMovedRows { get; private set; }

    /// <summary>Returns the positions of the records that became tombstones, ascending.</summary>
    public IReadOnlyList<long> Overwrite(PendingErasure erasure)
    {
        HasMovedRows = false;
        _erasedIds.Clear();
        var decoder = new BatchDecoder();
        var tombstones = new List<long>();
        var done = 0L;
        foreach (var position in erasure.Positions)
        {
            if (position <= done) continue;
            erasure.Cancellation.ThrowIfCancellationRequested();
            var (row, keys) = file.RowAt(position);
            if (!BatchRow.AreIntact(row.FirstPosition, row.Count, keys))
                throw new LogCorruptedException(
                    $"{file.Path}: the batch at position {row.FirstPosition} has keys that are not what was written.");
            var batch = decoder.Decode(row.Payload, $"{file.Path}: the batch at position {row.FirstPosition}");
            OverwriteRow(row, keys, batch.Records, erasure, tombstones);
            CheckAllErased(erasure.Positions, batch);
            done = row.LastPosition;
        }
        return tombstones;
    }

    private void OverwriteRow(BatchRow row, byte[] keys, LogRecord[] records, PendingErasure erasure, List<long> tombstones)
    {
        var before = tombstones.Count;
        _encoder.Begin(row.FirstPosition);
        for (var i = 0; i < records.Length; i++)
        {
            if (erasure.IsNamedBy(records[i]))
            {
                if (BatchRow.ReadKey(keys, i).IdHash is not 0 and var idHash) _erasedIds.Add((idHash, row.FirstPosition + i));
                BatchRow.ClearKey(keys, i);
                records[i] = new Tombstone();
                tombstones.Add(row.FirstPosition + i);
            }
            _encoder.Add(records[i]);
        }
        if (tombstones.Count == before) return;
        var bytes = _encoder.Finish(row.Payload.Length);
        if (bytes.Length > row.Payload.Length) HasMovedRows = true;
        if (_payload.Length < bytes.Length) _payload = new byte[bytes.Length];
        bytes.CopyTo(_payload);
        BatchRow.Seal(row.FirstPosition, row.Count, keys);
        file.Overwrite(row.FirstPosition, keys, _payload, bytes.Length);
    }

    /// <summary>A position that does not name the person is a mistake of the caller, and erasing cannot be taken back.</summary>
    private static void CheckAllErased(long[] positions, RecordBatch batch)
    {
        var from = Array.BinarySearch(positions, batch.FirstPosition);
        for (var i = from < 0 ? ~from : from; i < positions.Length && positions[i] <= batch.LastPosition; i++)
            if (batch.Records[positions[i] - batch.FirstPosition] is not Tombstone)
                throw new ArgumentException(
                    $"The record at position {positions[i]} does not name the person to erase; nothing was erased.", nameof(positions));
    }
}
