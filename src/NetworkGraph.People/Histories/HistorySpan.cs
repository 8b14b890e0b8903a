namespace NetworkGraph.People.Histories;

/// <summary>When a history begins, with what lies far before it set apart.</summary>
/// <param name="BeginMs">The first interaction that belongs to the bulk, Unix ms.</param>
/// <param name="Outliers">Interactions before it: most likely of a broken clock or a wrong unit of time.</param>
/// <param name="EarliestMs">The very first interaction, Unix ms; equal to <paramref name="BeginMs"/> where there is no outlier.</param>
public readonly record struct HistorySpan(long BeginMs, long Outliers, long EarliestMs)
{
    private const int Buckets = 1 << 16;
    private const double MinReachMs = 365 * 86_400_000.0;

    /// <summary>
    /// Finds the beginning: with the least hundredth of dates left aside (at least one of five or more), the rest has a
    /// span; a date belongs to the bulk if it lies at most once that span, or a year, before it. Null for an empty history.
    /// Cost: three passes over all events and a histogram of fixed size.
    /// </summary>
    public static HistorySpan? Of(HistoryStore histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var (earliest, latest, count) = (long.MaxValue, long.MinValue, 0L);
        histories.VisitDates(atMs => (earliest, latest, count) = (Math.Min(earliest, atMs), Math.Max(latest, atMs), count + 1));
        if (count == 0) return null;
        var width = Math.Max(1, (latest - earliest) / Buckets + 1);
        var histogram = new long[Buckets];
        histories.VisitDates(atMs => histogram[Math.Clamp((atMs - earliest) / width, 0, Buckets - 1)]++);
        var aside = count < 5 ? 0 : Math.Max(1, count / 100);
        var bucket = 0;
        for (var seen = histogram[0]; seen <= aside && bucket < Buckets - 1;) seen += histogram[++bucket];
        var bulkFrom = earliest + bucket * width;
        var reach = Math.Max(latest - bulkFrom, MinReachMs);
        var (begin, outliers) = (long.MaxValue, 0L);
        histories.VisitDates(atMs =>
        {
            if (bulkFrom - atMs > reach) outliers++;
            else begin = Math.Min(begin, atMs);
        });
        return new HistorySpan(begin, outliers, earliest);
    }
}
