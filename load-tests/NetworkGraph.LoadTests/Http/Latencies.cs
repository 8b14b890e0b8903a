using System.Diagnostics;

namespace NetworkGraph.LoadTests.Http;

/// <summary>Latencies of one kind of request, and what came back. For several threads.</summary>
internal sealed class Latencies(string name)
{
    private readonly Lock _gate = new();
    private readonly List<long> _ticks = [];
    private readonly SortedDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public string Name => name;

    public int Count
    {
        get
        {
            lock (_gate) return _ticks.Count;
        }
    }

    public int Failures
    {
        get
        {
            lock (_gate) return _failures.Values.Sum();
        }
    }

    /// <summary>Adds a request that should have started at <paramref name="dueTicks"/> and has just been answered.</summary>
    public void Add(long dueTicks)
    {
        var elapsed = Stopwatch.GetTimestamp() - dueTicks;
        lock (_gate) _ticks.Add(elapsed);
    }

    public void AddFailure(string what)
    {
        lock (_gate) _failures[what] = _failures.GetValueOrDefault(what) + 1;
    }

    /// <summary>Latency below which this share of the requests stayed, milliseconds; NaN where there were none.</summary>
    public double PercentileMs(double share)
    {
        lock (_gate)
        {
            if (_ticks.Count == 0) return double.NaN;
            _ticks.Sort();
            return Stopwatch.GetElapsedTime(0, _ticks[Math.Min(_ticks.Count - 1, (int)(_ticks.Count * share))]).TotalMilliseconds;
        }
    }

    public string DescribeFailures()
    {
        lock (_gate) return string.Join(", ", _failures.Select(failure => $"{failure.Value} x {failure.Key}"));
    }
}
