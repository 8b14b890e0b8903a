using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>Counts interactions by kind, exchange and direction, seen from one person. Filled by one thread.</summary>
public sealed class LedgerCounts
{
    private readonly DirectedCount[] _kinds = new DirectedCount[InteractionKinds.Count];
    private readonly DirectedCount[] _exchanges = new DirectedCount[WireNames.Exchanges.Count];
    private readonly DirectedCount[] _gives = new DirectedCount[InteractionKinds.Count];
    private readonly DirectedCount[] _asks = new DirectedCount[InteractionKinds.Count];
    private DirectedCount _total;

    public void Add(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        foreach (ref readonly var happened in events)
        {
            var one = new DirectedCount(happened.IsOut(selfIsLow) ? 1 : 0, happened.IsIn(selfIsLow) ? 1 : 0);
            var kind = (int)happened.Kind;
            _total = Sum(_total, one);
            _kinds[kind] = Sum(_kinds[kind], one);
            _exchanges[(int)happened.Exchange] = Sum(_exchanges[(int)happened.Exchange], one);
            if (happened.Exchange == Exchange.Give) _gives[kind] = Sum(_gives[kind], one);
            else if (happened.Exchange == Exchange.Ask) _asks[kind] = Sum(_asks[kind], one);
        }
    }

    public DirectedCount Total() => _total;

    public DirectedCount Of(InteractionKind kind) => _kinds[(int)kind];

    public DirectedCount Of(Exchange exchange) => _exchanges[(int)exchange];

    /// <summary>By wire name of the kind; kinds that never occurred are left out.</summary>
    public IReadOnlyDictionary<string, DirectedCount> ByKind()
    {
        var kinds = new Dictionary<string, DirectedCount>(StringComparer.Ordinal);
        for (var kind = 0; kind < InteractionKinds.Count; kind++)
        {
            var count = Of((InteractionKind)kind);
            if (count != default) kinds[WireNames.Of((InteractionKind)kind)] = count;
        }
        return kinds;
    }

    public ExchangeLedger ToLedger()
    {
        var exchanges = new Dictionary<string, LedgerLine>(StringComparer.Ordinal);
        for (var exchange = 0; exchange < WireNames.Exchanges.Count; exchange++)
        {
            var count = Of((Exchange)exchange);
            if (count == default) continue;
            exchanges[WireNames.Of((Exchange)exchange)] =
                new LedgerLine { Out = count.Out, In = count.In, Balance = DyadMeasures.Balance(count.Out, count.In) };
        }
        var kinds = new Dictionary<string, KindLedgerLine>(StringComparer.Ordinal);
        for (var kind = 0; kind < InteractionKinds.Count; kind++)
        {
            var count = Of((InteractionKind)kind);
            if (count == default) continue;
            kinds[WireNames.Of((InteractionKind)kind)] = new KindLedgerLine
            {
                Out = count.Out,
                In = count.In,
                Balance = DyadMeasures.Balance(count.Out, count.In),
                Gives = _gives[kind],
                Asks = _asks[kind],
            };
        }
        return new ExchangeLedger { Gives = Of(Exchange.Give), Asks = Of(Exchange.Ask), Exchanges = exchanges, Kinds = kinds };
    }

    private static DirectedCount Sum(DirectedCount a, DirectedCount b) => new(a.Out + b.Out, a.In + b.In);
}
