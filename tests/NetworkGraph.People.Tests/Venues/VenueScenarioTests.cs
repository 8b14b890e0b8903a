using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Venues;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Venues;

/// <summary>Venues, one small story for each verdict and each near miss.</summary>
public class VenueScenarioTests
{
    private const double Hour = 1 / 24.0;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_venue_tells_who_came_whom_they_met_and_what_followed()
    {
        var venue = new NetworkStory()
            .Attend(0, "fair", "ann", "bob", "cai", "dan", "eve", "fay")
            .Meet(0.1, "fair", "ann", "bob", "cai").Meet(0.1, "fair", "dan", "eve")
            .Write(0.2, "ann", "fay", venue: "fair", exchange: Exchange.Advice)
            .Write(0.5, "ann", "bob").Write(1.5, "cai", "ann").Write(20, "dan", "eve")
            .Venue("fair", 30);

        (venue.Suppressed, venue.People, venue.Attendances, venue.Days).ShouldBe((false, 6, 6, 1));
        venue.FirstContacts.ShouldBe(4);
        venue.NewPeoplePerAttendee.ShouldNotBeNull().ShouldBe(8 / 6.0, 1e-12);
        (venue.RateWithin24h, venue.RateWithin48h).ShouldBe((0.25, 0.5));
        (venue.FollowedUp!.Count, venue.FollowedUp.Of).ShouldBe((2, 4));
        venue.States!["never"].ShouldBe(2);
        venue.StillReciprocated!.Of.ShouldBe(0);
        venue.StillReciprocated.Value.ShouldBeNull();
        venue.HelpGiven.ShouldBe(1);
        (venue.FirstSeen, venue.LastSeen).ShouldBe((NetworkStory.Start, DateTimeOffset.FromUnixTimeMilliseconds(NetworkStory.At(0.2))));
        (venue.Verdict, venue.Graveyard).ShouldBe(("unclear", false));
        venue.Worth!.Reason.ShouldStartWith("0 first contacts are old enough");
    }

    [Fact]
    public void Of_fewer_than_five_people_only_the_name_is_disclosed()
    {
        var story = new NetworkStory().Attend(0, "table", "ann", "bob", "cai").Meet(0, "table", "ann", "bob", "cai", "dan");

        var four = story.Venue("table", 5);
        four.ShouldBe(new VenueAnswer(new VenueSummary { Venue = "table", Suppressed = true }, four.AsOf));
        var five = story.Attend(1, "table", "eve").Venue("table", 5);
        (five.Suppressed, five.People, five.FirstContacts).ShouldBe((false, 5, 6));
    }

    [Fact]
    public void Those_only_spoken_about_did_not_attend() =>
        new NetworkStory().Attend(0, "fair", "ann", "bob", "cai", "dan").Write(0, "ann", "bob", venue: "fair", about: "eve").Venue(
            "fair", 5).Suppressed.ShouldBeTrue();

    [Fact]
    public void The_curve_of_follow_ups_counts_the_pending_for_as_long_as_they_were_watched()
    {
        var curve = new NetworkStory()
            .Meet(0, "fair", "ann", "bob").Write(10 * Hour, "ann", "bob")
            .Meet(0, "fair", "cai", "dan").Write(30 * Hour, "cai", "dan")
            .Meet(4, "fair", "eve", "fay")
            .Meet(0, "fair", "gus", "hal")
            .Venue("fair", 5).FollowUpCurve!;

        (curve.Contacts, curve.Pending).ShouldBe((4, 2));
        curve.Steps.Count.ShouldBe(2);
        (curve.Steps[0].Hours, curve.Steps[0].AtRisk, curve.Steps[0].Open).ShouldBe((10, 4, 0.75));
        // The one met a day ago was not watched for 30 hours.
        (curve.Steps[1].Hours, curve.Steps[1].AtRisk).ShouldBe((30, 2));
        curve.Steps[1].Open.ShouldBe(0.75 * 0.5, 1e-12);
        curve.Steps[1].Low.ShouldNotBeNull().ShouldBeLessThan(0.375);
        curve.MedianHours.ShouldBe(30);
    }

    [Fact]
    public void Where_many_attend_and_nothing_lasts_is_a_graveyard()
    {
        var graveyard = Crowd(pairs: 40, followedUp: 4, lasting: 0).Venue("fair", 200);

        (graveyard.Verdict, graveyard.Graveyard).ShouldBe(("graveyard", true));
        graveyard.Worth!.Parts.Select(part => part.SpeaksFor).ShouldBe(["graveyard", "graveyard"]);
        graveyard.Worth.Reason.ShouldBe(
            "80 attended; of those who first met there 10 % (4 of 40) spoke again elsewhere, and 0 % (0 of 40) were still in exchange 90 "
                + "days later: many attend, nothing lasts.");
        (graveyard.StillReciprocated!.Low, graveyard.StillReciprocated.High < 0.1).ShouldBe((0, true));
    }

    [Theory]
    [InlineData(9, 0, 0, "few attend")]
    [InlineData(40, 25, 0, "most is followed up")]
    [InlineData(40, 3, 3, "some of it lasts")]
    [InlineData(20, 1, 0, "too few to be sure that nothing lasts")]
    public void A_near_miss_is_no_graveyard(int pairs, int followedUp, int lasting, string because)
    {
        var venue = Crowd(pairs, followedUp, lasting).Venue("fair", 200);

        venue.Graveyard.ShouldBe(false, because);
        venue.Verdict.ShouldBe(pairs < 10 ? "unclear" : "ordinary", because);
    }

    [Fact]
    public void Where_only_the_venue_itself_is_recorded_silence_afterwards_is_no_verdict()
    {
        var story = Crowd(pairs: 40, followedUp: 0, lasting: 0).Meet(0.3, "fair", "a0", "b0");

        var unseen = story.Venue("fair", 200);
        (unseen.Verdict, unseen.Graveyard).ShouldBe(("unclear", false));
        unseen.Worth!.Reason.ShouldStartWith("Nothing is known of what attendees said to anybody elsewhere since");
        for (var attendee = 0; attendee < 4; attendee++) story.Write(5, $"a{attendee}", "an old friend");
        story.Venue("fair", 200).Verdict.ShouldBe("unclear");
        story.Write(5, "b4", "an old friend").Venue("fair", 200).Verdict.ShouldBe("graveyard");
    }

    [Fact]
    public void Where_much_of_what_begins_lasts_is_fruitful()
    {
        var fruitful = Crowd(pairs: 12, followedUp: 11, lasting: 7).Venue("fair", 200);

        fruitful.Verdict.ShouldBe("fruitful");
        (fruitful.StillReciprocated!.Count, fruitful.StillReciprocated.Of).ShouldBe((7, 12));
        fruitful.MedianTieStrength.ShouldNotBeNull().ShouldBeGreaterThan(3);
        Crowd(pairs: 12, followedUp: 11, lasting: 2).Venue("fair", 200).Verdict.ShouldBe("ordinary");
    }

    [Fact]
    public void Before_the_ninety_days_are_over_nothing_is_said_of_lasting()
    {
        var early = Crowd(pairs: 40, followedUp: 3, lasting: 0).Venue("fair", 89);
        (early.Verdict, early.StillReciprocated!.Of).ShouldBe(("unclear", 0));
        Crowd(pairs: 40, followedUp: 3, lasting: 0).Venue("fair", 90).Verdict.ShouldBe("graveyard");
    }

    [Fact]
    public void What_happens_after_the_ninety_days_changes_no_answer_about_them()
    {
        var story = Crowd(pairs: 12, followedUp: 11, lasting: 0);
        var before = story.Venue("fair", 100).StillReciprocated;
        story.Talk(120, 300, 7, "a0", "b0").Venue("fair", 400).StillReciprocated.ShouldBe(before);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(40, false)]
    public void What_was_mutual_and_fell_silent_is_not_reciprocated_any_more(double everyDays, bool stillInTouch)
    {
        var story = new NetworkStory().Attend(0, "fair", "x", "y", "z").Meet(0, "fair", "ann", "bob").Talk(
            1, stillInTouch ? 88 : 41, everyDays, "ann", "bob");

        story.Venue("fair", 100).StillReciprocated!.Count.ShouldBe(stillInTouch ? 1 : 0);
    }

    [Fact]
    public void One_who_writes_alone_is_not_reciprocated()
    {
        var story = new NetworkStory().Attend(0, "fair", "x", "y", "z").Meet(0, "fair", "ann", "bob");
        for (var day = 1; day < 90; day += 5) story.Write(day, "ann", "bob");

        story.Venue("fair", 100).StillReciprocated!.Count.ShouldBe(0);
    }

    [Fact]
    public void To_talk_again_at_the_same_venue_follows_up_but_not_elsewhere()
    {
        var story = new NetworkStory().Attend(0, "fair", "x", "y", "z").Meet(0, "fair", "ann", "bob").Meet(0.9, "fair", "bob", "ann");

        var there = story.Venue("fair", 20);
        (there.RateWithin24h, there.FollowedUpElsewhere!.Count, there.FollowedUpElsewhere.Of).ShouldBe((1, 0, 1));
        story.Meet(3, "club", "bob", "ann").Venue("fair", 20).FollowedUpElsewhere!.Count.ShouldBe(1);
        story.Venue("fair", 2).FollowedUpElsewhere!.Value.ShouldBeNull();
    }

    [Fact]
    public void Venues_that_differ_clearly_are_distinguished_from_those_that_might_differ_by_chance()
    {
        var story = Crowd(pairs: 40, followedUp: 3, lasting: 0);
        story.Told.AddRange(Crowd(pairs: 30, followedUp: 28, lasting: 14, venue: "club", prefix: "club ").Told);
        story.Told.AddRange(Crowd(pairs: 6, followedUp: 2, lasting: 0, venue: "table", prefix: "table ").Told);

        var against = story.Venue("fair", 200, with: "club").Comparison.ShouldNotBeNull();
        (against.With, against.Venues).ShouldBe(("club", 1));
        against.Items.Single(i => i.Measure == "followedUpElsewhere").Standing.ShouldBe("clearly-lower");
        story.Venue("club", 200, with: "fair").Comparison!.Items.Single(i => i.Measure == "stillReciprocated").Standing.ShouldBe(
            "clearly-higher");
        var alike = story.Venue("fair", 200, with: "table").Comparison!.Items.Single(i => i.Measure == "followedUpElsewhere");
        alike.Standing.ShouldBe("not-clear");
        alike.Difference.ShouldNotBeNull().ShouldBe(3 / 40.0 - 2 / 6.0, 1e-12);
        var others = story.Venue("table", 200).Comparison.ShouldNotBeNull();
        (others.With, others.Venues).ShouldBe((null, 2));
        others.Items.Single(i => i.Measure == "followedUp").Other.Of.ShouldBe(70);
    }

    [Fact]
    public async Task A_venue_is_compared_with_none_that_is_suppressed_and_unknown_ones_are_named()
    {
        var venues = Crowd(pairs: 10, followedUp: 5, lasting: 0).Meet(0, "table", "u", "v").Venues();

        (await venues.OfAsync("fair", "table", NetworkStory.At(200), Cancellation)).Answer!.Comparison.ShouldBeNull();
        (await venues.OfAsync("fair", null, NetworkStory.At(200), Cancellation)).Answer!.Comparison.ShouldBeNull();
        (await venues.OfAsync("nowhere", null, NetworkStory.At(200), Cancellation)).Unknown.ShouldBe("nowhere");
        (await venues.OfAsync("fair", "nowhere", NetworkStory.At(200), Cancellation)).Unknown.ShouldBe("nowhere");
        (await venues.AllAsync(NetworkStory.At(200), Cancellation)).Select(v => (v.Venue, v.Suppressed)).ShouldBe(
            [("fair", false), ("table", true)]);
        (await venues.AllAsync(NetworkStory.At(-1), Cancellation)).ShouldBeEmpty();
        (await venues.OfAsync("fair", null, NetworkStory.At(-1), Cancellation)).Answer!.Suppressed.ShouldBeTrue();
    }

    [Fact]
    public void A_person_sees_what_going_there_brought()
    {
        var story = new NetworkStory()
            .Attend(0, "club", "ann").Meet(0, "club", "ann", "bob").Talk(1, 95, 5, "ann", "bob")
            .Attend(30, "club", "ann").Write(30, "bob", "ann", venue: "club", exchange: Exchange.Give)
            .Attend(10, "fair", "ann").Meet(10, "fair", "ann", "cai", "dan");

        var venues = story.VenuesOf("ann", 110);

        venues.Select(v => v.Venue).ShouldBe(["club", "fair"]);
        var club = venues[0];
        (club.Visits, club.People, club.NewPeople, club.HelpGiven, club.HelpReceived).ShouldBe((2, 1, 1, 0, 1));
        (club.StillReciprocated.Count, club.StillReciprocated.Of, club.RateWithin24h).ShouldBe((1, 1, 1));
        club.TieStrengthPerVisit.ShouldBe(club.TieStrength / 2, 1e-12);
        (club.FirstVisit, club.LastVisit).ShouldBe((NetworkStory.Start, NetworkStory.Start.AddDays(30)));
        (venues[1].Visits, venues[1].NewPeople, venues[1].FollowedUp.Count, venues[1].FollowedUp.Of).ShouldBe((1, 2, 0, 2));
        story.VenuesOf("bob", 110).ShouldHaveSingleItem().HelpGiven.ShouldBe(1);
        story.VenuesOf("ann", -1).ShouldBeEmpty();
    }

    /// <summary>Pairs who meet on day 0; some write the next day, and some of those go on.</summary>
    private static NetworkStory Crowd(int pairs, int followedUp, int lasting, string venue = "fair", string prefix = "")
    {
        var story = new NetworkStory();
        for (var pair = 0; pair < pairs; pair++)
        {
            var (one, other) = ($"{prefix}a{pair}", $"{prefix}b{pair}");
            story.Meet(0, venue, one, other);
            if (pair < followedUp) story.Write(0.9, one, other);
            if (pair < lasting) story.Talk(2, 180, 6, one, other);
        }
        return story;
    }
}
