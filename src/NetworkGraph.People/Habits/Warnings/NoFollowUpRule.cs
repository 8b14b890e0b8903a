namespace NetworkGraph.People.Habits;

/// <summary>Where the warning no-follow-up begins.</summary>
public sealed record NoFollowUpThresholds
{
    /// <summary>First contacts from which it can be said that somebody does not follow up.</summary>
    public int FromContacts { get; init; } = 10;

    /// <summary>Share of first contacts followed up below which that is said.</summary>
    public double FollowedUpShare { get; init; } = 0.2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(FromContacts, 1, nameof(FromContacts));
        errors.Share(FollowedUpShare, nameof(FollowedUpShare));
        return errors.All;
    }
}

/// <summary>First contacts of which hardly any is followed up by either.</summary>
internal sealed class NoFollowUpRule : IPersonWarningRule
{
    public WarningKind Kind => WarningKind.NoFollowUp;

    public string Name => "no-follow-up";

    public string Counsel => "Hardly any of those you met has been followed up: write to the last three within two days.";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.FirstContacts, HabitFact.FirstContactsFollowedUp];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        if (counts[HabitFact.FirstContacts] == 0) return 0;
        var t = habits.Warnings.NoFollowUp;
        var followedUp = Degrees.ShareAtMost(
            counts[HabitFact.FirstContactsFollowedUp], counts[HabitFact.FirstContacts], habits.DoubtStandardErrors);
        return Math.Min(
            Degrees.AtLeast(counts[HabitFact.FirstContacts], t.FromContacts, habits.Steepness),
            Degrees.AtMost(followedUp, t.FollowedUpShare, habits.Steepness));
    }
}
