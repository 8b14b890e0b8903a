using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Timeline;

/// <summary>The network over time. Dates are Unix ms.</summary>
public sealed class TimelineQueries(LiveNetwork network, HistoryStore histories, PeopleOptions options)
{
    private const int MaxKept = 8;
    private const int MaxMinutesBefore = 10;
    private readonly Lock _gate = new();
    private readonly LinkedList<Kept> _kept = [];

    /// <summary>
    /// The network at so many dates from <paramref name="fromMs"/> to <paramref name="toMs"/>, both among them. Without a
    /// beginning it begins with the first interaction that is no outlier (<see cref="HistorySpan"/>), without an end it ends now. A
    /// beginning that does not lie before the end becomes a day before it.
    /// </summary>
    public async ValueTask<TimelineAnswer> TimelineAsync(long? fromMs, long? toMs, int points, CancellationToken cancellation)
    {
        var view = network.Current;
        var endMs = toMs ?? view.Snapshot.AsOfMs;
        var (position, builds) = (view.Position, network.Builds);
        // Where nothing was recorded since, a large network's history up to a few minutes ago is its history.
        var beforeMs = toMs is null && network.IsLarge ? MaxMinutesBefore * 60_000L : 0;
        lock (_gate)
        {
            foreach (var kept in _kept)
            {
                if (kept.Position != position || kept.Builds != builds || kept.AskedFromMs != fromMs || kept.Points != points) continue;
                if (kept.ToMs <= endMs && kept.ToMs >= endMs - beforeMs) return kept.Answer;
            }
        }
        var answer = await Task.Run(() => Compute(fromMs, endMs, points, cancellation), cancellation);
        lock (_gate)
        {
            _kept.AddFirst(new Kept(position, builds, fromMs, endMs, points, answer));
            if (_kept.Count > MaxKept) _kept.RemoveLast();
        }
        return answer;
    }

    private TimelineAnswer Compute(long? askedFromMs, long toMs, int points, CancellationToken cancellation)
    {
        var span = askedFromMs is null ? HistorySpan.Of(histories) : null;
        var fromMs = askedFromMs ?? span?.BeginMs ?? long.MaxValue;
        if (fromMs > toMs || toMs - fromMs < points)
            fromMs = Math.Max(toMs - (long)TieDecay.DayMs, DateTimeOffset.MinValue.ToUnixTimeMilliseconds());
        var datesMs = new long[points];
        for (var i = 0; i < points; i++) datesMs[i] = fromMs + (long)((double)(toMs - fromMs) * i / (points - 1));
        datesMs[^1] = toMs;
        return new TimelineAnswer
        {
            From = DateTimeOffset.FromUnixTimeMilliseconds(fromMs),
            To = DateTimeOffset.FromUnixTimeMilliseconds(toMs),
            Points = NetworkTimeline.Compute(histories, datesMs, options, cancellation),
            Outliers = span is { Outliers: > 0 } outliers
                ? new TimelineOutliers
                {
                    Interactions = outliers.Outliers,
                    First = DateTimeOffset.FromUnixTimeMilliseconds(outliers.EarliestMs)
                }
                : null,
        };
    }

    private sealed record Kept(long Position, long Builds, long? AskedFromMs, long ToMs, int Points, TimelineAnswer Answer);
}
