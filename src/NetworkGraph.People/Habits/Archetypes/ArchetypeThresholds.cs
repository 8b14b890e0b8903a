namespace NetworkGraph.People.Habits;

/// <summary>Where each archetype begins; each part stands with its rule.</summary>
public sealed record ArchetypeThresholds
{
    public CardCollectorThresholds CardCollector { get; init; } = new();

    public SelfPromoterThresholds SelfPromoter { get; init; } = new();

    public DemanderThresholds Demander { get; init; } = new();

    public GossipThresholds Gossip { get; init; } = new();

    public KnowItAllThresholds KnowItAll { get; init; } = new();

    public WallflowerThresholds Wallflower { get; init; } = new();

    public GhostThresholds Ghost { get; init; } = new();

    public CrisisNetworkerThresholds CrisisNetworker { get; init; } = new();

    public ConnectorThresholds Connector { get; init; } = new();

    public NurturerThresholds Nurturer { get; init; } = new();

    public GiverThresholds Giver { get; init; } = new();

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AddPart(CardCollector.Validate(), nameof(CardCollector));
        errors.AddPart(SelfPromoter.Validate(), nameof(SelfPromoter));
        errors.AddPart(Demander.Validate(), nameof(Demander));
        errors.AddPart(Gossip.Validate(), nameof(Gossip));
        errors.AddPart(KnowItAll.Validate(), nameof(KnowItAll));
        errors.AddPart(Wallflower.Validate(), nameof(Wallflower));
        errors.AddPart(Ghost.Validate(), nameof(Ghost));
        errors.AddPart(CrisisNetworker.Validate(), nameof(CrisisNetworker));
        errors.AddPart(Connector.Validate(), nameof(Connector));
        errors.AddPart(Nurturer.Validate(), nameof(Nurturer));
        errors.AddPart(Giver.Validate(), nameof(Giver));
        return errors.All;
    }
}
