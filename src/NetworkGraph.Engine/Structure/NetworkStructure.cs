using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Structure;

/// <summary>A person's place in the network.</summary>
/// <param name="Degree">People tied in either direction.</param>
/// <param name="Constraint">Burt's constraint; null without ties.</param>
/// <param name="EffectiveSize">Burt's effective size; null without ties.</param>
/// <param name="LocalBridges">Ties without a common neighbour.</param>
/// <param name="SimmelianTies">Mutual ties in a clique of three mutual ties.</param>
/// <param name="Community">Number of the community, 0 the largest; null for a person who had no ties when communities were
/// last found.</param>
/// <param name="PageRank">Weighted by strength; all people's add up to 1. Null as <paramref name="Community"/>.</param>
public sealed record PersonStructure(
    int Degree, double? Constraint, double? EffectiveSize, int LocalBridges, int SimmelianTies, int? Community, double? PageRank);

/// <summary>What only the whole network can tell. It holds numbers of people and no ties.</summary>
/// <param name="Communities">Everyone's community; −1 for people without ties.</param>
/// <param name="PageRanks">By person; all add up to 1. 0, which no one with ties has, for people without ties.</param>
/// <param name="Profiles">Of the communities large enough to be spoken of, by number.</param>
/// <param name="Tied">How many people have ties.</param>
public sealed record WholeStructure(Communities Communities, double[] PageRanks, CommunityProfile[] Profiles, int Tied)
{
    /// <summary>A measure of a group of fewer people than this says too much about each of them.</summary>
    public const int MinPeopleOfGroup = 5;
}

/// <summary>Who could broker between whom, by person: Burt's constraint and effective size, 0 without ties.</summary>
public sealed record WholeBrokerage(double[] Constraints, double[] EffectiveSizes);

/// <summary>
/// The structure of one snapshot. What takes the whole network is computed once, when first asked for, in the
/// background: a caller who asks meanwhile waits for the same computation and may stop waiting, which does not stop it.
/// What takes a neighbourhood is computed when asked for.
///
/// The whole is computed on the people who have ties, in order of their ids: so it is a function of who is tied to whom, and
/// neither of the order in which people became known, nor of who was erased.
/// </summary>
/// <param name="snapshot">The network.</param>
/// <param name="weighted">Whether ties count by strength, or all alike.</param>
/// <param name="options">How communities are found.</param>
/// <param name="stopping">Stops the computation in the background, for good.</param>
public sealed class NetworkStructure(NetworkSnapshot snapshot, bool weighted, LeidenOptions options, CancellationToken stopping)
{
    private readonly Lazy<Task<WholeStructure>> _whole =
        new(() => Task.Run(() => Compute(snapshot, weighted, options, stopping), stopping));

    private readonly Lazy<Task<WholeBrokerage>> _brokerage =
        new(() => Task.Run(() => ComputeBrokerage(snapshot, weighted, stopping), stopping));

    private readonly Lazy<Task<double[]?>> _betweenness = new(() => Task.Run(() => ComputeBetweenness(snapshot, stopping), stopping));

    public NetworkSnapshot Snapshot { get; } = snapshot;

    /// <summary>Whether <see cref="WholeAsync"/> would answer at once.</summary>
    public bool IsComputed => _whole.IsValueCreated && _whole.Value.IsCompletedSuccessfully;

    /// <summary>Whether something is being computed in the background.</summary>
    public bool IsRunning =>
        _whole is { IsValueCreated: true, Value.IsCompleted: false } || _brokerage is { IsValueCreated: true, Value.IsCompleted: false }
        || _betweenness is { IsValueCreated: true, Value.IsCompleted: false };

    /// <summary>Whether a computation was stopped or failed; another structure of the snapshot is to be made then.</summary>
    public bool HasFailed =>
        _whole is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } }
        || _brokerage is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } }
        || _betweenness is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };

    /// <summary>Communities and PageRank of the snapshot.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting, or the computation was stopped.</exception>
    public Task<WholeStructure> WholeAsync(CancellationToken cancellation) => _whole.Value.WaitAsync(cancellation);

    /// <summary>Brokerage of the snapshot, computed apart from the rest as fewer ask for it.</summary>
    /// <exception cref="OperationCanceledException">As <see cref="WholeAsync"/>.</exception>
    public Task<WholeBrokerage> BrokerageAsync(CancellationToken cancellation) => _brokerage.Value.WaitAsync(cancellation);

    /// <summary>
    /// Everyone's betweenness in pairs, over ties in either direction, all alike; null where that would take too long
    /// (<see cref="Betweenness.MaxWork"/>).
    /// </summary>
    /// <exception cref="OperationCanceledException">As <see cref="WholeAsync"/>.</exception>
    public Task<double[]?> BetweennessAsync(CancellationToken cancellation) => _betweenness.Value.WaitAsync(cancellation);

    /// <summary>Everything about one person, once the whole network's part is there.</summary>
    /// <exception cref="OperationCanceledException">As <see cref="WholeAsync"/>.</exception>
    public async Task<PersonStructure> OfAsync(int person, CancellationToken cancellation)
    {
        var whole = await WholeAsync(cancellation).ConfigureAwait(false);
        return Of(Snapshot, person, weighted, whole, cancellation);
    }

    /// <summary>
    /// Everything about one person of a snapshot, which may be later than the one <paramref name="whole"/> is of.
    /// Cost: the person's neighbourhood.
    /// </summary>
    public static PersonStructure Of(
        NetworkSnapshot snapshot, int person, bool weighted, WholeStructure whole, CancellationToken cancellation)
    {
        var ego = EgoNetwork.Of(snapshot, person, weighted, cancellation);
        var known = person < whole.PageRanks.Length && whole.Communities.CommunityOf[person] >= 0;
        return new PersonStructure(
            ego.Degree,
            BurtConstraint.Of(ego),
            NetworkGraph.Engine.Structure.EffectiveSize.Of(ego, weighted),
            NetworkGraph.Engine.Structure.LocalBridges.Of(ego),
            NetworkGraph.Engine.Structure.SimmelianTies.Of(ego),
            known ? whole.Communities.CommunityOf[person] : null,
            known ? whole.PageRanks[person] : null);
    }

    private static WholeStructure Compute(NetworkSnapshot snapshot, bool weighted, LeidenOptions options, CancellationToken stopping)
    {
        var order = TiedInOrderOfIds(snapshot);
        var incoming = SnapshotGraphs.Incoming(snapshot, stopping).Renumbered(order, stopping);
        var ranks = PageRank.Compute(weighted ? incoming : incoming.Unweighted(), stopping);
        var graph = SnapshotGraphs.Strengths(snapshot, stopping).Renumbered(order, stopping);
        if (!weighted) graph = graph.Unweighted();
        var communities = Leiden.Compute(graph, options, stopping);
        var profiles = CommunityProfiles.Compute(graph, communities, ranks, WholeStructure.MinPeopleOfGroup, stopping, options.Resolution);
        return ByPerson(snapshot.People, order, communities, ranks, profiles);
    }

    /// <summary>The same by the numbers that the snapshot has for people.</summary>
    private static WholeStructure ByPerson(int people, int[] order, Communities communities, double[] ranks, CommunityProfile[] profiles)
    {
        var communityOf = new int[people];
        Array.Fill(communityOf, -1);
        var rankOf = new double[people];
        for (var number = 0; number < order.Length; number++)
            (communityOf[order[number]], rankOf[order[number]]) = (communities.CommunityOf[number], ranks[number]);
        var named = Array.ConvertAll(profiles, profile => profile with
        {
            TopMembers = Array.ConvertAll(profile.TopMembers, member => order[member]),
            Bridges = Array.ConvertAll(profile.Bridges, bridge => bridge with { From = order[bridge.From], To = order[bridge.To] }),
        });
        return new WholeStructure(communities with { CommunityOf = communityOf }, rankOf, named, order.Length);
    }

    /// <summary>Numbers of the people who have ties, in ordinal order of their ids.</summary>
    private static int[] TiedInOrderOfIds(NetworkSnapshot snapshot)
    {
        var tied = new List<int>();
        for (var person = 0; person < snapshot.People; person++)
            if (snapshot.Row(person).Count > 0) tied.Add(person);
        var order = tied.ToArray();
        Array.Sort(Array.ConvertAll(order, person => snapshot.Ids[person]), order, StringComparer.Ordinal);
        return order;
    }

    private static double[]? ComputeBetweenness(NetworkSnapshot snapshot, CancellationToken stopping)
    {
        var order = TiedInOrderOfIds(snapshot);
        if ((long)order.Length * snapshot.Entries > Betweenness.MaxWork) return null;
        var pairs = Betweenness.Compute(SnapshotGraphs.Strengths(snapshot, stopping).Renumbered(order, stopping), stopping);
        return ByPerson(snapshot.People, order, pairs);
    }

    private static WholeBrokerage ComputeBrokerage(NetworkSnapshot snapshot, bool weighted, CancellationToken stopping)
    {
        // With every tie alike, constraint counts the directions that are tied and effective size whether any is.
        var order = TiedInOrderOfIds(snapshot);
        var graph = (weighted ? SnapshotGraphs.Strengths(snapshot, stopping) : SnapshotGraphs.Arcs(snapshot, stopping)).Renumbered(
            order, stopping);
        return new WholeBrokerage(
            ByPerson(snapshot.People, order, BurtConstraint.Compute(graph, stopping)),
            ByPerson(snapshot.People, order,
                NetworkGraph.Engine.Structure.EffectiveSize.Compute(weighted ? graph : graph.Unweighted(), stopping)));
    }

    private static double[] ByPerson(int people, int[] order, double[] values)
    {
        var byPerson = new double[people];
        for (var number = 0; number < order.Length; number++) byPerson[order[number]] = values[number];
        return byPerson;
    }
}
