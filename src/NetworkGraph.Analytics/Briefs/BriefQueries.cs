using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Analytics.Briefs;

/// <summary>The brief, or the id that is unknown.</summary>
[GenerateSerializer, Immutable]
public readonly record struct BriefOutcome(Brief? Brief, string? Unknown);

/// <summary>Puts together what to know before meeting somebody. Dates are Unix ms.</summary>
public sealed class BriefQueries(
    LiveNetwork network, NetworkQueries queries, NudgeQueries nudges, ReferralQueries referrals, HistoryStore histories,
        ProfileStore profiles,
    BoundaryStore boundaries, PeopleOptions options)
{
    private const int MaxMutualContacts = 5;
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>
    /// What <paramref name="viewer"/> sees of what <paramref name="person"/> should know before meeting <paramref name="other"/>.
    /// </summary>
    public async ValueTask<BriefOutcome> BriefAsync(
        Viewer viewer, string person, string other, long? asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var self)) return new BriefOutcome(null, person);
        if (!histories.People.TryGetNumber(other, out var target)) return new BriefOutcome(null, other);
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        var date = snapshot.AsOfMs;
        var tie = await queries.TieAsync(viewer, person, other, date, cancellation);
        var paths = await queries.IntroductionsAsync(
            new IntroductionsRequest { Viewer = viewer, From = person, To = other, Paths = 1, AsOfMs = asOfMs }, cancellation);
        var warnings = await queries.WarningsAsync(viewer, person, date, cancellation) ?? [];
        var nudged = (await nudges.NudgesAsync(person, asOfMs, cancellation))?.Items.Where(
            nudge => nudge.Person == other || nudge.With == other).ToList() ?? [];
        var events = histories.Find(self, target) is { } dyad ? new DyadReader(histories).Read(dyad.Index, date).ToArray() : [];
        var selfIsLow = self < target;
        var (contacts, count) = MutualContacts(snapshot, self, target);
        var introduction = paths.Answer is { AlreadyConnected: null, Paths: [var best, ..] } ? best : null;
        var seen = warnings.Where(warning => warning.Person == other).Select(w => new BriefWarning(w.Name, w.Score, w.Counsel)).ToList();
        var loops = LoopsOf(person, other, events, selfIsLow, date, cancellation);
        return new BriefOutcome(
            new Brief
            {
                Person = person,
                Other = Describe(other, profiles.Of(target)),
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(date),
                Summary = BriefWords.Summary(
                    NameOf(other), tie, count, introduction is null ? null : NameOf(introduction.Brokers[0]), date),
                Tie = tie is null ? null : Shorten(tie),
                OpenLoops = loops,
                Topics = TopicsOf(events, selfIsLow),
                InCommon = InCommon(profiles.Of(self), profiles.Of(target)),
                MutualContacts = contacts,
                MutualContactCount = count,
                Introduction = introduction,
                Warnings = seen,
                Nudges = nudged,
                Counsel = BriefWords.Counsel(
                    NameOf(other), tie, loops, seen, nudged, introduction is null ? null : NameOf(introduction.Brokers[0])),
            },
            null);
    }

    /// <summary>What is open between the two; of referrals those that one of the two has to carry on.</summary>
    private List<BriefLoop> LoopsOf(
        string person, string other, DyadEvent[] events, bool selfIsLow, long asOfMs, CancellationToken cancellation)
    {
        var loops = new List<BriefLoop>();
        var open = OpenLoops.Of(events, selfIsLow, asOfMs, options, options.Nudges);
        var name = NameOf(other);
        if (open.OwedByMe is { } owed)
            loops.Add(Loop("reply", "me", owed, owed.IsAsk ? $"{name} asked you something." : $"{name} wrote to you."));
        if (open.Unthanked is { } help) loops.Add(Loop("thanks", "me", help, $"{name} helped you and has not heard from you since."));
        if (FirstContact.Of(events, asOfMs, histories.Venues, options.WeightTable, options.FollowUps) is { } first
            && FollowUpStates.IsOpen(first.State))
            loops.Add(Loop("follow-up", "both", new OpenLoop(first.MetMs, first.MetMs, 1, first.MetPosition, false),
                "You met, and neither has written since."));
        foreach (var referral in referrals.Of(person, asOfMs, cancellation)?.Items ?? [])
            if (referral.Open && LoopOf(referral, other) is { } loop) loops.Add(loop);
        if (open.OwedToMe is { } waits)
            loops.Add(Loop("reply", "other", waits, waits.IsAsk ? $"You asked {name} something." : $"You wrote to {name}."));
        return [.. loops.OrderBy(loop => loop.WaitsFor == "other")];
    }

    private BriefLoop? LoopOf(Referral referral, string other) => (referral.Role, referral.Acted) switch
    {
        ("receiver", false) when referral.Referred == other =>
            ReferralLoop(referral, "me", referral.Referrer, $"{NameOf(referral.Referrer)} referred you to {NameOf(other)}."),
        ("receiver", false) when referral.Referrer == other =>
            ReferralLoop(referral, "me", referral.Referred,
            $"{NameOf(other)} referred you to {NameOf(referral.Referred)}, and you have not been in touch yet."),
        ("receiver", true) when referral.Referrer == other =>
            ReferralLoop(referral, "me", referral.Referred,
            $"{NameOf(other)} referred you to {NameOf(referral.Referred)} and has not heard how it went."),
        ("referrer", _) when referral.Receiver == other =>
            ReferralLoop(referral, "other", referral.Referred,
            $"You referred {NameOf(other)} to {NameOf(referral.Referred)} and have not heard how it went."),
        _ => null,
    };

    private static BriefLoop ReferralLoop(Referral referral, string waitsFor, string about, string reason) => new()
    {
        Loop = "referral",
        WaitsFor = waitsFor,
        Since = referral.Made,
        Reason = reason,
        About = about,
        Positions = referral.Evidence.Positions,
    };

    private static BriefLoop Loop(string loop, string waitsFor, OpenLoop open, string reason) => new()
    {
        Loop = loop,
        WaitsFor = waitsFor,
        Since = DateTimeOffset.FromUnixTimeMilliseconds(open.SinceMs),
        Reason = reason,
        Positions = [open.Position],
    };

    private static List<BriefTopic> TopicsOf(DyadEvent[] events, bool selfIsLow)
    {
        var last = new Dictionary<InteractionKind, (DyadEvent Event, int Count)>();
        foreach (var happened in events) last[happened.Kind] = (happened, last.GetValueOrDefault(happened.Kind).Count + 1);
        return [.. last.Values.OrderByDescending(topic => topic.Event.AtMs).ThenByDescending(topic => topic.Event.Position).Select(
            topic => new BriefTopic
        {
            Kind = WireNames.Of(topic.Event.Kind),
            Count = topic.Count,
            LastAt = DateTimeOffset.FromUnixTimeMilliseconds(topic.Event.AtMs),
            By = topic.Event.Direction is DyadDirection.Both ? "both" : topic.Event.IsOut(selfIsLow) ? "me" : "other",
            Exchange = WireNames.Of(topic.Event.Exchange),
            Position = topic.Event.Position,
        })];
    }

    private (List<MutualContact> Contacts, int Count) MutualContacts(NetworkSnapshot snapshot, int self, int target)
    {
        // What is known to who asks: a likelihood of 0 would tell of a block against them.
        var limits = _limits.KnownTo(histories.People.Ids[self]);
        var own = snapshot.Row(self);
        var entries = new Dictionary<int, int>(own.MutualCount);
        for (var i = 0; i < own.MutualCount; i++) entries[own.Neighbours[i]] = i;
        var contacts = new List<MutualContact>();
        var others = snapshot.Row(target);
        for (var i = 0; i < others.MutualCount; i++)
        {
            var contact = others.Neighbours[i];
            if (!entries.TryGetValue(contact, out var mine) || limits.IsBlocked(self, contact)) continue;
            var strength = own.Mutual[mine] * snapshot.StrengthFactor;
            // A contact who brokers nothing is still somebody to talk about.
            var carries = !limits.IsClosed(contact) && !limits.IsBlocked(contact, target) && !limits.IsBlocked(self, target);
            var likelihood = carries ? options.Delta * Probability(snapshot, own, mine) * Probability(snapshot, others, i) : 0;
            contacts.Add(new MutualContact(
                snapshot.Ids[contact], profiles.Of(contact)?.Name, strength, likelihood,
                    Profile.EntityOf(snapshot.Ids[contact], profiles.Of(contact))));
        }
        contacts.Sort(static (a, b) =>
            a.Likelihood != b.Likelihood ? b.Likelihood.CompareTo(a.Likelihood) : string.CompareOrdinal(a.Person, b.Person));
        return ([.. contacts.Take(MaxMutualContacts)], contacts.Count);
    }

    private double Probability(NetworkSnapshot snapshot, in TieRow row, int entry) =>
        row.Mutual[entry] * snapshot.StrengthFactor < options.Introductions.MinStrength
            ? 0 : network.HopOf(snapshot).Model.Probability(row.Hop[entry] * snapshot.HopFactor);

    private static BriefTie Shorten(TieDetail detail) => new()
    {
        Status = detail.Status,
        Relationship = detail.Relationship,
        StrengthOut = detail.StrengthOut,
        StrengthIn = detail.StrengthIn,
        Balance = detail.Balance,
        PersistProbability = detail.PersistProbability,
        InteractionsOut = detail.InteractionsOut,
        InteractionsIn = detail.InteractionsIn,
        Gives = detail.Gives,
        Asks = detail.Asks,
        FirstContact = detail.FirstContact,
        LastContact = detail.LastContact,
        SilenceDays = detail.SilenceDays,
        ReplyHoursOut = detail.ReplyHoursOut,
        ReplyHoursIn = detail.ReplyHoursIn,
    };

    private static BriefPerson Describe(string id, Profile? profile) => new()
    {
        Id = id,
        Name = profile?.Name,
        Organisation = profile?.Organisation,
        Role = profile?.Role,
        Industry = profile?.Industry,
        Offers = profile?.Offers ?? [],
        Audience = profile?.Audience ?? [],
        Tags = profile?.Tags ?? [],
    };

    private static BriefCommon InCommon(Profile? one, Profile? other) => new()
    {
        Organisation = Same(one?.Organisation, other?.Organisation),
        Industry = Same(one?.Industry, other?.Industry),
        Audience = [.. (one?.Audience ?? []).Intersect(other?.Audience ?? [], StringComparer.OrdinalIgnoreCase)],
        Tags = [.. (one?.Tags ?? []).Intersect(other?.Tags ?? [], StringComparer.OrdinalIgnoreCase)],
    };

    private static string? Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase) ? one : null;

    private string NameOf(string person) =>
        histories.People.TryGetNumber(person, out var number) && profiles.Of(number)?.Name is { } name ? name : person;
}
