using System.Diagnostics;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Models;

/// <summary>
/// Keeps the log's models up to date: learns those of each grid date (the first of each calendar month, UTC), the latest first, and
/// appends them as records. A date is learned again where more than 1 % of the interactions before it were added, retracted or
/// erased since. Of several silos one does it. In the background, within a share of a processor; never in a request.
/// </summary>
public sealed class ModelKeeper(
    IInteractionLog log, LogFold fold, EmbeddedPeople people, PeopleOptions measures, ModelOptions options, TimeProvider time)
{
    private const double ChangedShare = 0.01;
    private readonly HistoryStore _histories = people.Histories;
    private readonly Dictionary<long, long> _looked = [];
    private readonly ModelTrainer _trainer = new(people.Histories, measures, Priors.Shipped);
    private long _heldStillAt = -1;

    /// <summary>Whether it is this process that learns: asked before each date.</summary>
    public Func<bool> IsTrainer { get; set; } = static () => true;

    /// <summary>How many grid dates were learned since start.</summary>
    public long Trained { get; private set; }

    /// <summary>Learns until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await fold.Ready.WaitAsync(cancellation);
        using var timer = new PeriodicTimer(options.CheckEvery, time);
        do
        {
            if (!options.Learn || !IsTrainer() || !HoldsStill()) continue;
            while (await LearnNextAsync(cancellation) is { } took)
                await Task.Delay(took * (1 / options.ProcessorShare - 1), time, cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Learns the latest grid date that needs it; null where none does, else how long it took.</summary>
    public async Task<TimeSpan?> LearnNextAsync(CancellationToken cancellation)
    {
        var position = _histories.VisiblePosition;
        if (Due() is not { } gridMs) return null;
        var started = Stopwatch.GetTimestamp();
        var interactions = _histories.Dates.CountBefore(gridMs);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var trained = await Task.Run(() => _trainer.Train(gridMs, position, nowMs, cancellation), cancellation);
        _looked[gridMs] = interactions;
        Trained++;
        if (trained.Count > 0)
        {
            var receipt = await log.AppendAsync(trained, cancellation);
            if (receipt.Overloaded) _looked.Remove(gridMs);
            else await fold.UntilFoldedAsync(receipt.Results[^1].Position, cancellation);
        }
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Grid dates up to a date (Unix ms), the latest first, back to the first with enough history.</summary>
    public static IEnumerable<long> GridDates(InteractionDates dates, long upToMs)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var month = DateTimeOffset.FromUnixTimeMilliseconds(upToMs).UtcDateTime;
        var date = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        while (date.ToUnixTimeMilliseconds() is var gridMs && dates.HistoryDays(gridMs - 1) >= TieForecast.MinHistoryDays)
        {
            yield return gridMs;
            date = date.AddMonths(-1);
        }
    }

    private long? Due()
    {
        if (_histories.LatestAtMs == long.MinValue) return null;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        // Once nothing happens any more there is nothing more to learn than what was learned then.
        var lastMs = Math.Min(nowMs, _histories.LatestAtMs + (long)(31 * TieDecay.DayMs));
        foreach (var gridMs in GridDates(_histories.Dates, lastMs))
        {
            var interactions = _histories.Dates.CountBefore(gridMs);
            if (_looked.TryGetValue(gridMs, out var looked) && !HasChanged(looked, interactions)) continue;
            var known = people.Models.Of(ModelKind.Persistence, gridMs);
            if (known is not null && !HasChanged(known.Interactions, interactions)) continue;
            return gridMs;
        }
        return null;
    }

    private static bool HasChanged(long before, long now) => Math.Abs(now - before) > ChangedShare * before;

    /// <summary>
    /// Whether the log has not grown by much since the last look: in the middle of an import what is learned is soon out of date.
    /// </summary>
    private bool HoldsStill()
    {
        var (before, now) = (_heldStillAt, fold.Progress.Position);
        _heldStillAt = now;
        return before >= 0 && fold.Lag == 0 && !HasChanged(before, now);
    }
}
