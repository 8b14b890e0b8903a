using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Reciprocity;

/// <summary>
/// How mutual a whole network is.
/// Problem: r, the share of tied ordered pairs whose reverse is tied; ρ, by how much r exceeds what chance would give at
/// this density; r_w, the share of strength that is returned.
/// Method: one pass over the columns Out and In. Rows that follow each other in a segment are summed as one stretch.
/// Both strengths of a pair decay by the same factor, so r_w needs no date. Sums are added up in a fixed order: equal
/// snapshots give equal numbers whatever the threads.
/// Invariants: Reciprocated ≤ Ties and is even; r and r_w lie in [0,1], ρ is at most 1.
/// Cost: O(entries), 8 bytes an entry, bound by memory.
/// Source: Garlaschelli, Loffredo, "Patterns of link reciprocity in directed networks", 2004 (r, ρ); Squartini,
/// Picciolo, Ruzzenenti, Garlaschelli, "Reciprocity of weighted networks", 2013 (r_w).
/// </summary>
/// <param name="People">People with any tie.</param>
/// <param name="Ties">Tied ordered pairs.</param>
/// <param name="Reciprocated">Tied ordered pairs whose reverse is tied too.</param>
/// <param name="R">Reciprocated / Ties; null without ties.</param>
/// <param name="Rho">(r − ā)/(1 − ā), ā = Ties/(People·(People − 1)); null without ties, and where every pair is tied.</param>
/// <param name="Weighted">Σ min(s_ij, s_ji)/Σ s_ij; null without ties.</param>
public sealed record NetworkReciprocity(long People, long Ties, long Reciprocated, double? R, double? Rho, double? Weighted)
{
    private const int PagesPerPart = 16;

    public static NetworkReciprocity Compute(NetworkSnapshot snapshot, CancellationToken cancellation = default)
    {
        var parts = new Part[(snapshot.Pages.Length + PagesPerPart - 1) / PagesPerPart];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellation },
            part => parts[part] = Sum(snapshot, part * PagesPerPart));

        var (people, sums) = (0L, default(TieSums));
        foreach (ref readonly var part in parts.AsSpan())
        {
            people += part.People;
            sums.Add(part.Sums);
        }
        return Of(people, sums.Tied, sums.Reciprocated, sums.Out, sums.MinSum);
    }

    /// <summary>The same from sums over ordered pairs.</summary>
    /// <param name="people">People with any tie.</param>
    /// <param name="ties">Tied ordered pairs.</param>
    /// <param name="reciprocated">Those whose reverse is tied too.</param>
    /// <param name="strength">Σ s_ij.</param>
    /// <param name="returned">Σ min(s_ij, s_ji).</param>
    public static NetworkReciprocity Of(long people, long ties, long reciprocated, double strength, double returned)
    {
        if (ties == 0) return new NetworkReciprocity(people, 0, 0, null, null, null);
        var r = (double)reciprocated / ties;
        var pairs = (double)people * (people - 1);
        var density = ties / pairs;
        return new NetworkReciprocity(
            people, ties, reciprocated, r, ties < pairs ? (r - density) / (1 - density) : null, returned / strength);
    }

    private record struct Part(long People, TieSums Sums);

    private static Part Sum(NetworkSnapshot snapshot, int firstPage)
    {
        var part = default(Part);
        var sums = default(TieSums);
        var (segment, start, end) = (0, 0, 0);
        foreach (var page in snapshot.Pages.AsSpan(firstPage, Math.Min(PagesPerPart, snapshot.Pages.Length - firstPage)))
        {
            foreach (ref readonly var row in page.AsSpan())
            {
                if (row.Count == 0) continue;
                part.People++;
                if (row.Segment != segment || row.Start != end)
                {
                    Add(ref sums, snapshot.Segments[segment], start, end);
                    (segment, start) = (row.Segment, row.Start);
                }
                end = row.Start + row.Count;
            }
        }
        Add(ref sums, snapshot.Segments[segment], start, end);
        return part with { Sums = sums };
    }

    private static void Add(ref TieSums sums, SnapshotSegment segment, int start, int end) =>
        sums.Add(segment.Out.AsSpan(start, end - start), segment.In.AsSpan(start, end - start));
}
