using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// How a person behaves, as the numbers the generator draws from. Exchange mixes are weights in the order of
/// <see cref="Exchange"/>: none, give, ask, advice, unsolicited advice, pitch, promotion, thanks, gossip, complaint.
/// </summary>
internal sealed record DemoHabits
{
    /// <summary>How many everyday ties they begin, relative to others.</summary>
    public double Background { get; init; } = 1;

    /// <summary>How often it is they who open a conversation, relative to the other.</summary>
    public double Initiative { get; init; } = 1;

    /// <summary>Probability of answering an ordinary message.</summary>
    public double Answers { get; init; } = 0.94;

    /// <summary>Probability of giving or advising when asked.</summary>
    public double Helps { get; init; } = 0.72;

    /// <summary>Willingness to follow up a first contact.</summary>
    public double FollowsUp { get; init; } = 0.72;

    /// <summary>How keen on events.</summary>
    public double Appetite { get; init; } = 1;

    /// <summary>Probability of joining a round of talk at an event.</summary>
    public double Mingles { get; init; } = 0.95;

    /// <summary>Holds back asks and pitches until the two know each other.</summary>
    public bool Tactful { get; init; } = true;

    public required double[] Openings { get; init; }

    public required double[] Replies { get; init; }

    private static readonly double[] s_plainReplies = [0.87, 0.03, 0.012, 0.035, 0.004, 0.002, 0.002, 0.04, 0.004, 0.001];

    private static readonly DemoHabits s_ordinary = new()
    {
        Openings = [0.66, 0.065, 0.12, 0.03, 0.006, 0.008, 0.012, 0.08, 0.008, 0.003],
        Replies = s_plainReplies,
    };

    public static DemoHabits Of(DemoArchetype? archetype) => archetype switch
    {
        null => s_ordinary,
        DemoArchetype.CardCollector => s_ordinary with { Background = 0.25, Answers = 0.5, FollowsUp = 0.02, Appetite = 4 },
        DemoArchetype.SelfPromoter => s_ordinary with
        {
            Background = 0.7,
            Initiative = 3,
            Helps = 0.3,
            Appetite = 2,
            Tactful = false,
            FollowsUp = 0.6,
            Openings = [0.14, 0.01, 0.04, 0.01, 0.02, 0.33, 0.43, 0.01, 0.01, 0],
            Replies = [0.5, 0.01, 0.02, 0.01, 0.01, 0.2, 0.24, 0.01, 0, 0],
        },
        DemoArchetype.Demander => s_ordinary with
        {
            Background = 0.5,
            Initiative = 3.5,
            Helps = 0.03,
            Tactful = false,
            Openings = [0.16, 0.005, 0.8, 0, 0, 0.01, 0.01, 0.01, 0, 0.005],
            Replies = [0.74, 0, 0.25, 0, 0, 0, 0, 0.01, 0, 0],
        },
        DemoArchetype.Gossip => s_ordinary with
        {
            Initiative = 2.5,
            Tactful = false,
            Openings = [0.3, 0.03, 0.05, 0.01, 0.01, 0.005, 0.01, 0.02, 0.53, 0.035],
            Replies = [0.56, 0.01, 0.01, 0.01, 0.01, 0, 0, 0.02, 0.36, 0.02],
        },
        DemoArchetype.KnowItAll => s_ordinary with
        {
            Initiative = 2.2,
            Openings = [0.27, 0.02, 0.03, 0.03, 0.6, 0.01, 0.02, 0.01, 0.01, 0],
            Replies = [0.42, 0.01, 0.01, 0.04, 0.5, 0, 0, 0.01, 0.01, 0],
        },
        DemoArchetype.Wallflower => s_ordinary with { Background = 0.5, Initiative = 0.5, Appetite = 0, Mingles = 0.05 },
        DemoArchetype.Ghost => s_ordinary with { Background = 0, Answers = 0, FollowsUp = 0, Appetite = 0 },
        DemoArchetype.CrisisNetworker => s_ordinary with { Background = 0, FollowsUp = 0, Appetite = 0 },
        DemoArchetype.Connector => s_ordinary with { Background = 2.4, FollowsUp = 0.95, Appetite = 1.5 },
        DemoArchetype.Nurturer => s_ordinary with { Background = 0.8, Initiative = 2, FollowsUp = 0.97, Answers = 0.99 },
        DemoArchetype.Giver => s_ordinary with
        {
            Initiative = 2,
            Helps = 0.95,
            FollowsUp = 0.9,
            Openings = [0.36, 0.5, 0.012, 0.06, 0, 0, 0.004, 0.06, 0.002, 0],
            Replies = [0.66, 0.22, 0.004, 0.05, 0, 0, 0, 0.06, 0.002, 0],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(archetype), archetype, "no habits are defined for it"),
    };
}
