using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: how mutual are a person's ties together? Returned = Σ min(c_ij, c_ji)/Σ c_ij, given = the same
/// with c_ji below, c the strength of the contacts; null without contacts.
/// Method: sums over the person's dyads, added one after the other in any order.
/// Source: Squartini, Picciolo, Ruzzenenti &amp; Garlaschelli, "Reciprocity of weighted networks", 2013.
/// Cost: O(events), one table of counts. Not for several threads.
/// </summary>
/// <param name="asOfMs">Unix ms; the strengths are taken at it.</param>
/// <param name="options">Weights and thresholds.</param>
public sealed class EgoReciprocityFold(long asOfMs, MeasureOptions options)
{
    private readonly LedgerCounts _ledger = new();
    private readonly List<(double Out, double In)> _strengths = [];
    private int _ties;
    private int _mutualTies;
    private int _dyads;
    private int _askedFirst;
    private int _gaveFirst;
    private long _firstMs = long.MaxValue;
    private long _lastMs = long.MinValue;

    /// <summary>Adds one of the person's dyads: its events up to the date, in order. No events add nothing.</summary>
    public void Add(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        if (events.IsEmpty) return;
        var facts = DyadMeasures.Facts(events, options.DecayAt(asOfMs), options);
        if (!selfIsLow) facts = facts.Reversed();
        _strengths.Add((facts.ContactStrengthOut, facts.ContactStrengthIn));
        if (facts.StrengthOut > 0 || facts.StrengthIn > 0) _ties++;
        if (facts.ContactsOut > 0 && facts.ContactsIn > 0) _mutualTies++;
        _dyads++;
        if (facts.HasContact)
        {
            _firstMs = Math.Min(_firstMs, facts.FirstContactMs);
            _lastMs = Math.Max(_lastMs, facts.LastContactMs);
        }
        _ledger.Add(events, selfIsLow);
        foreach (ref readonly var happened in events)
        {
            // Who asked or gave in a meeting or call is not known.
            if (happened.Direction == DyadDirection.Both || !happened.IsOut(selfIsLow)) continue;
            if (happened.Exchange is Exchange.Ask) _askedFirst++;
            else if (happened.Exchange is Exchange.Give) _gaveFirst++;
            else continue;
            break;
        }
    }

    public EgoReciprocity Finish(string person)
    {
        // Summed by size: dyads come in the order in which they began, which must not show in the last digits.
        _strengths.Sort();
        double strengthOut = 0, strengthIn = 0, reciprocated = 0;
        foreach (var (towards, back) in _strengths)
        {
            strengthOut += towards;
            strengthIn += back;
            reciprocated += Math.Min(towards, back);
        }
        return new EgoReciprocity
        {
            Person = person,
            Returned = strengthOut > 0 ? Math.Min(1, reciprocated / strengthOut) : null,
            Given = strengthIn > 0 ? Math.Min(1, reciprocated / strengthIn) : null,
            Balance = strengthOut + strengthIn > 0 ? Math.Min(1, 2 * reciprocated / (strengthOut + strengthIn)) : null,
            Ties = _ties,
            MutualTies = _mutualTies,
            TiesAskedFirst = _askedFirst,
            TiesGaveFirst = _gaveFirst,
            Ledger = _ledger.ToLedger(),
            Evidence = new EgoReciprocityEvidence
            {
                StrengthOut = strengthOut,
                StrengthIn = strengthIn,
                StrengthReciprocated = reciprocated,
                Dyads = _dyads,
                FirstContact = _lastMs != long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(_firstMs) : null,
                LastContact = _lastMs != long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(_lastMs) : null,
            },
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOfMs),
        };
    }
}
