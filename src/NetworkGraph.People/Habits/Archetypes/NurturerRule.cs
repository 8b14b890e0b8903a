namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype nurturer begins; shares in (0,1].</summary>
public sealed record NurturerThresholds
{
    /// <summary>
    /// How long a tie is established before anything is said of its upkeep, days; also the silence that makes it dormant.
    /// </summary>
    public double EstablishedDays { get; init; } = 365;

    /// <summary>Longest silence of a tie that is kept alive, days: once a quarter, with a month's grace.</summary>
    public double KeptAliveDays { get; init; } = 120;

    /// <summary>Share of a tie's conversations a person opens from which it is also they who keep it alive.</summary>
    public double OpensShare { get; init; } = 0.34;

    /// <summary>Days of silence after which the next word opens a new conversation.</summary>
    public double ConversationDays { get; init; } = 7;

    /// <summary>Nurtured ties at the least; three times is a habit.</summary>
    public int MinNurtured { get; init; } = 3;

    /// <summary>Revived ties at the least.</summary>
    public int MinRevived { get; init; } = 3;

    /// <summary>Share of established ties that are nurtured, of somebody who revives ties: one in four lives on.</summary>
    public double NurturedShare { get; init; } = 0.25;

    /// <summary>The same of somebody who never let a tie go dormant: nearly all.</summary>
    public double NurturedShareUnrevived { get; init; } = 0.9;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Above0(EstablishedDays, nameof(EstablishedDays));
        errors.Above0(KeptAliveDays, nameof(KeptAliveDays));
        errors.Share(OpensShare, nameof(OpensShare));
        errors.Above0(ConversationDays, nameof(ConversationDays));
        errors.AtLeast(MinNurtured, 1, nameof(MinNurtured));
        errors.AtLeast(MinRevived, 1, nameof(MinRevived));
        errors.Share(NurturedShare, nameof(NurturedShare));
        errors.Share(NurturedShareUnrevived, nameof(NurturedShareUnrevived));
        return errors.All;
    }
}

/// <summary>Keeps established ties alive, and revives those that went dormant.</summary>
internal sealed class NurturerRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Nurturer;

    public string Name => "nurturer";

    public string Counsel => "Keep it up: a note now and then is what holds these ties, and there may be a dormant one worth reviving.";

    public string? Needs => null;

    public IReadOnlyList<HabitFact> Facts { get; } = [
        HabitFact.TiesNurtured, HabitFact.TiesKeptAlive, HabitFact.TiesGoneDormant, HabitFact.TiesRevived, HabitFact.TiesEstablished];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Nurturer;
        if (counts[HabitFact.TiesNurtured] < t.MinNurtured) return 0;
        var share = Degrees.Share(counts[HabitFact.TiesNurtured], counts[HabitFact.TiesEstablished]);
        // Who has revived ties need not have kept most of the others; who never let one go dormant has none to revive.
        if (counts[HabitFact.TiesRevived] >= t.MinRevived) return Degrees.AtLeast(share, t.NurturedShare, habits.Steepness);
        return counts[HabitFact.TiesGoneDormant] == 0 ? Degrees.AtLeast(share, t.NurturedShareUnrevived, habits.Steepness) : 0;
    }
}
