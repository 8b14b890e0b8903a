using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Server.Http.Queries;

namespace NetworkGraph.Server;

/// <summary>
/// What whoever looks at a large network first asks for takes a second or several, and is the same for everybody: it is
/// made once after the start, so that nobody waits for it. A small network needs none of it, and the largest take so long
/// that it is left to those who ask.
/// </summary>
internal static class FirstPictures
{
    private const int MostTies = 10_000_000;
    private const int FewBrokers = 6;
    private static readonly HuddlesRequest s_huddles = new() { Size = 6, Huddles = 4 };

    /// <summary>Waits until all that is recorded is visible, and then makes them one after the other.</summary>
    public static async Task PrepareAsync(EmbeddedNode node, CancellationToken cancellation)
    {
        await node.Fold.Ready.WaitAsync(cancellation);
        if (!node.Network.IsLarge || node.Network.Current.Snapshot.Entries > MostTies) return;
        await node.Timeline.TimelineAsync(null, null, QueryParameters.Points.Range!.Value.Greatest, cancellation);
        await node.Map.MapAsync(null, QueryParameters.MapPeople.Range!.Value.Greatest, ties: 0, cancellation);
        await node.Venues.AllAsync(node.Venues.CurrentAsOfMs, cancellation);
        await node.Structure.BrokersAsync(null, weighted: true, FewBrokers, cancellation);
        await node.Huddles.HuddlesAsync(s_huddles, cancellation);
    }
}
