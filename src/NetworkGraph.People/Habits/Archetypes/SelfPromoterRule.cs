namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype self-promoter begins; shares in (0,1].</summary>
public sealed record SelfPromoterThresholds
{
    /// <summary>Share of promotion and pitch in what is sent: one message in four.</summary>
    public double PromotionShare { get; init; } = 0.25;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Share(PromotionShare, nameof(PromotionShare));
        return errors.All;
    }
}

/// <summary>Much of what they send promotes or pitches.</summary>
internal sealed class SelfPromoterRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.SelfPromoter;

    public string Name => "self-promoter";

    public string Counsel => "Before the next promotion, write to three people about what they are doing, and offer nothing.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.Promotions, HabitFact.Sent];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        ArchetypeRules.ShareOfSent(HabitFact.Promotions, in counts, habits.Archetypes.SelfPromoter.PromotionShare, habits);
}
