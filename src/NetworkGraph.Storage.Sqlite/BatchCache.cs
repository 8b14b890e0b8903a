using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>The batches last read, decoded. Thread-safe.</summary>
internal sealed class BatchCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<RecordBatch> _batches = new(capacity);
    private int _next;

    /// <summary>Changes when the cache is dropped; what was read before then is not taken in after.</summary>
    public int Generation { get; private set; }

    public RecordBatch? Find(long position)
    {
        lock (_lock)
        {
            foreach (var batch in _batches)
                if (batch.FirstPosition <= position && position <= batch.LastPosition) return batch;
            return null;
        }
    }

    public void Add(RecordBatch batch, int generation)
    {
        lock (_lock)
        {
            if (generation != Generation || capacity == 0) return;
            // A row that has been filled up since replaces what it was.
            var same = _batches.FindIndex(known => known.FirstPosition == batch.FirstPosition);
            if (same >= 0)
            {
                if (_batches[same].LastPosition < batch.LastPosition) _batches[same] = batch;
            }
            else if (_batches.Count < capacity)
            {
                _batches.Add(batch);
            }
            else
            {
                _batches[_next] = batch;
                _next = (_next + 1) % capacity;
            }
        }
    }

    public void Drop()
    {
        lock (_lock)
        {
            Generation++;
            _batches.Clear();
            _next = 0;
        }
    }
}
