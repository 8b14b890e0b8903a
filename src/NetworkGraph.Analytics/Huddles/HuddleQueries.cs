using System.Globalization;
using NetworkGraph.Engine.Huddles;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Huddles;

/// <summary>
/// Proposes groups of people who serve the same audience with different offers and are likely to be of use to each other.
/// Who is not open to introductions is proposed to no one; who blocks whom is never disclosed. The answers given last are kept
/// while nothing they rest on changes.
/// </summary>
public sealed class HuddleQueries(
    LiveNetwork network, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, PeopleOptions options,
        StructureOptions structure)
{
    /// <summary>Groups are looked for in at most so many audiences, the most common first.</summary>
    public const int MaxAudiences = 20;

    private const long StepsInAll = 40_000_000;
    private const int MaxKept = 8;
    private const int MaxMinutesBefore = 10;
    private readonly Lock _gate = new();
    private readonly List<Kept> _kept = [];
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>The groups; null for an unknown id.</summary>
    public async ValueTask<HuddlesAnswer?> HuddlesAsync(HuddlesRequest request, CancellationToken cancellation)
    {
        var required = -1;
        if (request.Person is { } person && !histories.People.TryGetNumber(person, out required)) return null;
        var (position, builds, changes, limits) = (network.Current.Position, network.Builds, profiles.Changes, _limits.Current);
        var nowMs = network.Current.Snapshot.AsOfMs;
        lock (_gate)
        {
            _kept.RemoveAll(k =>
                k.Position != position || k.Builds != builds || k.ProfileChanges != changes || !ReferenceEquals(k.Limits, limits));
            // Where nothing was recorded since, the groups of a large network of a few minutes ago are its groups.
            var earliestMs = request.AsOfMs ?? nowMs - (network.IsLarge ? MaxMinutesBefore * 60_000L : 0);
            if (_kept.Find(k => k.Request == request && k.Answer.AsOf.ToUnixTimeMilliseconds() >= earliestMs) is { } kept)
                return kept.Answer;
        }
        var snapshot = await network.SnapshotAsync(request.AsOfMs, cancellation);
        var answer = await Task.Run(() => Find(request, snapshot, required, limits, cancellation), cancellation);
        lock (_gate)
        {
            _kept.Add(new Kept(request, position, builds, changes, limits, answer));
            if (_kept.Count > MaxKept) _kept.RemoveAt(0);
        }
        return answer;
    }

    private HuddlesAnswer Find(
        HuddlesRequest request, NetworkSnapshot snapshot, int required, IntroductionConstraints limits, CancellationToken cancellation)
    {
        var audiences = AudiencesOf(request, required);
        var hops = new HopProbabilities(snapshot, network.HopOf(snapshot).Model, options.Introductions.MinStrength);
        var parts = new List<Found>[audiences.Count];
        var tried = new HuddleAudience[audiences.Count];
        Parallel.For(0, audiences.Count,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            var candidates = Candidates(audiences[number], required, snapshot, limits);
            tried[number] = new HuddleAudience(audiences[number], candidates.Length);
            parts[number] = FindAmong(
                audiences[number], candidates, request, snapshot, required, limits, hops, StepsInAll / audiences.Count, cancellation);
        });
        var found = parts.SelectMany(static part => part).ToList();
        found.Sort(static (a, b) =>
            a.Huddle.Total != b.Huddle.Total ? b.Huddle.Total.CompareTo(a.Huddle.Total) : string.CompareOrdinal(a.Audience, b.Audience));
        var taken = new HashSet<int>();
        var items = new List<HuddleAnswer>();
        foreach (var group in found)
        {
            if (items.Count == request.Huddles) break;
            if (group.People.Any(taken.Contains)) continue;
            taken.UnionWith(group.People.Where(member => member != required));
            items.Add(Describe(group, snapshot));
        }
        return new HuddlesAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Size = request.Size,
            Audiences = tried,
            Items = items
        };
    }

    private IReadOnlyList<string> AudiencesOf(HuddlesRequest request, int required)
    {
        if (request.Audience is { } audience) return [audience];
        return required >= 0
            ? [.. (profiles.Of(required)?.Audience ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxAudiences)]
            : [.. profiles.Audiences().Where(a => a.People >= request.Size).Take(MaxAudiences).Select(a => a.Audience)];
    }

    /// <summary>Person numbers, ascending. Where the one who must be in the group does not serve the audience there are none.</summary>
    private int[] Candidates(string audience, int required, NetworkSnapshot snapshot, IntroductionConstraints limits)
    {
        var serving = profiles.Matching(new PersonFilter { Audience = audience });
        if (required >= 0 && Array.BinarySearch(serving, required) < 0) return [];
        return [.. serving.Where(person => histories.Entities.HasRelationships(person) && (person == required
            || (person < snapshot.People && !limits.IsClosed(person) && !(required >= 0 && limits.IsBlocked(required, person)))))];
    }

    private List<Found> FindAmong(
        string audience, int[] candidates, HuddlesRequest request, NetworkSnapshot snapshot, int required, IntroductionConstraints limits,
            HopProbabilities hops,
        long steps, CancellationToken cancellation)
    {
        var found = new List<Found>();
        if (candidates.Length < request.Size) return found;
        var constraints = new IntroductionOptions
        {
            Hop = network.HopOf(snapshot).Model,
            MinStrength = options.Introductions.MinStrength,
            Delta = options.Delta,
            Constraints = limits
        };
        var likelihoods = PairLikelihoods.Compute(snapshot, candidates, constraints, cancellation, threads: 1, hops);
        var offers = new OfferSets(candidates, profiles);
        var hasBlocks = Array.Exists(candidates, limits.HasBlocks);
        while (true)
        {
            var people = candidates;
            var search = new HuddleOptions
            {
                Size = request.Size,
                Required = required < 0 ? -1 : Array.IndexOf(people, required),
                Seed = (ulong)structure.Seed,
                Steps = steps / request.Huddles,
            };
            var sets = offers;
            var huddle = HuddleSearch.Best(
                likelihoods, (a, b) => (hasBlocks && limits.IsBlocked(people[a], people[b])) || sets.Overlap(a, b), search, cancellation);
            // People whom nothing connects would be put together by their profiles alone.
            if (huddle is null || huddle.Total <= 0) return found;
            found.Add(new Found(
                audience, Array.ConvertAll(huddle.People, place => people[place]), huddle, LikelihoodsAmong(huddle, likelihoods)));
            int[] gone = [.. huddle.People.Where(place => people[place] != required)];
            if (found.Count == request.Huddles || candidates.Length - gone.Length < request.Size) return found;
            (likelihoods, offers) = (PairLikelihoods.Without(likelihoods, gone), offers.Without(gone));
            candidates = [.. people.Where((_, place) => !gone.Contains(place))];
        }
    }

    private static List<(int A, int B, double Likelihood)> LikelihoodsAmong(Huddle huddle, PairLikelihood[][] likelihoods)
    {
        var pairs = new List<(int, int, double)>();
        for (var i = 0; i < huddle.People.Length; i++)
        {
            for (var j = i + 1; j < huddle.People.Length; j++)
            {
                var likelihood = 0d;
                foreach (var pair in likelihoods[huddle.People[i]])
                    if (pair.Other == huddle.People[j]) likelihood = pair.Likelihood;
                pairs.Add((i, j, likelihood));
            }
        }
        return pairs;
    }

    /// <summary>The two in the order of their ids: numbers are given anew where a log is read again after an erasure.</summary>
    private static HuddlePair PairOf(NetworkSnapshot snapshot, int a, int b, double likelihood)
    {
        var (low, high) = (snapshot.Ids[a], snapshot.Ids[b]);
        if (string.CompareOrdinal(low, high) > 0) (low, high) = (high, low);
        return new HuddlePair(low, high, likelihood, AreTied(snapshot, a, b));
    }

    private HuddleAnswer Describe(Found found, NetworkSnapshot snapshot)
    {
        var ids = snapshot.Ids;
        var pairs = found.Pairs
            .Select(pair => PairOf(snapshot, found.People[pair.A], found.People[pair.B], pair.Likelihood))
            .OrderBy(pair => pair.Likelihood).ThenBy(pair => pair.From, StringComparer.Ordinal).ThenBy(
                pair => pair.To, StringComparer.Ordinal).ToList();
        var known = pairs.Count(pair => pair.Known);
        var mean = found.Huddle.Total / pairs.Count;
        return new HuddleAnswer
        {
            Audience = found.Audience,
            People = [.. found.People.Select(person => Member(ids[person], profiles.Of(person))).OrderBy(
                member => member.Person, StringComparer.Ordinal)],
            ExpectedStrength = mean,
            UpperBound = Math.Min(1, found.Huddle.Bound / pairs.Count),
            Optimal = found.Huddle.IsOptimal,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"All {found.People.Length} serve {found.Audience}, and none offers what another does. {known} of {pairs.Count} pairs "
                    + $"know each other; a favour passes between two of them with a chance of {mean:P0}."),
            Evidence = new HuddleEvidence { KnownPairs = known, Pairs = pairs },
        };
    }

    private static HuddleMember Member(string id, Profile? profile) =>
        new(id, profile?.Name, profile?.Organisation, profile?.Offers ?? [], Profile.EntityOf(id, profile));

    private static bool AreTied(NetworkSnapshot snapshot, int a, int b)
    {
        var row = snapshot.Row(a);
        return row.Neighbours[..row.MutualCount].Contains(b);
    }

    private sealed record Kept(
        HuddlesRequest Request, long Position, long Builds, int ProfileChanges, IntroductionConstraints Limits, HuddlesAnswer Answer);

    private sealed record Found(string Audience, int[] People, Huddle Huddle, List<(int A, int B, double Likelihood)> Pairs);
}
