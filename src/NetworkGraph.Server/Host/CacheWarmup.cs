using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Analytics.Venues;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Host;

/// <summary>
/// What anyone who opens the dashboard of a large network asks for first takes a second or several, and is the same for
/// everybody: it is computed once after the start. A small network needs none of it, and the largest take so long that it
/// is left to those who ask.
/// </summary>
internal sealed class CacheWarmup(
    LogFold fold, LiveNetwork network, TimelineQueries timeline, MapQueries map, VenueQueries venues, StructureQueries structure,
        HuddleQueries huddles)
{
    private const int MaxTies = 10_000_000;
    private const int FewBrokers = 6;
    private static readonly HuddlesRequest s_huddles = new() { Size = 6, Huddles = 4 };

    /// <summary>Waits until all that is recorded is visible, and then computes them one after the other.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await fold.Ready.WaitAsync(cancellation);
        if (!network.IsLarge || network.Current.Snapshot.Entries > MaxTies) return;
        await timeline.TimelineAsync(null, null, QueryParameters.Points.Range!.Value.Max, cancellation);
        await map.MapAsync(null, QueryParameters.MapPeople.Range!.Value.Max, ties: 0, cancellation);
        await venues.AllAsync(venues.CurrentAsOfMs, cancellation);
        await structure.BrokersAsync(null, weighted: true, FewBrokers, cancellation);
        await huddles.HuddlesAsync(s_huddles, cancellation);
    }
}
