using System.Runtime.InteropServices;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// Cuts accepted records into rows and writes them. While the last row is small, records that follow fill it up: then
/// the row is written anew instead of a further small one.
/// </summary>
internal sealed class RowWriter(LogFile file, int fillUpRecords)
{
    private readonly BatchEncoder _encoder = new();
    private readonly byte[] _keys = new byte[BatchRow.KeysLength(BatchRow.MaxRecords)];
    private byte[] _payload = new byte[1 << 16];

    // The small last row as it is in the file, and as it will be after the commit. Empty where the last row is large enough.
    private List<LogRecord> _last = [];
    private List<InteractionFingerprint> _lastKeys = [];
    private long _lastFirst;
    private List<LogRecord> _newLast = [];
    private List<InteractionFingerprint> _newLastKeys = [];
    private long _newLastFirst;

    /// <summary>Takes the last row from the file, after opening and after whatever changed it.</summary>
    public void Resume(long lastPosition)
    {
        _last.Clear();
        _lastKeys.Clear();
        if (lastPosition == 0) return;
        var (row, keys) = file.RowAt(lastPosition);
        if (row.Count >= fillUpRecords) return;
        if (!BatchRow.AreIntact(row.FirstPosition, row.Count, keys))
            throw new LogCorruptedException(
                $"{file.Path}: the batch at position {row.FirstPosition} has keys that are not what was written.");
        _lastFirst = row.FirstPosition;
        _last.AddRange(new BatchDecoder().Decode(row.Payload, $"{file.Path}: the batch at position {row.FirstPosition}").Records);
        for (var i = 0; i < row.Count; i++) _lastKeys.Add(BatchRow.ReadKey(keys, i));
    }

    /// <summary>
    /// Writes the records from this position on inside the current transaction. Returns them as batches for those who follow.
    /// </summary>
    public List<RecordBatch> Write(long firstPosition, List<LogRecord> records, List<InteractionFingerprint> keys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstPosition, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(keys.Count, records.Count);
        if (_last.Count > 0 && _lastFirst + _last.Count != firstPosition)
            throw new InvalidOperationException(
                $"Position {firstPosition} does not follow the last row, which ends at {_lastFirst + _last.Count - 1}.");
        var written = new List<RecordBatch>(records.Count / BatchRow.MaxRecords + 1);
        var done = 0;
        if (_last.Count > 0 && _last.Count + records.Count <= fillUpRecords)
        {
            _newLast.Clear();
            _newLast.AddRange(_last);
            _newLast.AddRange(records);
            _newLastKeys.Clear();
            _newLastKeys.AddRange(_lastKeys);
            _newLastKeys.AddRange(keys);
            _newLastFirst = _lastFirst;
            if (TryFillUp())
            {
                written.Add(new RecordBatch(firstPosition, [.. records]));
                return written;
            }
        }
        while (done < records.Count)
        {
            var first = firstPosition + done;
            var count = WriteRow(first, records, keys, done);
            written.Add(new RecordBatch(first, CollectionsMarshal.AsSpan(records).Slice(done, count).ToArray()));
            Remember(first, records, keys, done, count);
            done += count;
        }
        return written;
    }

    /// <summary>The transaction is durable: from here on the last row is the one written last.</summary>
    public void Committed()
    {
        (_last, _newLast) = (_newLast, _last);
        (_lastKeys, _newLastKeys) = (_newLastKeys, _lastKeys);
        _lastFirst = _newLastFirst;
        _newLast.Clear();
        _newLastKeys.Clear();
    }

    private int WriteRow(long first, List<LogRecord> records, List<InteractionFingerprint> keys, int from)
    {
        var most = Math.Min(BatchRow.MaxRecords, records.Count - from);
        var count = Encode(first, CollectionsMarshal.AsSpan(records).Slice(from, most));
        // A row without records would be written without end.
        if (count == 0) throw new InvalidOperationException($"No record fits the row at position {first}.");
        var payloadBytes = Payload();
        BatchRow.WriteKeys(first, CollectionsMarshal.AsSpan(keys).Slice(from, count), _keys);
        file.Insert(first, count, _keys, _payload, payloadBytes);
        return count;
    }

    /// <summary>False where the records are too large for one row; then nothing is written.</summary>
    private bool TryFillUp()
    {
        var count = Encode(_newLastFirst, CollectionsMarshal.AsSpan(_newLast));
        if (count < _newLast.Count) return false;
        var payloadBytes = Payload();
        BatchRow.WriteKeys(_newLastFirst, CollectionsMarshal.AsSpan(_newLastKeys), _keys);
        file.Replace(_newLastFirst, count, _keys, _payload, payloadBytes);
        return true;
    }

    /// <summary>Encodes as many records as one row holds; returns how many.</summary>
    private int Encode(long first, ReadOnlySpan<LogRecord> records)
    {
        _encoder.Begin(first);
        foreach (var record in records)
        {
            _encoder.Add(record);
            if (_encoder.RecordBytes >= BatchRow.MaxRecordBytes) break;
        }
        return _encoder.Count;
    }

    private int Payload()
    {
        var bytes = _encoder.Finish(spareBytes: _encoder.TombstoneRoomBytes);
        if (_payload.Length < bytes.Length) _payload = new byte[Math.Max(bytes.Length, 2 * _payload.Length)];
        bytes.CopyTo(_payload);
        return bytes.Length;
    }

    private void Remember(long first, List<LogRecord> records, List<InteractionFingerprint> keys, int from, int count)
    {
        _newLast.Clear();
        _newLastKeys.Clear();
        _newLastFirst = first;
        if (count >= fillUpRecords) return;
        _newLast.AddRange(CollectionsMarshal.AsSpan(records).Slice(from, count));
        _newLastKeys.AddRange(CollectionsMarshal.AsSpan(keys).Slice(from, count));
    }
}
