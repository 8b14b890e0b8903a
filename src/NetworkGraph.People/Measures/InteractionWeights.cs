using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// What one interaction weighs towards each recipient: w(kind)/n, n = recipients (of a mutual kind: participants less
/// one). A group reply counts towards the author of what it answers as if it were to the author alone. Gossip, complaints and
/// repeated occurrences of a larger series weigh nothing; a call that was too short weighs 1. A table over kind and exchange, because it is
/// read once per event.
/// </summary>
public sealed class InteractionWeights
{
    private const int ExchangeBits = 4;

    /// <summary>What a call that was too short to be one weighs.</summary>
    public const double CallAttempt = 1;

    /// <summary>The weight between two people from which a message-like interaction is a contact, where nothing is configured.</summary>
    public const double DefaultContactMinWeight = 0.2;

    private readonly double[] _byKindAndExchange = new double[InteractionKinds.Count << ExchangeBits];

    // The most people a contact of that kind is divided among; 0 where it never is one.
    private readonly int[] _contactUpTo = new int[InteractionKinds.Count << ExchangeBits];
    private readonly int _attemptUpTo;

    /// <param name="byKindName">Weight per wire name of a kind; a kind not named weighs 0.</param>
    /// <param name="contactMinWeight">The weight between two people from which a message-like interaction is a contact; above 0.</param>
    public InteractionWeights(IReadOnlyDictionary<string, double> byKindName, double contactMinWeight = DefaultContactMinWeight)
    {
        _attemptUpTo = MaxRecipients(CallAttempt, contactMinWeight);
        for (var kind = 0; kind < InteractionKinds.Count; kind++)
        {
            var weight = byKindName.GetValueOrDefault(WireNames.Of((InteractionKind)kind));
            for (var exchange = 0; exchange < 1 << ExchangeBits; exchange++)
                _byKindAndExchange[kind << ExchangeBits | exchange] = (Exchange)exchange is Exchange.Gossip or Exchange.Complaint
                    ? 0 : weight;
            if (!((InteractionKind)kind).IsMessageLike()) continue;
            for (var entry = kind << ExchangeBits; entry < kind + 1 << ExchangeBits; entry++)
                _contactUpTo[entry] = MaxRecipients(_byKindAndExchange[entry], contactMinWeight);
        }
    }

    /// <summary>The weights when nothing is configured.</summary>
    public static Dictionary<string, double> Defaults() => new(StringComparer.Ordinal)
    {
        ["message"] = 1,
        ["reply"] = 1,
        ["meeting"] = 3,
        ["call"] = 2,
        ["connect"] = 0.2,
        ["accept"] = 0.5,
        ["decline"] = 0,
        ["reaction"] = 0.1,
        ["comment"] = 0.3,
        ["endorsement"] = 1,
        ["introduction"] = 3,
        ["referral"] = 3,
        ["favour"] = 3,
        ["transaction"] = 0.5,
        ["application"] = 0.2,
        ["attendance"] = 0,
    };

    /// <summary>Whether any of these weighs above 0, that is whether two people are tied.</summary>
    public bool HaveWeight(ReadOnlySpan<DyadEvent> events)
    {
        foreach (ref readonly var happened in events)
            if (Of(in happened) > 0) return true;
        return false;
    }

    /// <summary>The weight of an event towards its recipient, 0 or more.</summary>
    public double Of(in DyadEvent happened)
    {
        if (happened.IsMuted) return 0;
        var weight = _byKindAndExchange[(int)happened.Kind << ExchangeBits | (int)happened.Exchange];
        if (happened.IsCallAttempt && weight > 0) weight = CallAttempt;
        return happened.Recipients <= 1 || happened.IsTowardsAuthor ? weight : weight / happened.Recipients;
    }

    /// <summary>
    /// Whether it is a contact of the two: message-like, with at least the weight between them that a contact needs.
    /// </summary>
    public bool IsContact(in DyadEvent happened)
    {
        var upTo = _contactUpTo[(int)happened.Kind << ExchangeBits | (int)happened.Exchange];
        if (upTo == 0 || happened.IsMuted) return false;
        if (happened.IsCallAttempt) upTo = _attemptUpTo;
        return happened.IsTowardsAuthor || happened.Recipients <= upTo;
    }

    /// <summary>The most recipients among whom a weight divided is still at least the minimum.</summary>
    private static int MaxRecipients(double weight, double minimum)
    {
        if (weight < minimum) return 0;
        var most = (int)Math.Min(InteractionRules.MaxRecipients, Math.Ceiling(weight / minimum) + 1);
        while (weight / most < minimum) most--;
        return most;
    }
}
