using NetworkGraph.Engine.Ties;

namespace NetworkGraph.People.Histories;

/// <summary>
/// How many interactions that count there are on each day (UTC): how far back a history reaches, and whether what a model was
/// learned from has changed since. One writer; readers of any thread wait for it for microseconds. A day costs 4 bytes.
/// </summary>
public sealed class InteractionDates
{
    /// <summary>Days are counted from 1900 on, before which nothing is dated.</summary>
    private const long EpochMs = -2_208_988_800_000;

    /// <summary>The share of all interactions that comes before a history is said to begin: strays do not make it longer.</summary>
    private const double StrayShare = 0.01;

    private readonly Lock _gate = new();
    private int[] _counts = [];
    private int _first;
    private long _changes;

    /// <summary>How often it changed: the same number, the same counts.</summary>
    public long Changes
    {
        get
        {
            lock (_gate) return _changes;
        }
    }

    /// <summary>A copy that does not change, for readers who must not know more than a published snapshot.</summary>
    public InteractionDates Copy()
    {
        lock (_gate) return new InteractionDates { _counts = [.. _counts], _first = _first, _changes = _changes };
    }

    public void Add(long atMs) => Change(atMs, 1);

    public void Remove(long atMs) => Change(atMs, -1);

    public void Clear()
    {
        lock (_gate) (_counts, _first, _changes) = ([], 0, _changes + 1);
    }

    /// <summary>Interactions before a date, Unix ms: those of the days before the date's own.</summary>
    public long CountBefore(long dateMs)
    {
        lock (_gate) return Sum(DayOf(dateMs));
    }

    /// <summary>
    /// Days from the 1st percentile of the dates up to <paramref name="asOfMs"/> (Unix ms; the day of that date counts whole) until
    /// then, 0 or more; null where there is nothing by then.
    /// </summary>
    public double? HistoryDays(long asOfMs)
    {
        lock (_gate)
        {
            var all = Sum(DayOf(asOfMs) + 1);
            if (all == 0) return null;
            var strays = (long)(all * StrayShare);
            var day = 0;
            for (var seen = 0L; day < _counts.Length && (seen += _counts[day]) <= strays; day++) { }
            return Math.Max(0, asOfMs - EpochMs - (long)(_first + day) * (long)TieDecay.DayMs) / TieDecay.DayMs;
        }
    }

    private static int DayOf(long atMs) => (int)(Math.Max(0, atMs - EpochMs) / (long)TieDecay.DayMs);

    private long Sum(int endDay)
    {
        var sum = 0L;
        foreach (var count in _counts.AsSpan(0, Math.Clamp(endDay - _first, 0, _counts.Length))) sum += count;
        return sum;
    }

    private void Change(long atMs, int by)
    {
        var day = DayOf(atMs);
        lock (_gate)
        {
            if (_counts.Length == 0) (_counts, _first) = (new int[64], day);
            if (day < _first)
            {
                // Room for as many days before: late records come in runs.
                var before = Math.Max(_first - day, _counts.Length / 2);
                before = Math.Min(before, _first);
                var counts = new int[_counts.Length + before];
                _counts.CopyTo(counts, before);
                (_counts, _first) = (counts, _first - before);
            }
            if (day - _first >= _counts.Length) Array.Resize(ref _counts, Math.Max(day - _first + 1, _counts.Length * 3 / 2));
            _counts[day - _first] += by;
            _changes++;
        }
    }
}
