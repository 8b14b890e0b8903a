using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>A tie as rules look at it: the dyad's events up to a date, ordered by (AtMs, Position), at least one.</summary>
/// <param name="person">Id of the other.</param>
/// <param name="name">What to call the other.</param>
/// <param name="events">The dyad's events.</param>
/// <param name="selfIsLow">Whether the one to be nudged is the low person.</param>
/// <param name="asOfMs">Unix ms.</param>
/// <param name="venues">Where things happened.</param>
/// <param name="options">Weights and thresholds.</param>
/// <param name="forecast">How P(persist) is made.</param>
internal readonly ref struct TieCase(
    string person, string name, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, VenueTable venues, PeopleOptions options,
    DyadForecast forecast)
{
    /// <summary>What to call the other.</summary>
    public string Name => name;

    public ReadOnlySpan<DyadEvent> Events { get; } = events;

    public long AsOfMs => asOfMs;

    public VenueTable Venues => venues;

    public PeopleOptions Options => options;

    public DyadForecast Forecast => forecast;

    public NudgeThresholds Thresholds => options.Nudges;

    /// <summary>What is open between the two.</summary>
    public OpenLoops Loops { get; } = OpenLoops.Of(events, selfIsLow, asOfMs, options, options.Nudges);

    /// <summary>How the other has answered.</summary>
    public Approaches Approaches { get; } = DyadMeasures.ApproachesBy(events, selfIsLow, options);

    /// <summary>peak/(1 + peak) of the tie's strength.</summary>
    public double PeakShare()
    {
        var peak = DyadMeasures.Peak(Events, options).Strength;
        return peak / (1 + peak);
    }

    public string Ago(long atMs) => NudgeText.Ago(atMs, asOfMs);

    /// <summary>The nudge worth the product of its parts; null where that is too little.</summary>
    public Nudge? Nudge(
        string action, string rule, string reason, (string Name, double Value)[] parts, OpenLoop loop,
        params (string Name, double Value)[] counts)
    {
        var nudge = NudgeText.Make(
            action, person, null, rule, reason, parts, loop.SinceMs, [loop.Position],
                counts.ToDictionary(count => count.Name, count => count.Value));
        return nudge.Worth < Thresholds.MinWorth ? null : nudge;
    }
}
