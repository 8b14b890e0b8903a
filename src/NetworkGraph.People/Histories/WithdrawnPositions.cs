namespace NetworkGraph.People.Histories;

/// <summary>
/// Problem: which interactions count no longer, and since when? Readers ask for each event they pass, without locks.
/// Method: for each position of the log the position of the record that withdrew it (0: it stands), in pages that exist
/// only where something was withdrawn. So a reader that must see the past as of a position (<see cref="DyadReader"/>) still
/// does, and what counts now is one look in memory.
/// Memory: 4 KiB a page of 1,024 positions with something withdrawn, 8 bytes for any other page up to the last.
/// One writer; any number of readers.
/// </summary>
public sealed class WithdrawnPositions
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private uint[]?[] _pages = [];
    private int _count;

    /// <summary>How many positions were withdrawn.</summary>
    public int Count => Volatile.Read(ref _count);

    internal long Bytes => 8L * _pages.Length + 4L * PageSize * _pages.Count(static page => page is not null);

    /// <summary>The position of the record that withdrew the interaction at a position; 0 where it stands.</summary>
    public uint At(uint position)
    {
        var pages = Volatile.Read(ref _pages);
        var page = position >> PageBits;
        return page < (uint)pages.Length && Volatile.Read(ref pages[page]) is { } found
            ? Volatile.Read(ref found[position & (PageSize - 1)]) : 0;
    }

    /// <summary>Notes a withdrawal; false where the position was withdrawn before. Only the one writer calls this.</summary>
    internal bool Add(uint position, uint by)
    {
        var page = (int)(position >> PageBits);
        if (page >= _pages.Length)
        {
            var pages = new uint[]?[Math.Max(page + 1, _pages.Length * 2)];
            _pages.CopyTo(pages, 0);
            Volatile.Write(ref _pages, pages);
        }
        var entries = _pages[page];
        if (entries is null) Volatile.Write(ref _pages[page], entries = new uint[PageSize]);
        ref var entry = ref entries[position & (PageSize - 1)];
        if (entry != 0) return false;
        Volatile.Write(ref entry, by);
        Volatile.Write(ref _count, _count + 1);
        return true;
    }

    /// <summary>All withdrawals by records up to a position, in order of the position withdrawn.</summary>
    internal IEnumerable<(uint Position, uint By)> UpTo(long position)
    {
        var pages = Volatile.Read(ref _pages);
        for (var page = 0; page < pages.Length; page++)
        {
            if (Volatile.Read(ref pages[page]) is not { } entries) continue;
            for (var i = 0; i < PageSize; i++)
            {
                var by = Volatile.Read(ref entries[i]);
                if (by != 0 && by <= position) yield return ((uint)(page << PageBits | i), by);
            }
        }
    }
}
