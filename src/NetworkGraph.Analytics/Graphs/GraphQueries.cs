using System.Runtime.CompilerServices;
using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Graphs;

/// <summary>Chains, or the id that is unknown.</summary>
public readonly record struct ChainsOutcome(ChainsAnswer? Answer, string? Unknown);

/// <summary>
/// What QuikGraph's algorithms answer about the network: cores with their condensation, the backbone, and chains of
/// introductions that share no broker. Dates are Unix ms; without one the answer is for the network as it is now.
/// </summary>
public sealed class GraphQueries : IDisposable
{
    /// <summary>Of a smaller group only the number is given.</summary>
    private const int MinPeopleOfGroup = 5;

    private const int TopMembers = 5;
    private readonly LiveNetwork _network;
    private readonly HistoryStore _histories;
    private readonly ProfileStore _profiles;
    private readonly IntroductionLimits _limits;
    private readonly KeptOfNetwork<FoundCores> _cores;
    private readonly KeptOfNetwork<FoundBackbone> _backbones;
    private readonly ConditionalWeakTable<NetworkSnapshot, SnapshotGraph> _graphs = [];

    public GraphQueries(LiveNetwork network, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries)
    {
        (_network, _histories, _profiles) = (network, histories, profiles);
        _limits = new IntroductionLimits(histories.People, profiles, boundaries);
        _cores = new KeptOfNetwork<FoundCores>(network, FindCores);
        _backbones = new KeptOfNetwork<FoundBackbone>(network, FindBackbone);
    }

    /// <summary>The date that an answer without one is for.</summary>
    public long CurrentAsOfMs => _network.Current.Snapshot.AsOfMs;

    /// <summary>The cores of five people and more, largest first.</summary>
    public async ValueTask<CoresAnswer> CoresAsync(long? asOfMs, CancellationToken cancellation)
    {
        var (found, seenAtMs) = await _cores.GetAsync(asOfMs, cancellation);
        return new CoresAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(seenAtMs),
            Cores = found.Cores.Count,
            People = found.Cores.Sum(static core => core.People),
            PeopleInNone = found.PeopleInNone,
            Small = new SmallCores(found.SmallCores, found.SmallPeople),
            Items = [.. found.Cores.Select((core, number) => new CoreAnswer
            {
                Core = number,
                People = core.People,
                Ties = core.Ties,
                TopMembers = [.. core.TopMembers.Where(member => _histories.People.Ids[member].Length > 0).Select(Named)],
                LeadsTo = core.LeadsTo,
            })],
        };
    }

    /// <summary>
    /// The backbone's ties from place <paramref name="first"/> on, at most <paramref name="limit"/>, and how many there are.
    /// </summary>
    public async ValueTask<BackboneAnswer> BackboneAsync(long? asOfMs, int first, int limit, CancellationToken cancellation)
    {
        var (found, seenAtMs) = await _backbones.GetAsync(asOfMs, cancellation);
        var factor = found.Decay.Factor(seenAtMs);
        return new BackboneAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(seenAtMs),
            People = found.People,
            Ties = found.Ties.Length,
            Trees = found.People - found.Ties.Length,
            Items = [.. found.Ties.Skip(first).Take(limit).Select(tie =>
            {
                var (from, to) = (Named(tie.From), Named(tie.To));
                if (string.CompareOrdinal(from.Person, to.Person) > 0) (from, to) = (to, from);
                return new BackboneTie(from.Person, from.Name, to.Person, to.Name, tie.Strength * factor);
            })],
        };
    }

    /// <summary>The most chains between two people that share no broker, through people on ways of at most so many hops.</summary>
    public async ValueTask<ChainsOutcome> ChainsAsync(string from, string to, int maxHops, long? asOfMs, CancellationToken cancellation)
    {
        if (!_histories.People.TryGetNumber(from, out var source)) return new ChainsOutcome(null, from);
        if (!_histories.People.TryGetNumber(to, out var target)) return new ChainsOutcome(null, to);
        var snapshot = await _network.SnapshotAsync(asOfMs, cancellation);
        var graph = _graphs.GetValue(snapshot, static of => new SnapshotGraph(of, mutualOnly: true));
        var limits = _limits.Current;
        var (chains, withinHops) = await Task.Run(
            () => IntroductionChains.Between(graph, source, target, maxHops, limits, cancellation), cancellation);
        var answer = new ChainsAnswer
        {
            From = from,
            To = to,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Independent = chains.Count,
            WithinHops = withinHops,
            Chains = [.. chains.Select(chain => new IntroductionChain([.. chain.Select(Named)]))],
        };
        return new ChainsOutcome(answer, null);
    }

    public void Dispose()
    {
        _cores.Dispose();
        _backbones.Dispose();
    }

    private NamedPerson Named(int person) =>
        new(_histories.People.Ids[person], _profiles.Of(person)?.Name,
            Profile.EntityOf(_histories.People.Ids[person], _profiles.Of(person)));

    private static FoundCores FindCores(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var cores = NetworkCores.Of(new SnapshotGraph(snapshot), cancellation);
        var described = cores.TakeWhile(static core => core.People.Length >= MinPeopleOfGroup).Select(core => new FoundCore(
            core.People.Length,
            core.Ties,
            [.. core.People.OrderByDescending(person => snapshot.Row(person).Count).ThenBy(
                person => snapshot.Ids[person], StringComparer.Ordinal)
                .Take(TopMembers)],
            [.. core.LeadsTo.Where(to => cores[to.Core].People.Length >= MinPeopleOfGroup).Select(
                static to => new CoreLink(to.Core, to.Ties))])).ToList();
        var small = cores.Skip(described.Count).TakeWhile(static core => core.People.Length > 1).ToList();
        var alone = cores.Skip(described.Count + small.Count).Count(core => snapshot.Row(core.People[0]).Count > 0);
        return new FoundCores(described, small.Count, small.Sum(static core => core.People.Length), alone);
    }

    private static FoundBackbone FindBackbone(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var people = 0;
        for (var person = 0; person < snapshot.People; person++) people += snapshot.Row(person).MutualCount > 0 ? 1 : 0;
        var factor = snapshot.StrengthFactor;
        // The costs of introductions are not asked for.
        var ties = Backbone.Of(new MutualGraph(snapshot, static _ => 1), cancellation);
        return new FoundBackbone(
            people, snapshot.Decay, Array.ConvertAll(ties, tie => new FoundTie(tie.Source, tie.Target, (float)(tie.Strength / factor))));
    }

    private sealed record FoundCores(IReadOnlyList<FoundCore> Cores, int SmallCores, int SmallPeople, int PeopleInNone);

    private sealed record FoundCore(int People, int Ties, int[] TopMembers, IReadOnlyList<CoreLink> LeadsTo);

    /// <summary>Strengths at the landmark of <paramref name="Decay"/>, so that it holds for every date that has the same ties.</summary>
    private sealed record FoundBackbone(int People, TieDecay Decay, FoundTie[] Ties);

    private readonly record struct FoundTie(int From, int To, float Strength);
}
