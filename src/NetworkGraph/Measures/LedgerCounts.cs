using NetworkGraph.Histories;
using NetworkGraph.Interactions;
using NetworkGraph.People.Answers;

namespace NetworkGraph.Measures;

/// <summary>Counts interactions by kind, exchange and direction, seen from one person. Filled by one thread.</summary>
public sealed class LedgerCounts
{
    private const int Exchanges = 16;

    private readonly DirectedCount[] _counts = new DirectedCount[InteractionKinds.Count * Exchanges];

    public void Add(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        foreach (ref readonly var happened in events)
        {
            ref var count = ref _counts[(int)happened.Kind * Exchanges + (int)happened.Exchange];
            count = new DirectedCount(
                count.Out + (happened.IsOut(selfIsLow) ? 1 : 0),
                count.In + (happened.IsIn(selfIsLow) ? 1 : 0));
        }
    }

    public DirectedCount Total()
    {
        var total = default(DirectedCount);
        foreach (var count in _counts) total = Sum(total, count);
        return total;
    }

    public DirectedCount Of(InteractionKind kind)
    {
        var total = default(DirectedCount);
        for (var exchange = 0; exchange < Exchanges; exchange++) total = Sum(total, At((int)kind, exchange));
        return total;
    }

    public DirectedCount Of(Exchange exchange)
    {
        var total = default(DirectedCount);
        for (var kind = 0; kind < InteractionKinds.Count; kind++) total = Sum(total, At(kind, (int)exchange));
        return total;
    }

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
            exchanges[WireNames.Of((Exchange)exchange)] = new LedgerLine { Out = count.Out, In = count.In, Balance = DyadMeasures.Balance(count.Out, count.In) };
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
                Gives = At(kind, (int)Exchange.Give),
                Asks = At(kind, (int)Exchange.Ask),
            };
        }
        return new ExchangeLedger { Gives = Of(Exchange.Give), Asks = Of(Exchange.Ask), Exchanges = exchanges, Kinds = kinds };
    }

    private DirectedCount At(int kind, int exchange) => _counts[kind * Exchanges + exchange];

    private static DirectedCount Sum(DirectedCount a, DirectedCount b) => new(a.Out + b.Out, a.In + b.In);
}
