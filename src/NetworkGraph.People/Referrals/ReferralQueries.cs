using System.Globalization;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Referrals;

/// <summary>
/// What became of referrals and introductions. Needs the dyads of others (was the referred person ever called?), so it
/// reads the whole fold; what it tells of them is whether, never when or how. Dates are Unix ms.
/// </summary>
public sealed class ReferralQueries(HistoryStore histories, ReferralThresholds thresholds)
{
    private const int IntroductionsShown = 100;

    /// <summary>The loops that a person made, received or is the subject of; null for an unknown id.</summary>
    public ReferralList? Of(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var self)) return null;
        var reading = new Reading(histories, asOfMs, thresholds);
        var loops = new List<Loop>();
        var introductions = new Dictionary<uint, List<(int Other, DyadEvent Event)>>();
        foreach (var dyad in histories.RelationsOf(self))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var happened in reading.Outer.Read(dyad.Index, asOfMs))
            {
                var isOut = happened.IsOut(dyad.SelfIsLow);
                if (happened is { Kind: InteractionKind.Referral, About: >= 0 })
                    loops.Add(isOut ? reading.Follow("referrer", dyad.Index, self, dyad.Other, in happened) : reading.Follow(
                        "receiver", dyad.Index, dyad.Other, self, in happened));
                else if (happened.Kind is InteractionKind.Introduction && isOut)
                {
                    if (!introductions.TryGetValue(happened.Position, out var both)) introductions.Add(happened.Position, both = []);
                    both.Add((dyad.Other, happened));
                }
            }
        }
        if (histories.OwnListOf(self) is { } own)
        {
            foreach (ref readonly var mention in reading.Outer.Read(own.Index, asOfMs))
                if (mention is { Kind: InteractionKind.Referral, Direction: DyadDirection.Mentioned })
                    reading.FollowMention(mention.Position, loops);
        }
        loops.Sort(static (a, b) => Listed(a.Answer, b.Answer));
        return new ReferralList
        {
            Person = person,
            Made = Count(loops, "referrer", asOfMs),
            Received = Count(loops, "receiver", asOfMs),
            About = Count(loops, "referred", asOfMs),
            Introductions = Credit(reading, introductions, asOfMs),
            Items = [.. loops.Select(loop => loop.Answer)],
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOfMs),
        };
    }

    /// <summary>Open loops in the whole network. Cost: the dyads that referrals ever went over.</summary>
    public int OpenLoops(long asOfMs, CancellationToken cancellation)
    {
        var reading = new Reading(histories, asOfMs, thresholds);
        var open = 0;
        for (var index = 0; index < histories.Brokered.Count; index++)
        {
            if ((index & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var (position, dyad) = histories.Brokered[index];
            if (dyad >= 0 && reading.Find(dyad, position) is { Kind: InteractionKind.Referral, About: >= 0 } referral
                && asOfMs - referral.AtMs <= thresholds.OpenForDays * TieDecay.DayMs
                    && reading.Follow(dyad, in referral).IsOpen(asOfMs, thresholds)) open++;
        }
        return open;
    }

    /// <summary>Order of the list: the latest first, then by receiver.</summary>
    public static int Listed(Referral a, Referral b) =>
        a.Made != b.Made ? b.Made.CompareTo(a.Made) : string.CompareOrdinal(Key(a), Key(b));

    /// <summary>Tells loops of one instant apart.</summary>
    public static string Key(Referral referral) =>
        string.Create(CultureInfo.InvariantCulture, $"{referral.Evidence.Positions[0]:D19} {referral.Receiver}");

    private ReferralCounts Count(List<Loop> loops, string role, long asOfMs)
    {
        int made = 0, acted = 0, reported = 0, open = 0, decided = 0;
        foreach (var (answer, loop) in loops)
        {
            if (answer.Role != role) continue;
            made++;
            if (answer.Acted) acted++;
            if (answer.Reported) reported++;
            if (answer.Open) open++;
            if (answer.Acted || asOfMs - loop.MadeMs >= thresholds.ActedWithinDays * TieDecay.DayMs) decided++;
        }
        return new ReferralCounts
        {
            Made = made,
            Acted = acted,
            Reported = reported,
            Open = open,
            ShareActed = Proportion.Share(acted, decided),
            ShareClosed = Proportion.Share(reported, made),
        };
    }

    private IntroductionCredit Credit(Reading reading, Dictionary<uint, List<(int Other, DyadEvent Event)>> introductions, long asOfMs)
    {
        var items = new List<IntroductionMade>();
        int led = 0, pending = 0, knew = 0;
        foreach (var (position, both) in introductions)
        {
            // One of the two was erased: what became of it is not known any more.
            if (both is not [var one, var other]) continue;
            var outcome = IntroductionOutcome.Of(one.Event, reading.Between(one.Other, other.Other), asOfMs, thresholds);
            if (outcome.KnewEachOther) knew++;
            else if (outcome.LedToContact) led++;
            else if (outcome.IsPending) pending++;
            var (first, second) = (histories.People.Ids[one.Other], histories.People.Ids[other.Other]);
            if (string.CompareOrdinal(first, second) > 0) (first, second) = (second, first);
            items.Add(new IntroductionMade
            {
                First = first,
                Second = second,
                Made = DateTimeOffset.FromUnixTimeMilliseconds(one.Event.AtMs),
                LedToContact = outcome.LedToContact,
                Pending = outcome.IsPending && !outcome.KnewEachOther,
                KnewEachOther = outcome.KnewEachOther,
                Position = position,
            });
        }
        items.Sort(static (a, b) =>
            a.Made != b.Made ? b.Made.CompareTo(a.Made) : string.CompareOrdinal(a.First + '\n' + a.Second, b.First + '\n' + b.Second));
        return new IntroductionCredit
        {
            Made = items.Count,
            LedToContact = led,
            Pending = pending,
            KnewEachOther = knew,
            ShareLed = Proportion.Share(led, items.Count - pending - knew),
            Items = items.Count <= IntroductionsShown ? items : items[..IntroductionsShown],
        };
    }

    private readonly record struct Loop(Referral Answer, ReferralLoop Progress);

    /// <summary>Reads dyads side by side: a reader's span is good until its next read.</summary>
    private sealed class Reading(HistoryStore histories, long asOfMs, ReferralThresholds thresholds)
    {
        private readonly DyadReader _referred = new(histories);
        private readonly DyadReader _referrer = new(histories);

        public DyadReader Outer { get; } = new(histories);

        public ReadOnlySpan<DyadEvent> Between(int one, int other) =>
            histories.Find(one, other) is { } dyad ? _referred.Read(dyad.Index, asOfMs) : [];

        public DyadEvent? Find(int dyad, uint position)
        {
            foreach (ref readonly var happened in _referrer.Read(dyad, asOfMs))
                if (happened.Position == position) return happened;
            return null;
        }

        /// <summary>The loop of a referral that went over a dyad.</summary>
        public ReferralLoop Follow(int dyad, in DyadEvent referral)
        {
            var (low, high) = histories.PeopleOf(dyad);
            var receiverIsLow = referral.Direction is DyadDirection.HighToLow;
            var receiver = receiverIsLow ? low : high;
            return ReferralLoop.Of(in referral, Between(receiver, referral.About), _referrer.Read(dyad, asOfMs), receiverIsLow, thresholds);
        }

        public Loop Follow(string role, int dyad, int referrer, int receiver, in DyadEvent referral)
        {
            var loop = Follow(dyad, in referral);
            var tellsActed = role is not "referrer" && loop.ActedMs is not null;
            var tellsReported = role is not "referred" && loop.ReportedMs is not null;
            var positions = new List<long>(3) { referral.Position };
            if (tellsActed) positions.Add(loop.ActedPosition);
            if (tellsReported) positions.Add(loop.ReportedPosition);
            var answer = new Referral
            {
                Role = role,
                Referrer = histories.People.Ids[referrer],
                Receiver = histories.People.Ids[receiver],
                Referred = histories.People.Ids[referral.About],
                Made = DateTimeOffset.FromUnixTimeMilliseconds(referral.AtMs),
                State = loop.State.WireName(),
                Acted = loop.ActedMs is not null,
                Reported = loop.ReportedMs is not null,
                Open = loop.IsOpen(asOfMs, thresholds),
                AgeDays = (asOfMs - referral.AtMs) / TieDecay.DayMs,
                ActedAt = tellsActed ? DateTimeOffset.FromUnixTimeMilliseconds(loop.ActedMs!.Value) : null,
                ReportedAt = tellsReported ? DateTimeOffset.FromUnixTimeMilliseconds(loop.ReportedMs!.Value) : null,
                Evidence = new ReferralEvidence { Positions = positions },
            };
            return new Loop(answer, loop);
        }

        /// <summary>The loops of a referral by position, for the one it is about.</summary>
        public void FollowMention(uint position, List<Loop> loops)
        {
            foreach (var dyad in histories.Brokered.DyadsOf(position).Select(histories.Aliases.Resolve).OfType<int>().Distinct())
            {
                if (Find(dyad, position) is not { About: >= 0 } referral) continue;
                var (low, high) = histories.PeopleOf(dyad);
                var isLowToHigh = referral.Direction is DyadDirection.LowToHigh;
                loops.Add(Follow("referred", dyad, isLowToHigh ? low : high, isLowToHigh ? high : low, in referral));
            }
        }
    }
}
