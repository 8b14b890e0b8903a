using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// The next best actions of a person: what each of their ties suggests (<see cref="DyadNudges"/>), referral loops, dormant
/// ties worth reviving, asks that came too early, and introductions to make. No one is nudged towards somebody when one of
/// the two blocks the other, or one persists upon the other unwanted: the nudge is not there, and nothing says why.
/// Dates are Unix ms.
/// </summary>
public sealed class NudgeQueries(
    LiveNetwork network, NetworkQueries queries, ReferralQueries referrals, EmbeddedPeople people, HistoryStore histories,
        ProfileStore profiles,
    BoundaryStore boundaries, PeopleOptions options)
{
    // In this order: some keep quiet about people that those before them have spoken of.
    private static readonly IPersonNudgeRule[] s_rules =
    [
        new AskTooEarlyRule(), new ReferralToActRule(), new ReferralToReportRule(), new ReferralToAskRule(), new DormantTieRule(),
            new IntroductionToMakeRule(),
    ];

    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>All nudges of a person, worth most first; null for an unknown id.</summary>
    public async ValueTask<NudgeList?> NudgesAsync(string person, long? asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var self)) return null;
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        if (await people.HabitsAsync(person, snapshot.AsOfMs, cancellation) is not { } habits) return null;
        var dormant = (await queries.DormantTiesAsync(Viewer.Admin, person, ReconnectGoal.Any, snapshot.AsOfMs, cancellation))?.Items ?? [];
        var asked = new PersonCase(histories, profiles, boundaries, options)
        {
            Person = person,
            Self = self,
            Snapshot = snapshot,
            Warnings = habits.Warnings,
            OffLimits = OffLimits(person, habits),
            Dormant = dormant,
            Referrals = referrals.Of(person, snapshot.AsOfMs, cancellation)?.Items ?? [],
            Limits = _limits.KnownTo(person),
            Hop = network.HopOf(snapshot).Model,
        };
        var nudges = new List<Nudge>();
        AddOfTies(asked, nudges, cancellation);
        foreach (var rule in s_rules) rule.Add(asked, nudges, cancellation);
        nudges.RemoveAll(nudge => nudge.Worth < options.Nudges.MinWorth);
        nudges.Sort(Listed);
        return new NudgeList
        {
            Person = person,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Rules = nudges.CountBy(nudge => nudge.Rule).ToDictionary(StringComparer.Ordinal),
            Items = nudges,
        };
    }

    /// <summary>Order of the list.</summary>
    public static int Listed(Nudge a, Nudge b)
    {
        var byWorth = b.Worth.CompareTo(a.Worth);
        return byWorth != 0 ? byWorth : string.CompareOrdinal(Key(a), Key(b));
    }

    /// <summary>Tells nudges of equal worth apart.</summary>
    public static string Key(Nudge nudge) => $"{nudge.Rule} {nudge.Person} {nudge.With}";

    /// <summary>Ids of people not to be brought together with the person: unwanted persistence, either way.</summary>
    private static HashSet<string> OffLimits(string person, PersonHabits habits) =>
        [.. habits.Warnings.Where(warning => warning.Name == WarningKind.UnwantedPersistence.WireName()).Select(
            warning => warning.Person ?? person)];

    private void AddOfTies(PersonCase asked, List<Nudge> nudges, CancellationToken cancellation)
    {
        var reader = new DyadReader(histories);
        var forecast = network.ForecastOf(asked.Snapshot);
        foreach (var dyad in histories.RelationsOf(asked.Self))
        {
            cancellation.ThrowIfCancellationRequested();
            var other = histories.People.Ids[dyad.Other];
            if (asked.IsOffLimits(other)) continue;
            var events = reader.Read(dyad.Index, asked.AsOfMs);
            var foretold = forecast.Of(asked.Self, dyad.Other);
            if (DyadNudges.Of(other, asked.NameOf(other), events, dyad.SelfIsLow, asked.AsOfMs, histories.Venues, options,
                foretold) is { } nudge)
                nudges.Add(nudge);
        }
    }
}
