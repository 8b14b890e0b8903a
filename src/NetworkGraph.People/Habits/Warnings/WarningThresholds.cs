namespace NetworkGraph.People.Habits;

/// <summary>Where each warning begins; each part stands with its rule.</summary>
public sealed record WarningThresholds
{
    public ExploitationThresholds Exploitation { get; init; } = new();

    public TransactionalThresholds Transactional { get; init; } = new();

    public SuperficialThresholds Superficial { get; init; } = new();

    public PrematurePitchThresholds PrematurePitch { get; init; } = new();

    public OneWayMentorshipThresholds OneWayMentorship { get; init; } = new();

    public UnwantedPersistenceThresholds UnwantedPersistence { get; init; } = new();

    public SpammingThresholds Spamming { get; init; } = new();

    public BurningBridgesThresholds BurningBridges { get; init; } = new();

    public NoFollowUpThresholds NoFollowUp { get; init; } = new();

    public MonologueThresholds Monologue { get; init; } = new();

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AddPart(Exploitation.Validate(), nameof(Exploitation));
        errors.AddPart(Transactional.Validate(), nameof(Transactional));
        errors.AddPart(Superficial.Validate(), nameof(Superficial));
        errors.AddPart(PrematurePitch.Validate(), nameof(PrematurePitch));
        errors.AddPart(OneWayMentorship.Validate(), nameof(OneWayMentorship));
        errors.AddPart(UnwantedPersistence.Validate(), nameof(UnwantedPersistence));
        errors.AddPart(Spamming.Validate(), nameof(Spamming));
        errors.AddPart(BurningBridges.Validate(), nameof(BurningBridges));
        errors.AddPart(NoFollowUp.Validate(), nameof(NoFollowUp));
        errors.AddPart(Monologue.Validate(), nameof(Monologue));
        return errors.All;
    }
}
