using System.Runtime.InteropServices;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// Asks the operating system to hold large arrays in pages of 2 MiB instead of 4 KiB.
/// Why: a search reads rows all over a snapshot, and with small pages nearly each of them misses the processor's table
/// of addresses too. Method: for an array that is filled already madvise(MADV_COLLAPSE), Linux 6.1 and later, which copies
/// what lies in small pages into a large one at once; for one that is yet to be filled madvise(MADV_HUGEPAGE), so that
/// large pages are given when it is first written. It is advice: where it is refused, or unknown, everything is as it was.
/// Cost: some milliseconds for 2 MiB, or next to nothing; memory is rounded up to 2 MiB at the ends of an array.
/// </summary>
public static partial class LargePages
{
    private const nuint PageBytes = 2 << 20;
    private const int UseForNewPages = 14;
    private const int Collapse = 25;

    private static volatile bool s_isRefused = !OperatingSystem.IsLinux();

    /// <summary>Moves a filled array into large pages. Arrays under half a page are left alone.</summary>
    public static void Gather<T>(T[] array)
        where T : unmanaged => Advise(array, Collapse);

    /// <summary>Has an array that is yet to be filled given large pages. Arrays under half a page are left alone.</summary>
    public static void Prefer<T>(T[] array)
        where T : unmanaged => Advise(array, UseForNewPages);

    private static unsafe void Advise<T>(T[] array, int advice)
        where T : unmanaged
    {
        var bytes = (nuint)array.LongLength * (nuint)sizeof(T);
        if (s_isRefused || bytes < PageBytes / 2) return;
        fixed (T* first = array)
        {
            // Outwards, so that arrays beside each other share the page between them.
            var start = (nuint)first & ~(PageBytes - 1);
            var end = ((nuint)first + bytes + PageBytes - 1) & ~(PageBytes - 1);
            for (var page = start; page < end; page += PageBytes) Advise(page, advice);
        }
    }

    private static void Advise(nuint page, int advice)
    {
        try
        {
            // What it returns says whether this page could be moved (it may reach into unmapped memory): nothing to act on.
            _ = AdviseMemory(page, PageBytes, advice);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            s_isRefused = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseMemory(nuint start, nuint length, int advice);
}
