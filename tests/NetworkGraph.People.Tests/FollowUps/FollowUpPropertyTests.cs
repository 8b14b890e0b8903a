using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.FollowUps;

/// <summary>What holds of follow-ups, venues and referrals in any network.</summary>
public class FollowUpPropertyTests
{
    private static readonly string[] s_people = ["ann", "bob", "cai", "dan", "eve", "fay", "gus"];
    private static readonly string?[] s_venues = ["fair", "club", "fair", null];

    private static readonly Gen<Interaction> s_interaction =
        from kind in Gen.Frequency(
            (4, Gen.Constant(InteractionKind.Meeting)), (4, Gen.Constant(InteractionKind.Message)),
                (2, Gen.Constant(InteractionKind.Referral)),
            (1, Gen.Constant(InteractionKind.Introduction)), (2, Gen.Constant(InteractionKind.Attendance)),
                (3, Gen.Choose(0, InteractionKinds.Count - 1).Select(k => (InteractionKind)k)))
        from quarterDays in Gen.Choose(0, 4 * 130)
        from people in Gen.Shuffle(s_people)
        from recipients in Gen.Choose(1, 3)
        from venue in Gen.Elements(s_venues)
        from answers in Gen.Choose(1, 60)
        from isAnswer in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from exchange in Gen.Choose(0, WireNames.Exchanges.Count - 1)
        let count = kind switch { InteractionKind.Attendance => 0, InteractionKind.Introduction => 2, _ => recipients }
        select new Interaction
        {
            Id = "",
            AtMs = NetworkStory.At(quarterDays / 4.0),
            From = people[0],
            To = people[1..(1 + count)],
            Kind = kind,
            Exchange = (Exchange)exchange,
            Venue = kind is InteractionKind.Attendance ? venue ?? "fair" : venue,
            About = kind is InteractionKind.Referral || (answers % 5 == 0 && kind is InteractionKind.Message) ? people[^1] : null,
            InReplyTo = isAnswer ? $"i{answers}" : null,
        };

    private static readonly Arbitrary<NetworkStory> s_stories = Arb.From(Gen.ListOf(s_interaction).Resize(60).Select(interactions =>
    {
        var story = new NetworkStory();
        foreach (var i in interactions) Tell(story, i, i.AtMs);
        return story;
    }));

    private static readonly Arbitrary<int> s_days = Arb.From(Gen.Choose(0, 240));

    [Fact]
    public void Every_answer_is_what_a_naive_reading_finds() =>
        Prop.ForAll(s_stories, s_days, (story, day) =>
        {
            var naive = new NaiveNetwork(story.Told, NetworkStory.At(day));
            var contacts = naive.FirstContacts();
            foreach (var person in s_people.Where(p => story.Told.Exists(i => i.From == p || i.To.Contains(p))))
            {
                var mine = contacts.Where(c => c.One == person || c.Other == person).ToList();
                var followUps = story.FollowUpsOf(person, day);
                followUps.Items.Select(i => (i.Person, i.Venue)).ShouldBe(
                    mine.Select(c => (c.One == person ? c.Other : c.One, c.Venue)), ignoreOrder: true);
                Close(followUps.RateWithin24h, NaiveNetwork.Rate(mine, 24));
                Close(followUps.RateWithin48h, NaiveNetwork.Rate(mine, 48));
                Close(followUps.RateFollowedUp, NaiveNetwork.Rate(mine, 14 * 24));
                story.ReferralsOf(person, day).Items.Select(l => (l.Referrer, l.Receiver, l.Referred, l.Acted, l.Reported))
                    .ShouldBe(naive.Loops().Where(l => l.Referrer == person || l.Receiver == person || l.Referred == person),
                        ignoreOrder: true);
            }
            foreach (var name in new[] { "fair", "club" }.Where(v => naive.PeopleAt(v).Count() >= 5))
            {
                var there = contacts.Where(c => c.Venue == name).ToList();
                var venue = story.Venue(name, day);
                venue.People.ShouldBe(naive.PeopleAt(name).Count());
                venue.FirstContacts.ShouldBe(there.Count);
                Close(venue.Within24h!.Value, NaiveNetwork.Rate(there, 24));
                Close(venue.FollowedUp!.Value, NaiveNetwork.Rate(there, 14 * 24));
                venue.FollowedUpElsewhere!.Count.ShouldBe(there.Count(c => c.Elsewhere));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Shifting_all_times_shifts_the_answers_and_nothing_else() =>
        Prop.ForAll(s_stories, s_days, (story, day) =>
            Answers(story, day).ShouldBe(
                Answers(story.Retold(told => told.Select(i => Copy(i, i.AtMs + (1000 * NetworkStory.DayMs)))), day + 1000))).Check(
                Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void The_order_of_arrival_changes_nothing() =>
        Prop.ForAll(s_stories, s_days, (story, day) =>
        {
            // At one instant the position decides, so every interaction gets an instant of its own.
            var distinct = story.Retold(told => told.Select((i, n) => Copy(i, i.AtMs + n)));
            Answers(distinct, day).ShouldBe(Answers(distinct.Retold(told => Enumerable.Reverse(told)), day));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void People_who_have_nothing_to_do_with_it_change_nothing() =>
        Prop.ForAll(s_stories, s_stories, s_days, (story, others, day) =>
            Answers(story, day).ShouldBe(Answers(
                story.Retold(told => [.. told, .. others.Told.Select((i, n) => Strangers(i, n + told.Count + 1))]), day))).Check(
                    Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Shares_lie_between_their_bounds_and_the_curve_only_falls() =>
        Prop.ForAll(s_stories, s_days, (story, day) =>
        {
            foreach (var name in new[] { "fair", "club" }.Where(v => story.Told.Exists(i => i.Venue == v)))
            {
                var venue = story.Venue(name, day);
                if (venue.Suppressed) continue;
                Proportion[] shares = [
                    venue.Within24h!, venue.Within48h!, venue.FollowedUp!, venue.FollowedUpElsewhere!, venue.StillReciprocated!];
                foreach (var share in shares.Where(s => s.Value is not null))
                {
                    share.Low.ShouldNotBeNull().ShouldBeInRange(0, share.Value!.Value + 1e-12);
                    share.High.ShouldNotBeNull().ShouldBeInRange(share.Value!.Value - 1e-12, 1);
                }
                var open = 1.0;
                foreach (var step in venue.FollowUpCurve!.Steps)
                {
                    step.Open.ShouldBeInRange(0, open);
                    open = step.Open;
                    step.Hours.ShouldBeInRange(0, 14 * 24);
                }
                venue.States!.Values.Sum().ShouldBe(venue.FirstContacts!.Value);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    /// <summary>Everything that is answered of the first seven people and their venues, without positions and dates.</summary>
    private static List<string> Answers(NetworkStory story, double day)
    {
        var answers = new List<string>();
        var people = story.People();
        foreach (var person in s_people.Where(p => people.Histories.People.TryGetNumber(p, out _)))
        {
            var followUps = story.FollowUpsOf(person, day);
            answers.Add($"{person} {followUps.RateWithin24h:F9} {followUps.RateWithin48h:F9} "
                + $"{string.Join(' ', followUps.Items.Select(i => $"{i.Person}:{i.Venue}:{i.State}:{i.Hours}").Order())}");
            answers.AddRange(story.VenuesOf(person, day).Select(
                v => $"{person} {v.Venue} {v.Visits} {v.NewPeople} {v.FollowedUp.Value:F9} {v.StillReciprocated.Value:F9} "
                + $"{v.TieStrength:F9}").Order());
            answers.AddRange(story.ReferralsOf(person, day).Items.Select(
                l => $"{l.Role} {l.Referrer} {l.Receiver} {l.Referred} {l.State} {l.Acted} {l.Open} {l.AgeDays:F6}").Order());
            answers.Add($"{story.ReferralsOf(person, day).Introductions with { Items = [] }}");
        }
        foreach (var name in new[] { "fair", "club" }.Where(v => people.Histories.Venues.TryGetNumber(v, out _)))
        {
            var venue = story.Venue(name, day, name == "fair" && people.Histories.Venues.TryGetNumber("club", out _) ? "club" : null);
            answers.Add($"{name} {venue.People} {venue.FirstContacts} {venue.Within48h?.Value:F9} {venue.FollowedUpElsewhere?.Value:F9} "
                + $"{venue.StillReciprocated?.Value:F9} {venue.MedianTieStrength:F9} {venue.HelpGiven} {venue.Verdict}");
            answers.AddRange(venue.FollowUpCurve?.Steps.Select(s => $"{s.Hours:F6} {s.Open:F9}") ?? []);
        }
        return answers;
    }

    private static void Close(double? actual, double? expected)
    {
        actual.HasValue.ShouldBe(expected.HasValue);
        if (actual is { } value) value.ShouldBe(expected!.Value, 1e-9);
    }

    private static void Tell(NetworkStory story, Interaction i, long atMs) =>
        story.Told.Add(Renamed(i, $"i{story.Told.Count + 1}", atMs, i.From, i.To, i.About, i.Venue));

    private static Interaction Copy(Interaction i, long atMs) => Renamed(i, i.Id, atMs, i.From, i.To, i.About, i.Venue);

    private static Interaction Strangers(Interaction i, int number) =>
        Renamed(i, $"i{number}", i.AtMs, "other " + i.From, [.. i.To.Select(to => "other " + to)],
            i.About is null ? null : "other " + i.About, i.Venue is null ? null : "other " + i.Venue);

    private static Interaction Renamed(Interaction i, string id, long atMs, string from, string[] to, string? about, string? venue) => new()
    {
        Id = id,
        AtMs = atMs,
        From = from,
        To = to,
        Kind = i.Kind,
        Exchange = i.Exchange,
        Venue = venue,
        About = about,
        InReplyTo = i.InReplyTo,
    };
}
