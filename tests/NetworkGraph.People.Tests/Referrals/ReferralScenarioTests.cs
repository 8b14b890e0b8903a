using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Referrals;

/// <summary>Ann refers Bob to Cai: what becomes of it, and who is told what.</summary>
public class ReferralScenarioTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static NetworkStory Referral => new NetworkStory().Refer(0, "ann", "bob", "cai");

    [Fact]
    public void A_referral_no_one_acts_on_stays_made_and_open()
    {
        var anns = Referral.ReferralsOf("ann", 10);

        var loop = anns.Items.ShouldHaveSingleItem();
        (loop.Role, loop.Referrer, loop.Receiver, loop.Referred).ShouldBe(("referrer", "ann", "bob", "cai"));
        (loop.State, loop.Acted, loop.Reported, loop.Open, loop.AgeDays).ShouldBe(("made", false, false, true, 10.0));
        loop.Evidence.Positions.ShouldBe([1]);
        (anns.Made.Made, anns.Made.Open, anns.Received.Made, anns.About.Made).ShouldBe((1, 1, 0, 0));
        (anns.Made.ShareActed.Of, anns.Made.ShareClosed.Value).ShouldBe((0, 0));
    }

    [Fact]
    public void It_is_acted_on_when_receiver_and_referred_are_in_touch()
    {
        var story = Referral.Write(29, "cai", "bob");

        var anns = story.ReferralsOf("ann", 40);
        (anns.Items[0].State, anns.Items[0].Acted, anns.Items[0].Open).ShouldBe(("acted", true, true));
        anns.Made.ShareActed.Value.ShouldBe(1);
        story.ReferralsOf("ann", 28).Items[0].State.ShouldBe("made");
    }

    [Fact]
    public void Contact_after_30_days_is_not_acted_on()
    {
        var anns = Referral.Write(30.1, "bob", "cai").ReferralsOf("ann", 40);

        (anns.Items[0].State, anns.Items[0].Acted).ShouldBe(("made", false));
        (anns.Made.ShareActed.Count, anns.Made.ShareActed.Of).ShouldBe((0, 1));
    }

    [Fact]
    public void Contact_before_the_referral_does_not_count() =>
        new NetworkStory().Write(-5, "bob", "cai").Refer(0, "ann", "bob", "cai").ReferralsOf("ann", 40).Items[0].Acted.ShouldBeFalse();

    [Theory]
    [InlineData("i1", null)]
    [InlineData(null, "cai")]
    public void It_is_reported_by_an_answer_or_by_what_is_said_about_the_person(string? inReplyTo, string? about)
    {
        var anns = Referral.Write(3, "bob", "cai").Write(
            9, "bob", "ann", InteractionKind.Reply, inReplyTo: inReplyTo, about: about).ReferralsOf("ann", 40);

        var loop = anns.Items[0];
        (loop.State, loop.Open).ShouldBe(("reported", false));
        loop.ReportedAt.ShouldBe(NetworkStory.Start.AddDays(9));
        loop.Evidence.Positions.ShouldBe([1, 3]);
        (anns.Made.Reported, anns.Made.Open, anns.Made.ShareClosed.Value).ShouldBe((1, 0, 1));
    }

    [Fact]
    public void Small_talk_with_the_referrer_reports_nothing_and_neither_does_what_the_referrer_says() =>
        Referral.Write(3, "bob", "cai").Write(5, "bob", "ann").Write(6, "ann", "bob", inReplyTo: "i1", about: "cai").ReferralsOf(
            "ann", 40).Items[0].State.ShouldBe("acted");

    [Fact]
    public void To_report_that_nothing_came_of_it_closes_the_loop_too()
    {
        var loop = Referral.Write(9, "bob", "ann", inReplyTo: "i1").ReferralsOf("ann", 40).Items[0];

        (loop.State, loop.Acted, loop.Open).ShouldBe(("reported", false, false));
    }

    [Fact]
    public void Each_of_the_three_sees_the_loop_and_only_ones_own_interactions()
    {
        var story = Referral.Write(3, "bob", "cai").Write(9, "bob", "ann", about: "cai");

        var anns = story.ReferralsOf("ann", 40).Items.ShouldHaveSingleItem();
        var bobs = story.ReferralsOf("bob", 40).Items.ShouldHaveSingleItem();
        var cais = story.ReferralsOf("cai", 40).Items.Single(loop => loop.Role == "referred");
        new[] { anns.Role, bobs.Role, cais.Role }.ShouldBe(["referrer", "receiver", "referred"]);
        new[] { anns.State, bobs.State, cais.State }.ShouldAllBe(state => state == "reported");
        (anns.ActedAt, anns.ReportedAt).ShouldBe((null, NetworkStory.Start.AddDays(9)));
        (bobs.ActedAt, bobs.ReportedAt).ShouldBe((NetworkStory.Start.AddDays(3), NetworkStory.Start.AddDays(9)));
        (cais.ActedAt, cais.ReportedAt).ShouldBe((NetworkStory.Start.AddDays(3), null));
        anns.Evidence.Positions.ShouldBe([1, 3]);
        bobs.Evidence.Positions.ShouldBe([1, 2, 3]);
        cais.Evidence.Positions.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_referral_to_two_is_a_loop_with_each()
    {
        var story = new NetworkStory().Tell(0, "ann", InteractionKind.Referral, ["bob", "dan"], null, about: "cai").Write(2, "dan", "cai");

        var anns = story.ReferralsOf("ann", 3);
        anns.Items.Select(loop => (loop.Receiver, loop.State)).ShouldBe([("bob", "made"), ("dan", "acted")]);
        story.ReferralsOf("cai", 3).About.Made.ShouldBe(2);
        story.ReferralsOf("bob", 3).Received.Made.ShouldBe(1);
    }

    [Fact]
    public void After_half_a_year_no_one_waits_any_more()
    {
        Referral.ReferralsOf("ann", 180).Items[0].Open.ShouldBeTrue();
        var old = Referral.ReferralsOf("ann", 181);
        (old.Items[0].State, old.Items[0].Open, old.Made.Open).ShouldBe(("made", false, 0));
        var patient = new NetworkStory { Options = new PeopleOptions { Referrals = new ReferralThresholds { OpenForDays = 365 } } };
        patient.Refer(0, "ann", "bob", "cai").ReferralsOf("ann", 181).Made.Open.ShouldBe(1);
    }

    [Fact]
    public void Open_loops_of_the_whole_network_are_counted_once_each()
    {
        var story = Referral.Refer(1, "dan", "eve", "fay").Write(2, "eve", "dan", inReplyTo: "i2").Refer(3, "ann", "dan", "cai").Introduce(
            4, "ann", "bob", "dan");

        new ReferralQueries(story.Fold(), PeopleOptions.Default.Referrals).OpenLoops(NetworkStory.At(10), Cancellation).ShouldBe(2);
        new ReferralQueries(story.Fold(), PeopleOptions.Default.Referrals).OpenLoops(NetworkStory.At(0), Cancellation).ShouldBe(1);
        new ReferralQueries(story.Fold(), PeopleOptions.Default.Referrals).OpenLoops(NetworkStory.At(500), Cancellation).ShouldBe(0);
    }

    [Fact]
    public void Before_the_referral_there_is_none_and_an_unknown_id_has_no_list()
    {
        var queries = new ReferralQueries(Referral.Fold(), PeopleOptions.Default.Referrals);

        queries.Of("ann", NetworkStory.At(-1), Cancellation).ShouldNotBeNull().Items.ShouldBeEmpty();
        queries.Of("nobody", NetworkStory.At(1), Cancellation).ShouldBeNull();
    }

    [Fact]
    public void An_introduction_earns_credit_when_the_two_get_in_touch()
    {
        var story = new NetworkStory().Introduce(0, "ann", "bob", "cai").Introduce(0, "ann", "dan", "eve").Write(80, "cai", "bob");

        var early = story.ReferralsOf("ann", 60).Introductions;
        (early.Made, early.LedToContact, early.Pending, early.ShareLed.Of).ShouldBe((2, 0, 2, 0));
        var late = story.ReferralsOf("ann", 100).Introductions;
        (late.Made, late.LedToContact, late.Pending, late.ShareLed.Count, late.ShareLed.Of).ShouldBe((2, 1, 0, 1, 2));
        late.Items.Select(made => (made.First, made.Second, made.LedToContact, made.Position)).ShouldBe(
            [("bob", "cai", true, 1L), ("dan", "eve", false, 2L)]);
        story.ReferralsOf("bob", 100).Introductions.Made.ShouldBe(0);
    }

    [Fact]
    public void Who_knew_each_other_before_owe_the_broker_nothing()
    {
        var credit = new NetworkStory().Write(-3, "bob", "cai").Introduce(0, "ann", "bob", "cai").Write(2, "cai", "bob").ReferralsOf(
            "ann", 10).Introductions;

        (credit.Made, credit.LedToContact, credit.KnewEachOther, credit.ShareLed.Value).ShouldBe((1, 0, 1, null));
        credit.Items[0].KnewEachOther.ShouldBeTrue();
    }

    [Fact]
    public void An_erased_person_leaves_no_loop_behind()
    {
        var people = Referral.Introduce(1, "ann", "bob", "cai").People();

        people.Forget("cai", people.PositionsNaming("cai").ShouldNotBeNull());

        var anns = new ReferralQueries(people.Histories, PeopleOptions.Default.Referrals).Of(
            "ann", NetworkStory.At(5), Cancellation).ShouldNotBeNull();
        anns.Items.ShouldBeEmpty();
        anns.Introductions.Made.ShouldBe(0);
        new ReferralQueries(people.Histories, PeopleOptions.Default.Referrals).OpenLoops(NetworkStory.At(5), Cancellation).ShouldBe(0);
    }
}
