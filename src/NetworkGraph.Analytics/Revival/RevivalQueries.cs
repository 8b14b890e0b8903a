using System.Globalization;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Reach;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Revival;

/// <summary>The answer; or the id that is unknown; or neither, where two people never had anything with each other.</summary>
[GenerateSerializer, Immutable]
public readonly record struct RevivalOutcome(RevivalAnswer? Answer, string? Unknown);

/// <summary>Asks what would be if a tie were as strong again as it ever was.</summary>
public sealed class RevivalQueries(
    LiveNetwork network, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, PeopleOptions options)
{
    /// <summary>
    /// An introduction counts as within reach from this score on: more than a strong tie gives behind one that has all but faded.
    /// </summary>
    public const double Threshold = 0.3;

    private const int MaxHops = 4;
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>What reviving the tie of two people would change for the first, at a date (Unix ms; null: now).</summary>
    public async ValueTask<RevivalOutcome> WhatIfAsync(string person, string other, long? asOfMs, int limit, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var source)) return new RevivalOutcome(null, person);
        if (!histories.People.TryGetNumber(other, out var target)) return new RevivalOutcome(null, other);
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        if (histories.Find(source, target) is not { } dyad) return default;
        var events = new DyadReader(histories).Read(dyad.Index, snapshot.AsOfMs).ToArray();
        if (events.Length == 0 || Math.Max(source, target) >= snapshot.People) return default;
        var answer = await Task.Run(() => Compute(snapshot, source, target, events, limit, cancellation), cancellation);
        return new RevivalOutcome(answer, null);
    }

    private RevivalAnswer Compute(
        NetworkSnapshot snapshot, int source, int target, DyadEvent[] events, int limit, CancellationToken cancellation)
    {
        var ids = snapshot.Ids;
        var facts = DyadMeasures.Facts(events, options.DecayAt(snapshot.AsOfMs), options);
        var peak = DyadMeasures.Peak(events, options);
        var limits = _limits.KnownTo(ids[source]);
        var search = new IntroductionOptions
        {
            MaxHops = MaxHops,
            Hop = network.HopOf(snapshot).Model,
            MinStrength = options.Introductions.MinStrength,
            Delta = options.Delta,
            Constraints = limits
        };
        var reach = RevivedReach.Compute(snapshot, source, target, peak.Strength, search, Threshold, cancellation);
        // To people who and the asker have a block between them nothing is suggested, and it is not said why.
        var gained = reach.Gained.Where(reached => !limits.IsBlocked(source, reached.Person)).ToList();
        var improved = reach.Improved.Where(reached => !limits.IsBlocked(source, reached.Person)).ToList();
        return new RevivalAnswer
        {
            Person = ids[source],
            Other = ids[target],
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Status = TieNames.Of(TieStatusRule.Of(facts, snapshot.AsOfMs, options.Status)),
            Reach = new ReachChange(reach.Now, reach.Now + gained.Count, gained.Count, improved.Count),
            Gained = [.. gained.Take(limit).Select(reached => Describe(reached, ids))],
            Improved = [.. improved.Take(limit).Select(reached => Describe(reached, ids))],
            Organisations = NewOrganisations(snapshot, source, reach, gained),
            Reason = Reason(target, gained.Count, improved.Count, peak),
            Evidence = new RevivalEvidence
            {
                Strength = Math.Sqrt(facts.ContactStrengthOut) * Math.Sqrt(facts.ContactStrengthIn),
                AssumedStrength = peak.Strength,
                PeakAt = peak.AtMs is { } peakAtMs ? DateTimeOffset.FromUnixTimeMilliseconds(peakAtMs) : null,
                Threshold = Threshold,
                MaxHops = MaxHops,
            },
        };
    }

    private NewlyReached Describe(RevivedPerson reached, PersonIds ids)
    {
        var profile = profiles.Of(reached.Person);
        return new NewlyReached
        {
            Person = ids[reached.Person],
            Name = profile?.Name,
            Organisation = profile?.Organisation,
            Score = reached.Score,
            ScoreNow = reached.Before,
            FirstBroker = ids[reached.Broker],
        };
    }

    private List<NewOrganisation> NewOrganisations(NetworkSnapshot snapshot, int source, RevivedReach reach, List<RevivedPerson> gained)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var row = snapshot.Row(source);
        foreach (var contact in row.Neighbours[..row.MutualCount])
            if (profiles.Of(contact)?.Organisation is { } organisation) known.Add(organisation);
        foreach (var person in reach.ReachedNow)
            if (profiles.Of(person)?.Organisation is { } organisation) known.Add(organisation);
        return [.. gained.Select(reached => profiles.Of(reached.Person)?.Organisation).OfType<string>().Where(
            organisation => !known.Contains(organisation))
            .GroupBy(organisation => organisation, StringComparer.OrdinalIgnoreCase)
            .Select(group => new NewOrganisation(group.Key, group.Count()))
            .OrderByDescending(group => group.People).ThenBy(group => group.Organisation, StringComparer.Ordinal)];
    }

    private string Reason(int target, int gained, int improved, StrengthPeak peak)
    {
        var name = profiles.Of(target)?.Name ?? histories.People.Ids[target];
        if (peak.AtMs is not { } peakAtMs) return $"Contacts between you and {name} never went both ways, so there is no tie to revive.";
        var when = DateTimeOffset.FromUnixTimeMilliseconds(peakAtMs).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        return (gained, improved) switch
        {
            (0, 0) => $"As close to {name} as in {when} you would reach no one you do not reach already.",
            (0, _) => string.Create(
                CultureInfo.InvariantCulture, $"As close to {name} as in {when} you would reach {improved} people more surely than now."),
            _ => string.Create(CultureInfo.InvariantCulture,
                $"As close to {name} as in {when} you would reach {gained} more people by introduction, and {improved} more surely than "
                + $"now."),
        };
    }
}
