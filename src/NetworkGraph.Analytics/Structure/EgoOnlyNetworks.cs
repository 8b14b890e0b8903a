using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.People.Histories;

namespace NetworkGraph.Analytics.Structure;

/// <summary>
/// Tells whether a network is one person's own archive: of at least eight people, one who is tied to at least half of the
/// others and took part in at least 95 % of all interactions. Such a log does not know what others have with each other, so
/// who is between whom cannot be seen in it.
/// Cost: one look at everyone; where somebody is tied to that many, that person's events.
/// </summary>
internal sealed class EgoOnlyNetworks(LiveNetwork network, HistoryStore histories)
{
    private const int MinPeople = 8;
    private const double MinShareOfInteractions = 0.95;
    private readonly ConditionalWeakTable<NetworkSnapshot, StrongBox<bool>> _known = [];

    public bool Has(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        if (_known.TryGetValue(snapshot, out var known)) return known.Value;
        var isEgoOnly = Compute(snapshot, cancellation);
        _known.AddOrUpdate(snapshot, new StrongBox<bool>(isEgoOnly));
        return isEgoOnly;
    }

    private bool Compute(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var (tied, ego, degree) = (0, -1, 0);
        for (var person = 0; person < snapshot.People; person++)
        {
            var ties = snapshot.Row(person).Count;
            if (ties == 0) continue;
            tied++;
            if (ties > degree) (ego, degree) = (person, ties);
        }
        if (tied < MinPeople || 2 * degree < tied - 1) return false;
        var positions = new HashSet<uint>();
        var reader = new DyadReader(histories);
        foreach (var dyad in histories.DyadsOf(ego))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var happened in reader.Read(dyad.Index, snapshot.AsOfMs)) positions.Add(happened.Position);
        }
        if (histories.OwnListOf(ego) is { } own)
            foreach (ref readonly var happened in reader.Read(own.Index, snapshot.AsOfMs))
                if (happened.Direction is not DyadDirection.Mentioned) positions.Add(happened.Position);
        var interactions = NetworkTotals.Of(histories, network.Current, snapshot.AsOfMs, cancellation).Interactions;
        return positions.Count >= MinShareOfInteractions * interactions;
    }
}
