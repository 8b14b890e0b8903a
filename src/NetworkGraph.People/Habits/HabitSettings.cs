using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>What habits are found with: their own thresholds, and those of the measures and follow-ups they rest on.</summary>
public sealed record HabitSettings(MeasureOptions Measures, FollowUpThresholds FollowUps, HabitThresholds Habits);
