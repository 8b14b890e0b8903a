namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// Ids by person number; append-only, one writer, any number of readers without locks (an id, once there, never moves;
/// an erased person's id is replaced by an empty string).
/// </summary>
public sealed class PersonIds
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstChunkStart = 8;
    private string[][] _chunks = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public string this[int person] => _chunks[person >> ChunkBits][person & (ChunkSize - 1)];

    /// <summary>Appends; returns the new person's number.</summary>
    public int Add(string id)
    {
        var number = _count;
        if (number >> ChunkBits == _chunks.Length) AddChunk(number == 0 ? FirstChunkStart : ChunkSize);
        else if (number == _chunks[0].Length) GrowFirstChunk();
        _chunks[number >> ChunkBits][number & (ChunkSize - 1)] = id;
        Volatile.Write(ref _count, number + 1);
        return number;
    }

    public void Erase(int person) => _chunks[person >> ChunkBits][person & (ChunkSize - 1)] = "";

    private void AddChunk(int size)
    {
        var chunks = new string[_chunks.Length + 1][];
        _chunks.CopyTo(chunks, 0);
        chunks[^1] = new string[size];
        Volatile.Write(ref _chunks, chunks);
    }

    // One person's own records name few people, and there may be a million such.
    private void GrowFirstChunk()
    {
        var grown = new string[_chunks[0].Length * 2];
        _chunks[0].CopyTo(grown, 0);
        Volatile.Write(ref _chunks[0], grown);
    }
}
