using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics;

/// <summary>Who of a team can introduce us: what to look for.</summary>
public sealed record TeamIntroductionsRequest
{
    /// <summary>Who looks at the answer.</summary>
    public required Viewer Viewer { get; init; }

    /// <summary>The team.</summary>
    public required PersonFilter Source { get; init; }

    /// <summary>The person to reach; null where a set is.</summary>
    public string? To { get; init; }

    /// <summary>The people to reach any of; null where one person is.</summary>
    public PersonFilter? Target { get; init; }

    /// <summary>How many paths, 1 to 10.</summary>
    public int Paths { get; init; } = 3;

    /// <summary>Hops of the longest path, 2 to 6.</summary>
    public int MaxHops { get; init; } = 4;

    /// <summary>Paths with a lower score are left out.</summary>
    public double MinScore { get; init; } = 0.01;

    public long? AsOfMs { get; init; }
}

/// <summary>Who of a team can be introduced to a person, or to anyone of a set.</summary>
public sealed record TeamIntroductionsAnswer
{
    /// <summary>The team.</summary>
    public required IntroductionTarget Source { get; init; }

    /// <summary>The person asked for; null where a set was.</summary>
    public string? To { get; init; }

    /// <summary>The set asked for, without the team; null where a person was.</summary>
    public IntroductionTarget? Target { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Mutual ties of the team to those asked for that stand already, strongest first, at most 20.</summary>
    public required IReadOnlyList<IntroductionHopAnswer> AlreadyConnected { get; init; }

    /// <summary>How many of the best paths were left out, as their score was below the one asked for.</summary>
    public required int LeftOut { get; init; }

    /// <summary>In the order in which they were chosen: first from colleagues without a path.</summary>
    public required IReadOnlyList<IntroductionPathAnswer> Paths { get; init; }
}

public sealed partial class NetworkQueries
{
    private const int MaxConnectedShown = 20;

    /// <summary>The paths from a team; null for an unknown id.</summary>
    public async ValueTask<TeamIntroductionsAnswer?> TeamIntroductionsAsync(
        TeamIntroductionsRequest request, CancellationToken cancellation)
    {
        var target = -1;
        if (request.To is { } to && !histories.People.TryGetNumber(to, out target)) return null;
        var snapshot = await network.SnapshotAsync(request.AsOfMs, cancellation);
        var sources = profiles.Matching(request.Source).Where(person => person != target).ToArray();
        var targets = request.Target is { } set ? [.. profiles.Matching(set).Except(sources)] : new[] { target };
        var search = new IntroductionOptions
        {
            MaxHops = request.MaxHops,
            Paths = request.Paths,
            Hop = network.HopOf(snapshot).Model,
            MinStrength = options.Introductions.MinStrength,
            Delta = options.Delta,
            Constraints = _limits.Current,
        };
        var paths = IntroductionSearch.FromAny(snapshot, sources, targets, search, cancellation);
        var shown = paths.Where(path => path.Score >= request.MinScore).ToList();
        return new TeamIntroductionsAnswer
        {
            Source = Described(request.Source, sources.Length),
            To = request.To,
            Target = request.Target is { } asked ? Described(asked, targets.Length) : null,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            AlreadyConnected = Connected(request.Viewer, snapshot, sources, targets),
            LeftOut = paths.Count - shown.Count,
            Paths = [.. shown.Select(path => ForColleague(Explain(snapshot, path), path.Source))],
        };
    }

    private static IntroductionTarget Described(PersonFilter set, int people) =>
        new() { Organisation = set.Organisation, Role = set.Role, Tag = set.Tag, People = people };

    /// <summary>The sentence speaks to the one who asks, who is one of a team here.</summary>
    private IntroductionPathAnswer ForColleague(IntroductionPathAnswer path, int colleague) =>
        path with { Reason = $"{NameOf(histories.People.Ids[colleague])}: {path.Reason}" };

    private List<IntroductionHopAnswer> Connected(Viewer viewer, NetworkSnapshot snapshot, int[] sources, int[] targets)
    {
        var among = targets.ToHashSet();
        var ties = new List<(float Mutual, float Hop, int Source, int Target, long LastContactMs)>();
        foreach (var source in sources)
        {
            var row = snapshot.Row(source);
            for (var entry = 0; entry < row.MutualCount; entry++)
            {
                var other = row.Neighbours[entry];
                if (!among.Contains(other) || boundaries.ShowsBlocked(viewer, snapshot.Ids[source], snapshot.Ids[other])) continue;
                ties.Add((row.Mutual[entry], row.Hop[entry], source, other, row.LastContactMs[entry]));
            }
        }
        return
        [
            .. ties.OrderByDescending(static tie => tie.Mutual)
                .ThenBy(tie => snapshot.Ids[tie.Source], StringComparer.Ordinal).ThenBy(
                    tie => snapshot.Ids[tie.Target], StringComparer.Ordinal)
                .Take(MaxConnectedShown).Select(tie =>
                {
                    var strength = tie.Mutual * snapshot.StrengthFactor;
                    return Hop(snapshot,
                        new IntroductionHop(
                        tie.Source, tie.Target, network.HopOf(snapshot).Model.Probability(tie.Hop * snapshot.HopFactor), strength,
                        tie.LastContactMs));
                }),
        ];
    }
}
