namespace NetworkGraph.Demo;

/// <summary>The habits planted in some of the people.</summary>
public enum DemoArchetype : byte
{
    CardCollector,
    SelfPromoter,
    Demander,
    Gossip,
    KnowItAll,
    Wallflower,
    Ghost,
    CrisisNetworker,
    Connector,
    Nurturer,
    Giver,
}

public static class DemoArchetypes
{
    public static readonly IReadOnlyList<DemoArchetype> All = Enum.GetValues<DemoArchetype>();

    private static readonly string[] s_names =
    [
        "card-collector", "self-promoter", "demander", "gossip", "know-it-all", "wallflower", "ghost", "crisis-networker",
        "connector", "nurturer", "giver",
    ];

    /// <summary>The name that measures use, for instance "card-collector".</summary>
    public static string WireName(this DemoArchetype archetype) => s_names[(int)archetype];
}

public enum DemoVenueKind : byte
{
    Conference,
    Meetup,
    ChamberLunch,
    TradeFair,
    Club,
}

/// <summary>What meeting people at a venue was made to lead to.</summary>
public enum DemoVerdict : byte
{
    /// <summary>Many attend, nothing lasts.</summary>
    Graveyard,

    /// <summary>More than half are followed up, a few last.</summary>
    Ordinary,

    /// <summary>Small; nearly everybody follows up, and half of it lasts.</summary>
    Fruitful,
}

/// <summary>A venue as interactions name it.</summary>
public sealed record DemoVenue(string Name, DemoVenueKind Kind, DemoVerdict Verdict, string City, string Industry);

/// <summary>Two people. Where the roles differ, <see cref="First"/> is the one who acts (mentor, reviver, the one who burns).</summary>
public sealed record DemoPair(string First, string Second);

/// <summary>
/// A referral: <see cref="Acted"/> when receiver and referred were in touch within 30 days, <see cref="Reported"/> when the referrer heard
/// back.
/// </summary>
public sealed record DemoReferral(string Interaction, string Referrer, string Receiver, string Referred, bool Acted, bool Reported);

/// <summary>An introduction, and whether the two got in touch.</summary>
public sealed record DemoIntroduction(string Interaction, string Broker, string First, string Second, bool LedToContact);

/// <summary>A behaviour worth a warning, under the name measures use ("spamming"); towards somebody, or in general.</summary>
public sealed record DemoWarning(string Warning, string Person, string? Other);

/// <summary>What was planted where. Measures never see it; tests and accuracy runs compare their answers with it.</summary>
public sealed record DemoGroundTruth
{
    /// <summary>Person id to planted archetype; everybody else is ordinary.</summary>
    public required IReadOnlyDictionary<string, DemoArchetype> Archetypes { get; init; }

    /// <summary>Strong once (at least three message-like interactions each way), silent for more than a year, worth reviving.</summary>
    public required IReadOnlyList<DemoPair> DormantTies { get; init; }

    /// <summary>Silent for more than a year, then taken up again by <see cref="DemoPair.First"/>.</summary>
    public required IReadOnlyList<DemoPair> RevivedTies { get; init; }

    /// <summary>Strong once, ended by a decline or complaint of <see cref="DemoPair.First"/>.</summary>
    public required IReadOnlyList<DemoPair> BurntTies { get; init; }

    /// <summary>Mentor first; advice flows one way, messages both.</summary>
    public required IReadOnlyList<DemoPair> Mentorships { get; init; }

    public required IReadOnlyList<DemoVenue> Venues { get; init; }

    public required IReadOnlyList<DemoReferral> Referrals { get; init; }

    public required IReadOnlyList<DemoIntroduction> Introductions { get; init; }

    public required IReadOnlyList<DemoWarning> Warnings { get; init; }
}
