using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>What venues are judged with: their own thresholds, and those of the measures and follow-ups they rest on.</summary>
public sealed record VenueSettings(MeasureOptions Measures, FollowUpThresholds FollowUps, VenueThresholds Venues);
