using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;

namespace NetworkGraph.People;

/// <summary>
/// Every number that answers about people can be tuned by, as one section of the configuration: the measures' own, and the
/// thresholds of each feature, which is handed its own and knows no others. Validated once at start, not changed after.
/// </summary>
public sealed class PeopleOptions : MeasureOptions
{
    private HabitSettings? _habitSettings;
    private VenueSettings? _venueSettings;

    public static new PeopleOptions Default { get; } = new();

    public FollowUpThresholds FollowUps { get; init; } = new();

    public NudgeThresholds Nudges { get; init; } = new();

    public VenueThresholds Venues { get; init; } = new();

    public ReferralThresholds Referrals { get; init; } = new();

    public HabitThresholds Habits { get; init; } = new();

    /// <summary>What habits are found with.</summary>
    public HabitSettings HabitSettings() => _habitSettings ??= new HabitSettings(this, FollowUps, Habits);

    /// <summary>What venues are judged with.</summary>
    public VenueSettings VenueSettings() => _venueSettings ??= new VenueSettings(this, FollowUps, Venues);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
    [
        .. base.Validate(),
        .. FollowUps.Validate().Select(error => $"{nameof(FollowUps)}:{error}"),
        .. Nudges.Validate().Select(error => $"{nameof(Nudges)}:{error}"),
        .. Venues.Validate().Select(error => $"{nameof(Venues)}:{error}"),
        .. Referrals.Validate().Select(error => $"{nameof(Referrals)}:{error}"),
        .. Habits.Validate().Select(error => $"{nameof(Habits)}:{error}"),
    ];
}
