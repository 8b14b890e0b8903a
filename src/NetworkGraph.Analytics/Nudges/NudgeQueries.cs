using System.Globalization;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
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
/// ties worth reviving, asks that came too early, and introductions to make. Nobody is nudged towards somebody when one of
/// the two blocks the other, or one persists upon the other unwanted: the nudge is not there, and nothing says why.
/// Dates are Unix ms.
/// </summary>
public sealed class NudgeQueries(
    LiveNetwork network, NetworkQueries queries, ReferralQueries referrals, EmbeddedPeople people, HistoryStore histories, ProfileStore profiles,
    BoundaryStore boundaries, PeopleOptions options)
{
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>All nudges of a person, worth most first; null where nobody has that id.</summary>
    public async ValueTask<NudgeList?> NudgesAsync(string person, long? asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var self)) return null;
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        if (await people.HabitsAsync(person, snapshot.AsOfMs, cancellation) is not { } habits) return null;
        var dormant = (await queries.DormantTiesAsync(Viewer.Admin, person, ReconnectGoal.Any, snapshot.AsOfMs, cancellation))?.Items ?? [];
        var asked = new Asked(person, self, snapshot, habits.Warnings, OffLimits(person, habits));
        var nudges = new List<Nudge>();
        AddOfTies(asked, nudges, cancellation);
        AddAsksTooEarly(asked, nudges);
        AddReferrals(asked, nudges, cancellation);
        AddDormant(asked, dormant, nudges);
        AddIntroductions(asked, nudges, cancellation);
        nudges.RemoveAll(nudge => nudge.Worth < options.Nudges.LeastWorth);
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

    /// <summary>With whom nobody is to be brought together with the person: whoever persists unwanted, either way.</summary>
    private static HashSet<string> OffLimits(string person, PersonHabits habits) =>
        [.. habits.Warnings.Where(warning => warning.Name == WarningKind.UnwantedPersistence.WireName()).Select(warning => warning.Person ?? person)];

    private void AddOfTies(Asked asked, List<Nudge> nudges, CancellationToken cancellation)
    {
        var reader = new DyadReader(histories);
        foreach (var dyad in histories.RelationsOf(asked.Self))
        {
            cancellation.ThrowIfCancellationRequested();
            var other = histories.People.Ids[dyad.Other];
            if (IsOffLimits(asked, other)) continue;
            var events = reader.Read(dyad.Index, asked.Snapshot.AsOfMs);
            if (DyadNudges.Of(other, NameOf(other), events, dyad.SelfIsLow, asked.Snapshot.AsOfMs, histories.Venues, options) is { } nudge) nudges.Add(nudge);
        }
    }

    /// <summary>A pitch or ask that came too early, and nothing given since: the next thing is to give.</summary>
    private void AddAsksTooEarly(Asked asked, List<Nudge> nudges)
    {
        var reader = new DyadReader(histories);
        foreach (var warning in asked.Warnings)
        {
            if (warning.IsByOther || warning.Person is not { } other || warning.Score < WarningRules.WarnedFromScore) continue;
            if (warning.Name != WarningKind.PrematurePitch.WireName() && warning.Name != WarningKind.Exploitation.WireName()) continue;
            if (IsOffLimits(asked, other) || !histories.People.TryGetNumber(other, out var number) || histories.Find(asked.Self, number) is not { } dyad) continue;
            if (nudges.Exists(nudge => nudge.Person == other && nudge.Rule is NudgeRules.AskTooEarly or NudgeRules.StopPushing && nudge.Person == other)) continue;
            if (LastAskWithoutGive(reader.Read(dyad.Index, asked.Snapshot.AsOfMs), dyad.SelfIsLow) is not { } ask) continue;
            var ageDays = (asked.Snapshot.AsOfMs - ask.AtMs) / TieDecay.DayMs;
            if (ageDays > options.Nudges.HoldBackWithinDays) continue;
            nudges.Add(Make("give-first", other, null, NudgeRules.AskTooEarly,
                string.Create(CultureInfo.InvariantCulture, $"You asked {NameOf(other)} for something {Ago(ask.AtMs, asked)} and have given nothing since. Hold the next ask back and give first."),
                [("certainty", warning.Score), ("stake", 0.5), ("recency", DyadNudges.Halved(ageDays, 30))], ask.AtMs, [ask.Position], warning.Counts));
        }
    }

    private static DyadEvent? LastAskWithoutGive(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (!happened.IsOut(selfIsLow)) continue;
            if (happened.Exchange is Exchange.Give or Exchange.Advice || happened.Kind is InteractionKind.Favour or InteractionKind.Referral or InteractionKind.Introduction) return null;
            if (happened.Exchange is Exchange.Ask or Exchange.Pitch) return happened;
        }
        return null;
    }

    private void AddReferrals(Asked asked, List<Nudge> nudges, CancellationToken cancellation)
    {
        if (referrals.Of(asked.Person, asked.Snapshot.AsOfMs, cancellation) is not { } list) return;
        var thresholds = options.Nudges;
        foreach (var loop in list.Items)
        {
            if (!loop.Open) continue;
            var madeMs = loop.Made.ToUnixTimeMilliseconds();
            var (age, positions) = (loop.AgeDays, loop.Evidence.Positions);
            Nudge? nudge = loop.Role switch
            {
                "receiver" when !loop.Acted && !IsOffLimits(asked, loop.Referred) && age <= options.Referrals.ActedWithinDays => Make("contact", loop.Referred, loop.Referrer, NudgeRules.ReferralToAct,
                    $"{NameOf(loop.Referrer)} referred you to {NameOf(loop.Referred)} {Ago(madeMs, asked)}, and you have not been in touch yet.",
                    [("stake", thresholds.ReferralActWorth), ("freshness", DyadNudges.Halved(age - 2, 14))], madeMs, positions, null),
                "receiver" when loop.Acted && !IsOffLimits(asked, loop.Referrer) => Make("report-back", loop.Referrer, loop.Referred, NudgeRules.ReferralToReport,
                    $"{NameOf(loop.Referrer)} referred you to {NameOf(loop.Referred)}, and you got in touch. Tell {NameOf(loop.Referrer)} how it went.",
                    [("stake", thresholds.ReferralReportWorth), ("freshness", DyadNudges.Halved(DaysSince(loop.ActedAt, asked) - 14, 60))], madeMs, positions, null),
                "referrer" when age >= thresholds.ReferralAskAfterDays && !IsOffLimits(asked, loop.Receiver) => Make("ask", loop.Receiver, loop.Referred, NudgeRules.ReferralToAsk,
                    $"You referred {NameOf(loop.Receiver)} to {NameOf(loop.Referred)} {Ago(madeMs, asked)} and have not heard how it went. Ask.",
                    [("stake", thresholds.ReferralAskWorth), ("freshness", DyadNudges.Halved(age - 30, 60))], madeMs, positions, null),
                _ => null,
            };
            if (nudge is not null) nudges.Add(nudge);
        }
    }

    private void AddDormant(Asked asked, IReadOnlyList<DormantTie> dormant, List<Nudge> nudges)
    {
        foreach (var tie in dormant)
        {
            if (tie.ReconnectValue < options.Nudges.LeastWorth || IsOffLimits(asked, tie.Person)) continue;
            // What is owed to somebody comes before reviving the tie, and revives it.
            if (nudges.Exists(nudge => nudge.Person == tie.Person)) continue;
            nudges.Add(Make("reconnect", tie.Person, null, NudgeRules.DormantTie,
                DormantReason(tie),
                tie.Newness is { } newness
                    ? [("answer", tie.AnswerProbability), ("trustOrNewness", 1 - (1 - tie.Trust) * (1 - newness))]
                    : [("answer", tie.AnswerProbability), ("trust", tie.Trust)],
                tie.Evidence.LastContact.ToUnixTimeMilliseconds(), [], new Dictionary<string, double> { ["silenceDays"] = tie.SilenceDays, ["peakStrength"] = tie.PeakStrength }));
        }
    }

    /// <summary>Says no more than the evidence shows: close only where there were enough episodes and strength.</summary>
    private string DormantReason(DormantTie tie)
    {
        var wereClose = tie.PeakStrength >= options.Nudges.CloseFromStrength && tie.Episodes >= options.Nudges.CloseFromEpisodes;
        var past = wereClose
            ? $"You and {NameOf(tie.Person)} were close and have been silent for {Elapsed.Days(tie.SilenceDays)}"
            : $"You and {NameOf(tie.Person)} have been silent for {Elapsed.Days(tie.SilenceDays)}";
        return tie.Novelty is { } novelty
            ? string.Create(CultureInfo.InvariantCulture, $"{past}; {novelty:P0} of the people they know are new to you.")
            : $"{past}.";
    }

    private void AddIntroductions(Asked asked, List<Nudge> nudges, CancellationToken cancellation)
    {
        var hops = new IntroductionOptions { Hop = options.Introductions.Hop, MinStrength = options.Introductions.MinStrength, Delta = options.Delta, Constraints = _limits.KnownTo(asked.Person) };
        var ids = asked.Snapshot.Ids;
        var pairs = IntroductionsToMake.Of(
            asked.Snapshot, asked.Self, contact => IsOffLimits(asked, ids[contact]), profiles, hops, options.Nudges, cancellation);
        var made = new MadeIntroductions(histories, asked.Self, asked.Snapshot.AsOfMs);
        var count = 0;
        foreach (var pair in pairs)
        {
            if (count == options.Nudges.MostIntroductions) break;
            // Each person is proposed once at most, and whom one has introduced already knows.
            if (nudges.Exists(nudge => nudge.Rule == NudgeRules.IntroductionToMake && (IsIn(nudge, ids[pair.First]) || IsIn(nudge, ids[pair.Second])))) continue;
            if (made.Includes(pair.First, pair.Second)) continue;
            nudges.Add(Make("introduce", ids[pair.First], ids[pair.Second], NudgeRules.IntroductionToMake,
                $"{NameOf(ids[pair.First])} and {NameOf(ids[pair.Second])} both serve {pair.Audience}, offer different things and do not know each other. You know both well.",
                [("first", pair.ToFirst), ("second", pair.ToSecond), ("match", pair.Match), ("delta", options.Delta)], null, [], null));
            count++;
        }
    }

    private static bool IsIn(Nudge nudge, string person) => nudge.Person == person || nudge.With == person;

    // Whom the person has blocked; not who has blocked the person, who must not find out by what is no longer proposed.
    private bool IsOffLimits(Asked asked, string other) => other.Length == 0 || asked.OffLimits.Contains(other) || boundaries.HasBlocked(asked.Person, other);

    private static Nudge Make(
        string action, string person, string? with, string rule, string reason, (string Name, double Value)[] parts, long? sinceMs,
        IReadOnlyList<long> positions, IReadOnlyDictionary<string, double>? counts) => new()
        {
            Action = action,
            Person = person,
            With = with,
            Worth = parts.Aggregate(1d, static (worth, part) => worth * part.Value),
            Rule = rule,
            Reason = reason,
            Evidence = new NudgeEvidence
            {
                Parts = parts.ToDictionary(part => part.Name, part => part.Value),
                Counts = counts ?? new Dictionary<string, double>(),
                Since = sinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
                Positions = positions,
            },
        };

    private string NameOf(string person) =>
        histories.People.TryGetNumber(person, out var number) && profiles.Of(number)?.Name is { } name ? name : person;

    private static string Ago(long atMs, Asked asked) => Elapsed.Ago(DateTimeOffset.FromUnixTimeMilliseconds(atMs), asked.Snapshot.AsOfMs);

    private static double DaysSince(DateTimeOffset? then, Asked asked) =>
        then is { } at ? (asked.Snapshot.AsOfMs - at.ToUnixTimeMilliseconds()) / TieDecay.DayMs : 0;

    /// <summary>Who is to be nudged, in which network, and whom to leave alone.</summary>
    private sealed record Asked(string Person, int Self, NetworkSnapshot Snapshot, IReadOnlyList<HabitFinding> Warnings, HashSet<string> OffLimits);
}
