using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.FollowUps;

/// <summary>A person's follow-ups, one small story for each state.</summary>
public class FollowUpScenarioTests
{
    private const double Hour = 1 / 24.0;

    [Fact]
    public void A_message_the_next_morning_is_a_follow_up_within_24_hours()
    {
        var followUps = new NetworkStory().Meet(0, "fair", "ann", "bob").Write(23 * Hour, "bob", "ann").FollowUpsOf("ann", 5);

        var item = followUps.Items.ShouldHaveSingleItem();
        (item.Person, item.Venue, item.State, item.Deadline).ShouldBe(("bob", "fair", "within-24h", null));
        item.Hours.ShouldNotBeNull().ShouldBe(23, 1e-6);
        item.FollowedUp.ShouldBe(NetworkStory.Start.AddHours(23));
        (item.Evidence.MetBy, item.Evidence.FollowedUpBy).ShouldBe(("meeting", "other"));
        item.Evidence.Positions.ShouldBe([1, 2]);
        (followUps.RateWithin24h, followUps.RateWithin48h).ShouldBe((1, 1));
    }

    [Fact]
    public void One_hour_too_late_it_is_within_48_hours()
    {
        var followUps = new NetworkStory().Meet(0, "fair", "ann", "bob").Write(25 * Hour, "ann", "bob").FollowUpsOf("ann", 5);

        followUps.Items.ShouldHaveSingleItem().State.ShouldBe("within-48h");
        followUps.Items[0].Evidence.FollowedUpBy.ShouldBe("self");
        (followUps.RateWithin24h, followUps.RateWithin48h).ShouldBe((0, 1));
    }

    [Fact]
    public void After_two_days_it_is_late()
    {
        var followUps = new NetworkStory().Meet(0, null, "ann", "bob").Meet(13.9, null, "bob", "ann").FollowUpsOf("ann", 20);

        var item = followUps.Items.ShouldHaveSingleItem();
        (item.State, item.Venue, item.Evidence.FollowedUpBy).ShouldBe(("late", null, "both"));
        (followUps.RateWithin24h, followUps.RateWithin48h).ShouldBe((0, 0));
    }

    [Fact]
    public void Just_met_is_due_and_counts_in_no_rate_yet()
    {
        var followUps = new NetworkStory().Meet(0, "fair", "ann", "bob").FollowUpsOf("ann", 0.5);

        var item = followUps.Items.ShouldHaveSingleItem();
        (item.State, item.FollowedUp, item.Hours).ShouldBe(("due", null, null));
        item.Deadline.ShouldBe(NetworkStory.Start.AddHours(24));
        item.Evidence.Positions.ShouldBe([1]);
        (followUps.RateWithin24h, followUps.RateWithin48h).ShouldBe((null, null));
    }

    [Fact]
    public void Past_the_first_day_the_rate_within_24_hours_has_missed_it_and_the_other_has_not()
    {
        var followUps = new NetworkStory().Meet(0, "fair", "ann", "bob").FollowUpsOf("ann", 1.5);

        followUps.Items.ShouldHaveSingleItem().Deadline.ShouldBe(NetworkStory.Start.AddHours(48));
        (followUps.RateWithin24h, followUps.RateWithin48h).ShouldBe((0, null));
    }

    [Fact]
    public void Past_two_days_it_is_overdue_and_past_two_weeks_never()
    {
        var story = new NetworkStory().Meet(0, "fair", "ann", "bob");

        var overdue = story.FollowUpsOf("ann", 3).Items.ShouldHaveSingleItem();
        (overdue.State, overdue.Deadline).ShouldBe(("overdue", NetworkStory.Start.AddDays(14)));
        var never = story.FollowUpsOf("ann", 14).Items.ShouldHaveSingleItem();
        (never.State, never.Deadline).ShouldBe(("never", null));
    }

    [Fact]
    public void A_contact_after_two_weeks_is_no_follow_up_but_is_shown()
    {
        var item = new NetworkStory().Meet(0, "fair", "ann", "bob").Write(20, "ann", "bob").FollowUpsOf(
            "ann", 30).Items.ShouldHaveSingleItem();

        (item.State, item.FollowedUp, item.Evidence.FollowedUpBy).ShouldBe(("never", null, null));
        item.Evidence.SpokeAgain.ShouldBe(NetworkStory.Start.AddDays(20));
    }

    [Fact]
    public void Whom_one_had_written_to_before_one_does_not_meet_for_the_first_time() =>
        new NetworkStory().Write(0, "ann", "bob").Meet(5, "fair", "ann", "bob").FollowUpsOf("ann", 9).Items.ShouldBeEmpty();

    [Fact]
    public void An_accepted_request_is_a_first_contact_without_a_venue()
    {
        var followUps = new NetworkStory().Write(0, "ann", "bob", InteractionKind.Connect).Write(
            1, "bob", "ann", InteractionKind.Accept).FollowUpsOf("ann", 5);

        var item = followUps.Items.ShouldHaveSingleItem();
        (item.Evidence.MetBy, item.State, item.Met).ShouldBe(("accept", "overdue", NetworkStory.Start.AddDays(1)));
    }

    [Fact]
    public void Rates_and_states_are_of_all_first_contacts_or_of_those_at_one_venue()
    {
        var story = new NetworkStory()
            .Meet(0, "fair", "ann", "bob", "cai").Write(0.5, "ann", "bob")
            .Meet(1, "club", "ann", "dan").Write(2.5, "dan", "ann")
            .Meet(8, "fair", "ann", "eve");

        var all = story.FollowUpsOf("ann", 9);
        all.Items.Select(i => i.Person).ShouldBe(["eve", "dan", "bob", "cai"]);
        // Eve was met a day ago: she counts for that day, and not beyond. (1 − 1/4), then (1 − 1/2) of the two left.
        all.RateWithin24h.ShouldNotBeNull().ShouldBe(1 / 4.0, 1e-12);
        all.RateWithin48h.ShouldNotBeNull().ShouldBe(1 - 3 / 4.0 * (1 / 2.0), 1e-12);
        all.Bounds.Within24h.ShouldNotBeNull().Low.ShouldBeLessThan(0.25);
        all.Bounds.Within24h.High.ShouldBeGreaterThan(0.25);
        (all.Evidence.FirstContacts, all.Evidence.FollowedUp, all.Evidence.Open).ShouldBe((4, 2, 2));
        all.States.ShouldBe(
            new Dictionary<string,
            int>
            { ["within-24h"] = 1, ["within-48h"] = 1, ["late"] = 0, ["due"] = 1, ["overdue"] = 1, ["never"] = 0 }, ignoreOrder: true);

        var fair = story.FollowUpsOf("ann", 9, "fair");
        fair.Items.Select(i => i.Person).ShouldBe(["eve", "bob", "cai"]);
        fair.RateWithin48h.ShouldNotBeNull().ShouldBe(1 / 3.0, 1e-12);
        story.FollowUpsOf("ann", 9, "Fair").Items.ShouldBeEmpty();
    }

    [Fact]
    public void What_waits_in_the_whole_network_is_counted_once_a_pair()
    {
        var store = new NetworkStory()
            .Meet(0, "fair", "ann", "bob", "cai").Write(0.5, "ann", "bob").Meet(9, null, "dan", "eve").Attend(9, "fair", "fay").Write(
                9, "gus", "fay").Fold();

        OpenFollowUps Count(double day) =>
            OpenFollowUps.Count(
            store, NetworkStory.At(day), PeopleOptions.Default.WeightTable, PeopleOptions.Default.FollowUps,
            TestContext.Current.CancellationToken);
        Count(-1).ShouldBe(new OpenFollowUps(0, 0));
        Count(0).ShouldBe(new OpenFollowUps(3, 0));
        Count(1).ShouldBe(new OpenFollowUps(2, 0));
        Count(10).ShouldBe(new OpenFollowUps(1, 2));
        Count(20).ShouldBe(new OpenFollowUps(0, 1));
        Count(30).ShouldBe(new OpenFollowUps(0, 0));
    }
}
