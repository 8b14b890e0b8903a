using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo.Tests;

/// <summary>What the ground truth says is in the data, by plain counting.</summary>
public class DemoTruthTests(DemoReading reading) : IClassFixture<DemoReading>
{
    private DemoGroundTruth Truth => reading.Network.Truth;

    [Fact]
    public void At_least_twelve_carry_each_archetype_and_most_people_none()
    {
        foreach (var archetype in DemoArchetypes.All) reading.Of(archetype).Count().ShouldBeGreaterThanOrEqualTo(12, archetype.WireName());
        reading.Ordinary().Count().ShouldBeGreaterThan(1700);
        foreach (var person in Truth.Archetypes.Keys) reading.Sent[person].Count().ShouldBeGreaterThanOrEqualTo(10);
    }

    [Theory]
    [InlineData(DemoArchetype.SelfPromoter, 0.4, Exchange.Promotion, Exchange.Pitch)]
    [InlineData(DemoArchetype.Demander, 0.4, Exchange.Ask)]
    [InlineData(DemoArchetype.CrisisNetworker, 0.35, Exchange.Ask)]
    [InlineData(DemoArchetype.Gossip, 0.2, Exchange.Gossip)]
    [InlineData(DemoArchetype.KnowItAll, 0.2, Exchange.UnsolicitedAdvice)]
    [InlineData(DemoArchetype.Giver, 0.25, Exchange.Give)]
    public void What_moves_tells_them_from_ordinary_people(DemoArchetype archetype, double least, params Exchange[] exchanges)
    {
        foreach (var person in reading.Of(archetype)) reading.Share(person, exchanges).ShouldBeGreaterThan(least, person);
        var alike = reading.Ordinary().Count(p => reading.Sent[p].Count() >= 20 && reading.Share(p, exchanges) > least);
        alike.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Card_collectors_meet_many_and_follow_up_few()
    {
        var contacts = reading.FirstContacts();
        bool IsLikeOne(string person) => contacts.GetValueOrDefault(person) is { Met: >= 60 } c && c.Followed < 0.2 * c.Met;
        reading.Of(DemoArchetype.CardCollector).Where(p => !IsLikeOne(p)).ShouldBeEmpty();
        reading.Ordinary().Count(IsLikeOne).ShouldBe(0);
    }

    [Fact]
    public void Wallflowers_attend_and_meet_hardly_anyone()
    {
        var contacts = reading.FirstContacts();
        bool IsLikeOne(string person)
        {
            var venues = reading.Sent[person].Where(i => i.Kind is InteractionKind.Attendance).Select(i => i.Venue).Distinct().Count();
            return venues >= 4 && contacts.GetValueOrDefault(person).MetAtVenues < venues;
        }
        reading.Of(DemoArchetype.Wallflower).Where(p => !IsLikeOne(p)).ShouldBeEmpty();
        reading.Ordinary().Count(IsLikeOne).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Ghosts_accept_and_answer_nothing()
    {
        foreach (var person in reading.Of(DemoArchetype.Ghost))
        {
            reading.Sent[person].Count(i => i.Kind is InteractionKind.Accept).ShouldBeGreaterThanOrEqualTo(15);
            reading.Sent[person].Count(i => i.Kind.IsMessageLike()).ShouldBe(0);
            reading.All.Count(i => i.Kind is InteractionKind.Message && i.To.Contains(person)).ShouldBeGreaterThanOrEqualTo(10);
        }
    }

    [Fact]
    public void Crisis_networkers_ask_in_bursts_after_months_of_silence()
    {
        foreach (var person in reading.Of(DemoArchetype.CrisisNetworker))
        {
            var sent = reading.Sent[person].ToList();
            var crises = 0;
            for (var i = 1; i < sent.Count; i++)
            {
                if (sent[i].AtMs - sent[i - 1].AtMs < DemoReading.Days(150)) continue;
                var asks = sent.Count(
                    s => s.Exchange is Exchange.Ask && s.AtMs >= sent[i].AtMs && s.AtMs < sent[i].AtMs + DemoReading.Days(14));
                if (asks >= 6) crises++;
            }
            crises.ShouldBeGreaterThanOrEqualTo(2, person);
        }
    }

    [Fact]
    public void Connectors_bring_together_and_it_works()
    {
        var brokered = Truth.Introductions.ToLookup(i => i.Broker, StringComparer.Ordinal);
        foreach (var person in reading.Of(DemoArchetype.Connector))
        {
            brokered[person].Count().ShouldBeGreaterThanOrEqualTo(8, person);
            (brokered[person].Count(i => i.LedToContact) / (double)brokered[person].Count()).ShouldBeGreaterThan(0.5, person);
        }
        reading.Ordinary().Max(p => brokered[p].Count()).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Nurturers_revive_what_had_gone_quiet()
    {
        var revived = Truth.RevivedTies.ToLookup(p => p.First, StringComparer.Ordinal);
        foreach (var person in reading.Of(DemoArchetype.Nurturer)) revived[person].Count().ShouldBeGreaterThanOrEqualTo(3, person);
        foreach (var pair in Truth.RevivedTies)
        {
            var events = reading.Dyad(pair.First, pair.Second);
            events.Zip(events.Skip(1)).Any(
                g => g.Second.AtMs - g.First.AtMs > DemoReading.Days(365) && g.Second.From == pair.First).ShouldBeTrue();
        }
    }

    [Fact]
    public void Dormant_ties_were_strong_and_are_silent_for_over_a_year()
    {
        Truth.DormantTies.Count.ShouldBeGreaterThanOrEqualTo(50);
        foreach (var pair in Truth.DormantTies)
        {
            reading.Said(pair.First, pair.Second).ShouldBeGreaterThanOrEqualTo(3);
            reading.Said(pair.Second, pair.First).ShouldBeGreaterThanOrEqualTo(3);
            DemoReading.SilenceDays(reading.Dyad(pair.First, pair.Second)).ShouldBeGreaterThan(365);
        }
    }

    [Fact]
    public void Burnt_ties_end_with_a_decline_or_a_complaint()
    {
        Truth.BurntTies.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var pair in Truth.BurntTies)
        {
            var last = reading.Dyad(pair.First, pair.Second)[^1];
            (last.Kind is InteractionKind.Decline || last.Exchange is Exchange.Complaint).ShouldBeTrue();
            last.From.ShouldBe(pair.First);
            reading.Said(pair.First, pair.Second).ShouldBeGreaterThanOrEqualTo(3);
        }
    }

    [Fact]
    public void Mentors_advise_and_messages_flow_both_ways()
    {
        Truth.Mentorships.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var pair in Truth.Mentorships)
        {
            var advice = reading.Dyad(pair.First, pair.Second).Where(i => i.Exchange is Exchange.Advice).ToList();
            advice.Count.ShouldBeGreaterThanOrEqualTo(3);
            advice.ShouldAllBe(i => i.From == pair.First);
            (reading.Said(pair.Second, pair.First) / (double)reading.Said(pair.First, pair.Second)).ShouldBeInRange(0.6, 2.5);
        }
    }

    [Fact]
    public void Little_comes_of_graveyards_and_much_of_fruitful_venues()
    {
        var verdicts = Truth.Venues.ToDictionary(v => v.Name, v => v.Verdict, StringComparer.Ordinal);
        var counts = new Dictionary<DemoVerdict, (int Met, int Followed, int Lasting)>();
        foreach (var events in reading.Dyads.Values)
        {
            if (events[0] is not { Kind: InteractionKind.Meeting, Venue: { } venue } first) continue;
            var (met, followed, lasting) = counts.GetValueOrDefault(verdicts[venue]);
            var isFollowed = events.Exists(
                i => i.AtMs > first.AtMs && i.AtMs < first.AtMs + DemoReading.Days(14) && i.Kind.IsMessageLike());
            var isLasting = events.Exists(i => i.AtMs > first.AtMs + DemoReading.Days(90) && i.Kind.IsMessageLike());
            counts[verdicts[venue]] = (met + 1, followed + (isFollowed ? 1 : 0), lasting + (isLasting ? 1 : 0));
        }
        double Rate(DemoVerdict verdict) => counts[verdict].Followed / (double)counts[verdict].Met;
        double Lasting(DemoVerdict verdict) => counts[verdict].Lasting / (double)counts[verdict].Met;
        Rate(DemoVerdict.Graveyard).ShouldBeLessThan(0.2);
        Rate(DemoVerdict.Ordinary).ShouldBeInRange(0.5, 0.9);
        Lasting(DemoVerdict.Graveyard).ShouldBeLessThan(0.05);
        Lasting(DemoVerdict.Fruitful).ShouldBeGreaterThan(0.35);
        counts[DemoVerdict.Graveyard].Met.ShouldBeGreaterThan(counts[DemoVerdict.Fruitful].Met / 2);
    }

    [Fact]
    public void Referrals_are_acted_on_and_reported_as_the_truth_says()
    {
        Truth.Referrals.Count.ShouldBeGreaterThanOrEqualTo(200);
        Truth.Referrals.Count(r => !r.Acted).ShouldBeGreaterThan(40);
        foreach (var truth in Truth.Referrals)
        {
            var referral = reading.ById[truth.Interaction];
            referral.Kind.ShouldBe(InteractionKind.Referral);
            referral.About.ShouldBe(truth.Referred);
            referral.To.ShouldBe([truth.Receiver]);
            reading.Dyad(truth.Receiver, truth.Referred)
                .Exists(i => i.AtMs > referral.AtMs && i.AtMs <= referral.AtMs + DemoReading.Days(30)).ShouldBe(truth.Acted);
            reading.Dyad(truth.Receiver, truth.Referrer)
                .Exists(i => i.From == truth.Receiver && i.AtMs > referral.AtMs && i.InReplyTo == referral.Id).ShouldBe(truth.Reported);
        }
    }

    [Fact]
    public void Introductions_lead_to_contact_as_the_truth_says()
    {
        Truth.Introductions.Count(i => !i.LedToContact).ShouldBeGreaterThan(50);
        foreach (var truth in Truth.Introductions)
        {
            var introduction = reading.ById[truth.Interaction];
            introduction.Kind.ShouldBe(InteractionKind.Introduction);
            introduction.To.ShouldBe([truth.First, truth.Second]);
            reading.Dyad(truth.First, truth.Second).Exists(i => i.AtMs > introduction.AtMs).ShouldBe(truth.LedToContact);
        }
    }

    [Fact]
    public void Warned_behaviour_is_there()
    {
        var warnings = Truth.Warnings.ToLookup(w => w.Warning, StringComparer.Ordinal);
        foreach (var w in warnings["monologue"])
            reading.Sent[w.Person].Where(i => !i.Kind.IsMutual() && i.To.Length == 1).Select(i => i.To[0]).Distinct().Count(
                other => LongestRun(w.Person, other) >= 5).ShouldBeGreaterThanOrEqualTo(2);
        foreach (var w in warnings["unwanted-persistence"]) LongestRun(w.Person, w.Other!).ShouldBeGreaterThanOrEqualTo(3);
        foreach (var w in warnings["superficial"])
            reading.Dyad(w.Person, w.Other!).Count(i => i.Kind == InteractionKind.Reaction).ShouldBe(
                reading.Dyad(w.Person, w.Other!).Count);
        foreach (var w in warnings["superficial"]) reading.Dyad(w.Person, w.Other!).Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var w in warnings["transactional"])
            reading.Dyad(w.Person, w.Other!).ShouldAllBe(i => i.Kind == InteractionKind.Transaction || i.Exchange == Exchange.Ask);
        foreach (var w in warnings["exploitation"])
            reading.Dyad(w.Person, w.Other!).Count(i => i.From == w.Person && i.Exchange is Exchange.Ask).ShouldBeGreaterThanOrEqualTo(8);
        foreach (var w in warnings["spamming"])
            reading.Sent[w.Person].Count(i => i.To.Length >= 8 && i.Personalised is false).ShouldBeGreaterThanOrEqualTo(5);
        warnings.Select(w => w.Key).Order(StringComparer.Ordinal).ShouldBe(
            ["burning-bridges", "exploitation", "monologue", "no-follow-up", "premature-pitch", "spamming", "superficial", "transactional",
                "unwanted-persistence"]);
    }

    private int LongestRun(string from, string to)
    {
        var (run, longest) = (0, 0);
        foreach (var interaction in reading.Dyad(from, to).Where(i => i.Kind.IsMessageLike()))
        {
            run = interaction.From == from && !interaction.Kind.IsMutual() ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
