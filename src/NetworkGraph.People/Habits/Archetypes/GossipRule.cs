namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype gossip begins; shares in (0,1].</summary>
public sealed record GossipThresholds
{
    /// <summary>Share of gossip in what is sent.</summary>
    public double GossipShare { get; init; } = 0.15;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Share(GossipShare, nameof(GossipShare));
        return errors.All;
    }
}

/// <summary>Much of what they send is gossip.</summary>
internal sealed class GossipRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Gossip;

    public string Name => "gossip";

    public string Counsel => "Say of people only what you would say to them; a confidence kept does more for a tie than one shared.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.Gossips, HabitFact.Sent];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        ArchetypeRules.ShareOfSent(HabitFact.Gossips, in counts, habits.Archetypes.Gossip.GossipShare, habits);
}
