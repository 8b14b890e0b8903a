using System.Collections.Immutable;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// What is foretold of ties at one date: with which weights, over which span of time, and where the network around a tie is seen.
/// Not for several threads, since it marks one person's contacts at a time.
/// </summary>
public sealed class TieForecast
{
    /// <summary>Under so many days of history nothing is said of what will be.</summary>
    public const double MinHistoryDays = 30;

    private readonly TieContexts? _contexts;

    private TieForecast(TieContexts? contexts) => _contexts = contexts;

    /// <summary>The prior, for a history of any length, of dyads by themselves.</summary>
    public static TieForecast Prior { get; } = new(null);

    /// <summary>Whole days that P(persist) is about.</summary>
    public int PersistWithinDays { get; private init; } = (int)TieFeatures.ScaleDays;

    /// <summary>Whether the history is long enough for P(persist).</summary>
    public bool KnowsEnough { get; private init; } = true;

    /// <summary>The learned model of P(persist); null where the prior stands.</summary>
    public ModelTrained? Persistence { get; private init; }

    /// <summary>The learned model of a dormant tie's coming back; null where the prior stands.</summary>
    public ModelTrained? Answer { get; private init; }

    /// <summary>The forecast at a date.</summary>
    /// <param name="models">What was learned.</param>
    /// <param name="dates">How far back the history reaches.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="upToPosition">What of the log the answer knows.</param>
    /// <param name="snapshot">The network at the date; null where each dyad is seen by itself.</param>
    public static TieForecast At(ModelStore models, InteractionDates dates, long asOfMs, long upToPosition, NetworkSnapshot? snapshot)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(dates);
        var history = dates.HistoryDays(asOfMs);
        return new TieForecast(snapshot is null ? null : new TieContexts(snapshot))
        {
            PersistWithinDays = WindowOf(history ?? 0),
            KnowsEnough = history >= MinHistoryDays,
            Persistence = models.At(ModelKind.Persistence, asOfMs, upToPosition),
            Answer = models.At(ModelKind.Answer, asOfMs, upToPosition),
        };
    }

    /// <summary>The span that P(persist) is about after so many days of history: a sixth of it, 5 to 90 whole days.</summary>
    public static int WindowOf(double historyDays) => (int)Math.Clamp(historyDays / 6, 5, 90);

    /// <summary>What is foretold of the tie of two people, by number.</summary>
    public DyadForecast Of(int person, int other) => new(this, _contexts?.Of(person, other));

    internal static double Probability(
        ModelTrained? learned, ImmutableArray<double> prior, double windowDays, ReadOnlySpan<DyadEvent> events, long asOfMs,
            in TieContext around,
        MeasureOptions options)
    {
        Span<double> features = stackalloc double[TieFeatures.Count];
        TieFeatures.Fill(events, asOfMs, windowDays, in around, options.WeightTable, features);
        return RidgeLogistic.Probability(learned is null ? prior.AsSpan() : learned.Parameters, features);
    }
}

/// <summary>What is foretold of one dyad.</summary>
/// <param name="Forecast">With which weights.</param>
/// <param name="Around">What goes on around the two; null where only their own tie is known.</param>
public readonly record struct DyadForecast(TieForecast Forecast, TieContext? Around)
{
    /// <summary>The prior, of a dyad by itself.</summary>
    public static DyadForecast Prior => new(TieForecast.Prior, null);

    /// <summary>
    /// P(persist) in (0,1) of a dyad with contacts; null where the history is too short. <paramref name="alone"/> stands in where
    /// nothing is known around.
    /// </summary>
    public double? Persist(ReadOnlySpan<DyadEvent> events, long asOfMs, in TieContext alone, MeasureOptions options) => Forecast.KnowsEnough
        ? TieForecast.Probability(
            Forecast.Persistence, ModelPriors.Persistence, Forecast.PersistWithinDays, events, asOfMs, Around ?? alone, options)
        : null;

    /// <summary>That contact comes back, in (0,1), of a dormant dyad.</summary>
    public double Answer(ReadOnlySpan<DyadEvent> events, long asOfMs, in TieContext alone, MeasureOptions options) =>
        TieForecast.Probability(Forecast.Answer, ModelPriors.Answer, TieFeatures.ScaleDays, events, asOfMs, Around ?? alone, options);
}
