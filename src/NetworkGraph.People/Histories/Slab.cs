namespace NetworkGraph.People.Histories;

/// <summary>
/// An append-only list of plain structs in chunks. One writer; any number of readers without locks, since an element
/// never moves once its chunk is full. The first chunk starts small and doubles, so that a store of one person's
/// records stays small. Fields that the writer changes in place (heads of chains) are read with
/// <see cref="Volatile"/> by readers.
/// </summary>
public sealed class Slab<T>
    where T : unmanaged
{
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstChunkStart = 8;
    private T[][] _chunks = [];
    private int _count;

    /// <summary>Number of elements that readers may look at.</summary>
    public int Count => Volatile.Read(ref _count);

    public ref T this[int index] => ref Volatile.Read(ref _chunks)[index >> ChunkBits][index & (ChunkSize - 1)];

    /// <summary>Appends; returns the index. Only the one writer calls this.</summary>
    public int Add(in T element)
    {
        var index = _count;
        var chunk = index >> ChunkBits;
        var offset = index & (ChunkSize - 1);
        if (chunk == _chunks.Length) AddChunk(chunk == 0 ? FirstChunkStart : ChunkSize);
        else if (offset == _chunks[chunk].Length) GrowFirstChunk();
        _chunks[chunk][offset] = element;
        Volatile.Write(ref _count, index + 1);
        return index;
    }

    /// <summary>Consecutive elements from <paramref name="start"/>, at most to the end of its chunk and of the list.</summary>
    public Span<T> ChunkFrom(int start)
    {
        var offset = start & (ChunkSize - 1);
        var length = Math.Min(Count - start, ChunkSize - offset);
        return Volatile.Read(ref _chunks)[start >> ChunkBits].AsSpan(offset, length);
    }

    public long Bytes
    {
        get
        {
            long elements = 0;
            foreach (var chunk in Volatile.Read(ref _chunks)) elements += chunk.Length;
            unsafe { return elements * sizeof(T); }
        }
    }

    private void AddChunk(int size)
    {
        var chunks = new T[_chunks.Length + 1][];
        _chunks.CopyTo(chunks, 0);
        chunks[^1] = new T[size];
        Volatile.Write(ref _chunks, chunks);
    }

    private void GrowFirstChunk()
    {
        var grown = new T[_chunks[0].Length * 2];
        _chunks[0].CopyTo(grown, 0);
        Volatile.Write(ref _chunks[0], grown);
    }
}
