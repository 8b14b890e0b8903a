using System.Globalization;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics;

/// <summary>Who can introduce whom: what to look for.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionsRequest
{
    /// <summary>Who looks at the answer.</summary>
    [Id(0)] public required Viewer Viewer { get; init; }

    [Id(1)] public required string From { get; init; }

    /// <summary>The person to reach; null where a set is.</summary>
    [Id(2)] public string? To { get; init; }

    /// <summary>The people to reach any of; null where one person is.</summary>
    [Id(3)] public PersonFilter? Target { get; init; }

    /// <summary>How many paths, 1 to 10.</summary>
    [Id(4)] public int Paths { get; init; } = 3;

    /// <summary>Hops of the longest path, 2 to 6.</summary>
    [Id(5)] public int MaxHops { get; init; } = 3;

    /// <summary>Paths with a lower score are left out; null for the configured limit.</summary>
    [Id(7)] public double? MinScore { get; init; }

    [Id(6)] public long? AsOfMs { get; init; }
}

/// <summary>The paths, or the id that is unknown.</summary>
[GenerateSerializer, Immutable]
public readonly record struct IntroductionsOutcome(IntroductionsAnswer? Answer, string? Unknown);

public sealed partial class NetworkQueries
{
    public async ValueTask<IntroductionsOutcome> IntroductionsAsync(IntroductionsRequest request, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(request.From, out var source)) return new IntroductionsOutcome(null, request.From);
        var target = -1;
        if (request.To is { } to && !histories.People.TryGetNumber(to, out target)) return new IntroductionsOutcome(null, to);
        var snapshot = await network.SnapshotAsync(request.AsOfMs, cancellation);
        var hop = network.HopOf(snapshot);
        var limits = _limits.Current;
        var search = new IntroductionOptions
        {
            MaxHops = request.MaxHops,
            Paths = request.Paths,
            Hop = hop.Model,
            MinStrength = options.Introductions.MinStrength,
            Delta = options.Delta,
            Constraints = limits,
        };
        int[] targets = request.Target is { } set
            ? [.. profiles.Matching(set).Where(person => person != source && !Hides(request, person))] : [target];
        // Between two people one of whom blocks the other no introduction passes, by whatever way, and the reason is not disclosed.
        int[] reachable = limits.HasBlocks(source) ? [.. targets.Where(person => !limits.IsBlocked(source, person))] : targets;
        var paths = request.Target is not null ? IntroductionSearch.ToAny(snapshot, source, reachable, search, cancellation)
            : reachable is [var only] ? IntroductionSearch.ToOne(snapshot, source, only, search, cancellation)
            : [];
        var minScore = request.MinScore ?? options.Introductions.MinScore;
        var shown = paths.Where(path => path.Score >= minScore).ToList();
        return new IntroductionsOutcome(
            new IntroductionsAnswer
            {
                From = request.From,
                To = request.To,
                Target = request.Target is { } asked
                    ? new IntroductionTarget
                    {
                        Organisation = asked.Organisation,
                        Role = asked.Role,
                        Tag = asked.Tag,
                        People = targets.Length
                    }
                    : null,
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
                Model = new IntroductionModel
                {
                    Alpha = hop.Model.Alpha,
                    Beta = hop.Model.Beta,
                    HalfLifeDays = hop.HalfLifeDays,
                    MinStrength = options.Introductions.MinStrength,
                    Learned = hop.GridMs is not null,
                    GridDate = hop.GridMs is { } gridMs ? DateTimeOffset.FromUnixTimeMilliseconds(gridMs) : null,
                },
                AlreadyConnected = Connected(snapshot, request, source, targets),
                LikelyToConnect = request.Target is null && source != target && !Hides(request, target)
                    ? LikelyToConnect.Of(snapshot, source, target, ConnectionWeights(snapshot)) : null,
                LeftOut = paths.Count - shown.Count,
                Paths = [.. shown.Select(path => Explain(snapshot, path))],
            },
            null);
    }

    private double[]? ConnectionWeights(NetworkSnapshot snapshot) =>
        network.Models.At(ModelKind.Connection, snapshot.AsOfMs, histories.VisiblePosition)?.Parameters;

    private bool Hides(IntroductionsRequest request, int target) =>
        boundaries.ShowsBlocked(request.Viewer, request.From, histories.People.Ids[target]);

    /// <summary>The tie as it stands: whom the source has blocked is left out, and no one else.</summary>
    private IntroductionHopAnswer? Connected(NetworkSnapshot snapshot, IntroductionsRequest request, int source, int[] targets)
    {
        var row = snapshot.Row(source);
        var among = targets.Length > 1 ? targets.ToHashSet() : null;
        // Mutual ties come strongest first, so the first that is meant is the strongest.
        for (var entry = 0; entry < row.MutualCount; entry++)
        {
            var other = row.Neighbours[entry];
            if (among is null ? targets is not [var only] || only != other : !among.Contains(other)) continue;
            if (Hides(request, other)) continue;
            var strength = row.Mutual[entry] * snapshot.StrengthFactor;
            var probability = network.HopOf(snapshot).Model.Probability(row.Hop[entry] * snapshot.HopFactor);
            return Hop(snapshot, new IntroductionHop(source, other, probability, strength, row.LastContactMs[entry]));
        }
        return null;
    }

    private IntroductionPathAnswer Explain(NetworkSnapshot snapshot, IntroductionPath path)
    {
        var hops = path.Hops.Select(hop => Hop(snapshot, hop)).ToList();
        var brokers = path.Brokers.Select(broker => snapshot.Ids[broker]).ToList();
        return new IntroductionPathAnswer
        {
            Score = path.Score,
            Factors = new IntroductionFactors([.. hops.Select(static hop => hop.Probability)], options.Delta, brokers.Count),
            Brokers = brokers,
            Hops = hops,
            Reason = Reason(hops, path.Score, snapshot.AsOfMs),
        };
    }

    /// <summary>One true sentence that names everyone on the path: whom to ask first, when each two last spoke, the whole chance.</summary>
    private string Reason(List<IntroductionHopAnswer> hops, double score, long asOfMs)
    {
        var ask = $"Ask {NameOf(hops[0].To)} to introduce you to {NameOf(hops[1].To)}";
        for (var hop = 2; hop < hops.Count; hop++) ask += $", who can introduce you to {NameOf(hops[hop].To)}";
        var steps = hops.Select((hop, number) => string.Create(
            CultureInfo.InvariantCulture,
            $"{(number == 0 ? "you" : NameOf(hop.From))} and {NameOf(hop.To)} were last in touch {Elapsed.Ago(hop.LastContact, asOfMs)} "
                + $"(chance {hop.Probability:P0})"));
        return string.Create(CultureInfo.InvariantCulture, $"{ask}: {string.Join(", ", steps)}. In all the chance is {score:P1}.");
    }

    private string NameOf(string person) =>
        histories.People.TryGetNumber(person, out var number) && profiles.Of(number)?.Name is { } name ? name : person;

    private IntroductionHopAnswer Hop(NetworkSnapshot snapshot, IntroductionHop hop) => new()
    {
        From = snapshot.Ids[hop.From],
        To = snapshot.Ids[hop.To],
        FromName = profiles.Of(hop.From)?.Name,
        ToName = profiles.Of(hop.To)?.Name,
        Probability = hop.Probability,
        Strength = hop.Strength,
        LastContact = DateTimeOffset.FromUnixTimeMilliseconds(hop.LastContactMs),
    };
}
