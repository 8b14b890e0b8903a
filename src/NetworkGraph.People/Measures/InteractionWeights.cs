using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// What one interaction weighs towards each recipient: w(kind)/n, n = recipients (of a mutual kind: participants less
/// one). Gossip and complaints weigh nothing. A table over kind and exchange, because it is read once per event.
/// </summary>
public sealed class InteractionWeights
{
    private const int ExchangeBits = 4;

    private readonly double[] _byKindAndExchange = new double[InteractionKinds.Count << ExchangeBits];

    /// <param name="byKindName">Weight per wire name of a kind; a kind not named weighs 0.</param>
    public InteractionWeights(IReadOnlyDictionary<string, double> byKindName)
    {
        for (var kind = 0; kind < InteractionKinds.Count; kind++)
        {
            var weight = byKindName.GetValueOrDefault(WireNames.Of((InteractionKind)kind));
            for (var exchange = 0; exchange < 1 << ExchangeBits; exchange++)
                _byKindAndExchange[kind << ExchangeBits | exchange] = (Exchange)exchange is Exchange.Gossip or Exchange.Complaint ? 0 : weight;
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
        var weight = _byKindAndExchange[(int)happened.Kind << ExchangeBits | (int)happened.Exchange];
        return happened.Recipients <= 1 ? weight : weight / happened.Recipients;
    }
}
