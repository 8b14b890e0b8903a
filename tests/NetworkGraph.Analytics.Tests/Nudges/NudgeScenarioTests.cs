using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Analytics.Tests.Nudges;

/// <summary>Each rule with a story it fits, and one that it just does not.</summary>
public class NudgeScenarioTests
{
    [Fact]
    public async Task Somebody_met_yesterday_is_to_be_followed_up()
    {
        var story = new NudgeStory().On(0, InteractionKind.Meeting, "ada", "bob");
        var nudge = (await story.NudgeAsync("ada", 0.5, NudgeRules.FollowUpDue)).ShouldNotBeNull();
        (nudge.Action, nudge.Person, nudge.Worth).ShouldBe(("follow-up", "bob", 0.85));
        nudge.Due.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(NudgeStory.StartMs).AddDays(1));
        (await story.NudgeAsync("bob", 0.5, NudgeRules.FollowUpDue)).ShouldNotBeNull("either may write");
        (await story.NudgeAsync("ada", 5, NudgeRules.FollowUpDue))!.Worth.ShouldBeLessThan(0.6);
        (await story.NudgeAsync("ada", 15, NudgeRules.FollowUpDue)).ShouldBeNull("too late");
        var followedUp = new NudgeStory().On(0, InteractionKind.Meeting, "ada", "bob").On(0.2, InteractionKind.Message, "bob", "ada");
        (await followedUp.NudgeAsync("ada", 0.5, NudgeRules.FollowUpDue)).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_without_an_answer_is_owed_one()
    {
        var story = new NudgeStory().Talk("ada", "bob", 0, 6, 3).On(40, InteractionKind.Message, "bob", "ada", Exchange.Ask);
        var nudge = (await story.NudgeAsync("ada", 41, NudgeRules.ReplyOwed)).ShouldNotBeNull();
        (nudge.Action, nudge.Person).ShouldBe(("reply", "bob"));
        nudge.Reason.ShouldContain("asked you something");
        (await story.NudgeAsync("ada", 60, NudgeRules.ReplyOwed))!.Worth.ShouldBeLessThan(nudge.Worth);
        (await story.NudgeAsync("ada", 71, NudgeRules.ReplyOwed)).ShouldBeNull("nobody waits any more");
        (await story.NudgeAsync("bob", 41, NudgeRules.ReplyOwed)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_thanks_or_a_circular_ask_for_no_answer()
    {
        var story = new NudgeStory()
            .On(0, InteractionKind.Message, "ada", "bob").On(1, InteractionKind.Reply, "bob", "ada", answers: "i0")
            .On(0, InteractionKind.Message, "cai", "ada").On(1, InteractionKind.Message, "ada", "cai").On(
                2, InteractionKind.Message, "cai", "ada", Exchange.Thanks)
            .On(0, InteractionKind.Message, "dee", "ada,bob,cai,eve,fay")
            .On(0, InteractionKind.Message, "gus", "ada").On(1, InteractionKind.Meeting, "gus", "ada");
        (await story.NudgesAsync("ada", 3)).ShouldNotContain(nudge => nudge.Rule == NudgeRules.ReplyOwed);
    }

    [Fact]
    public async Task Help_is_to_be_thanked_for_once()
    {
        var story = new NudgeStory().On(0, InteractionKind.Favour, "bob", "ada");
        var nudge = (await story.NudgesAsync("ada", 1)).ShouldHaveSingleItem();
        (nudge.Action, nudge.Rule, nudge.Person).ShouldBe(("thank", NudgeRules.ThankForHelp, "bob"));
        nudge.Worth.ShouldBe(0.7, 1e-9);
        (await story.NudgesAsync("ada", 15)).ShouldNotContain(n => n.Rule == NudgeRules.ThankForHelp);
        var thanked = new NudgeStory().On(0, InteractionKind.Favour, "bob", "ada").On(
            0.5, InteractionKind.Message, "ada", "bob", Exchange.Thanks);
        (await thanked.NudgesAsync("ada", 1)).ShouldNotContain(n => n.Rule == NudgeRules.ThankForHelp);
    }

    [Fact]
    public async Task A_referral_is_acted_on_reported_back_and_asked_after()
    {
        var made = new NudgeStory().On(0, InteractionKind.Referral, "bob", "ada", about: "cai").On(
            0.1, InteractionKind.Message, "ada", "bob", Exchange.Thanks);
        var act = (await made.NudgeAsync("ada", 5, NudgeRules.ReferralToAct)).ShouldNotBeNull();
        (act.Action, act.Person, act.With).ShouldBe(("contact", "cai", "bob"));
        (await made.NudgeAsync("bob", 5, NudgeRules.ReferralToAsk)).ShouldBeNull("it is early");
        var ask = (await made.NudgeAsync("bob", 20, NudgeRules.ReferralToAsk)).ShouldNotBeNull();
        (ask.Action, ask.Person, ask.With).ShouldBe(("ask", "ada", "cai"));

        made = new NudgeStory().On(0, InteractionKind.Referral, "bob", "ada", about: "cai").On(
            0.1, InteractionKind.Message, "ada", "bob", Exchange.Thanks)
            .On(6, InteractionKind.Message, "ada", "cai");
        var report = (await made.NudgeAsync("ada", 8, NudgeRules.ReferralToReport)).ShouldNotBeNull();
        (report.Action, report.Person, report.With).ShouldBe(("report-back", "bob", "cai"));
        (await made.NudgeAsync("ada", 8, NudgeRules.ReferralToAct)).ShouldBeNull();
        made = new NudgeStory().On(0, InteractionKind.Referral, "bob", "ada", about: "cai").On(6, InteractionKind.Message, "ada", "cai")
            .On(7, InteractionKind.Message, "ada", "bob", about: "cai");
        (await made.NudgesAsync("ada", 8)).ShouldNotContain(n => n.Rule.StartsWith("referral", StringComparison.Ordinal));
        (await made.NudgesAsync("bob", 20)).ShouldNotContain(n => n.Rule.StartsWith("referral", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dormant_tie_that_leads_to_new_people_is_worth_reviving()
    {
        // Ada and bob are as active in both stories, so that bob is as likely to answer: only whom ada knows besides differs.
        var story = new NudgeStory().Talk("ada", "bob", 0, 40, 3).Talk("bob", "cai", 0, 40, 3).Talk("ada", "dee", 0, 40, 3);
        var known = new NudgeStory().Talk("ada", "bob", 0, 40, 3).Talk("bob", "cai", 0, 40, 3).Talk("ada", "cai", 0, 40, 3);
        var nudge = await RevivalOfBobAsync(story);
        nudge.Action.ShouldBe("reconnect");
        nudge.Evidence.Parts.Keys.Order().ShouldBe(["answer", "trustOrNewness"]);
        nudge.Worth.ShouldBe(nudge.Evidence.Parts.Values.Aggregate((a, b) => a * b), 1e-12);
        (await story.NudgeAsync("ada", 200, NudgeRules.DormantTie)).ShouldBeNull("it is not dormant yet");
        var stale = await RevivalOfBobAsync(known);
        stale.Evidence.Parts["answer"].ShouldBe(nudge.Evidence.Parts["answer"], 1e-12);
        stale.Worth.ShouldBeLessThan(nudge.Worth, "it leads to nobody new");

        static async Task<Nudge> RevivalOfBobAsync(NudgeStory told) =>
            (await told.NudgesAsync("ada", 700)).Single(static n => n.Rule == NudgeRules.DormantTie && n.Person == "bob");
    }

    [Fact]
    public async Task A_good_tie_that_cools_is_to_be_kept_warm()
    {
        var story = new NudgeStory().Talk("ada", "bob", 0, 41, 3);
        var nudge = (await story.NudgeAsync("bob", 120 + 60, NudgeRules.TieCooling)).ShouldNotBeNull();
        (nudge.Action, nudge.Person).ShouldBe(("keep-in-touch", "ada"));
        nudge.Evidence.Counts["silenceDays"].ShouldBe(60);
        (await story.NudgeAsync("bob", 120 + 20, NudgeRules.TieCooling)).ShouldBeNull("three weeks are nothing");
    }

    [Fact]
    public async Task Who_asked_before_they_gave_is_to_give_first()
    {
        var story = new NudgeStory().Talk("ada", "zoe", 0, 8, 1).On(9, InteractionKind.Message, "ada", "bob", Exchange.Ask).On(
            10, InteractionKind.Message, "ada", "bob", Exchange.Ask);
        var nudge = (await story.NudgeAsync("ada", 12, NudgeRules.AskTooEarly)).ShouldNotBeNull();
        (nudge.Action, nudge.Person).ShouldBe(("give-first", "bob"));
        (await story.NudgeAsync("bob", 12, NudgeRules.AskTooEarly)).ShouldBeNull("bob did not ask");
        (await story.NudgeAsync("ada", 80, NudgeRules.AskTooEarly)).ShouldBeNull("long ago");
        var gave = new NudgeStory().Talk("ada", "zoe", 0, 8, 1).On(9, InteractionKind.Message, "ada", "bob", Exchange.Ask).On(
            10, InteractionKind.Message, "ada", "bob", Exchange.Ask).On(11, InteractionKind.Favour, "ada", "bob");
        (await gave.NudgeAsync("ada", 12, NudgeRules.AskTooEarly)).ShouldBeNull("something was given since");
        var known = new NudgeStory().Talk("ada", "bob", 0, 12, 1).On(13, InteractionKind.Message, "ada", "bob", Exchange.Ask);
        (await known.NudgeAsync("ada", 14, NudgeRules.AskTooEarly)).ShouldBeNull("they know each other well enough");
    }

    [Fact]
    public async Task Two_contacts_who_serve_the_same_people_with_different_things_are_to_be_introduced()
    {
        var nudge = (await Founders().NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldNotBeNull();
        (nudge.Action, nudge.Person, nudge.With).ShouldBe(("introduce", "bob", "cai"));
        nudge.Worth.ShouldBe(nudge.Evidence.Parts.Values.Aggregate((a, b) => a * b), 1e-12);
        (await Founders(offer: "law").NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldBeNull("they offer the same");
        (await Founders(audience: "farmers").NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldBeNull("they serve others");
        (await Founders(open: false).NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldBeNull("one is not open to it");
        (await Founders().On(50, InteractionKind.Message, "bob", "cai").NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldBeNull(
            "they know each other");
        (await Founders().On(60, InteractionKind.Introduction, "ada", "bob,cai").NudgeAsync("ada", 61, NudgeRules.IntroductionToMake))
            .ShouldBeNull("it was made");
        (await Founders().Blocks("cai", "bob").NudgeAsync("ada", 61, NudgeRules.IntroductionToMake)).ShouldBeNull("one blocks the other");
    }

    [Fact]
    public async Task Messages_without_a_sign_of_life_are_to_stop()
    {
        var story = new NudgeStory().On(0, InteractionKind.Message, "ada", "bob").On(5, InteractionKind.Message, "ada", "bob")
            .On(10, InteractionKind.Message, "ada", "bob").On(15, InteractionKind.Message, "ada", "bob");
        var nudge = (await story.NudgeAsync("ada", 16, NudgeRules.StopPushing)).ShouldNotBeNull();
        (nudge.Action, nudge.Person).ShouldBe(("pause", "bob"));
        nudge.Evidence.Counts["unanswered"].ShouldBe(4);
        (await story.NudgeAsync("ada", 6, NudgeRules.StopPushing)).ShouldBeNull("two are no habit");
        var reaction = new NudgeStory().On(0, InteractionKind.Message, "ada", "bob").On(5, InteractionKind.Message, "ada", "bob")
            .On(10, InteractionKind.Message, "ada", "bob").On(11, InteractionKind.Reaction, "bob", "ada").On(
                15, InteractionKind.Message, "ada", "bob");
        (await reaction.NudgeAsync("ada", 16, NudgeRules.StopPushing)).ShouldBeNull("there was a sign of life");
    }

    [Fact]
    public async Task Who_blocks_is_not_nudged_towards_the_blocked_and_who_is_blocked_is_nudged_as_before()
    {
        (await Story().Blocks("ada", "bob").NudgesAsync("ada", 700)).ShouldNotContain(
            nudge => nudge.Person == "bob" || nudge.With == "bob");
        var before = await Story().NudgesAsync("ada", 700);
        before.ShouldContain(nudge => nudge.Person == "bob");
        (await Story().Blocks("bob", "ada").NudgesAsync("ada", 700)).Select(nudge => (nudge.Rule, nudge.Person, nudge.Worth))
            .ShouldBe(before.Select(nudge => (nudge.Rule, nudge.Person, nudge.Worth)));

        static NudgeStory Story() =>
            new NudgeStory().Talk("ada", "bob", 0, 40, 3).Talk("bob", "cai", 0, 40, 3).On(
            690, InteractionKind.Message, "bob", "ada", Exchange.Ask);
    }

    [Fact]
    public async Task Unwanted_persistence_nudges_neither_of_the_two()
    {
        var story = new NudgeStory().On(0, InteractionKind.Connect, "bob", "ada").On(1, InteractionKind.Decline, "ada", "bob");
        for (var day = 2; day < 8; day++) story.On(day, InteractionKind.Message, "bob", "ada");
        (await story.NudgesAsync("ada", 9)).ShouldBeEmpty();
        (await story.NudgesAsync("bob", 9)).ShouldBeEmpty();
    }

    private static NudgeStory Founders(string offer = "tax", string audience = "founders", bool open = true) => new NudgeStory()
        .Talk("ada", "bob", 0, 20, 3).Talk("ada", "cai", 0, 18, 3)
        .Who("bob", ["founders"], ["law"]).Who("cai", [audience], [offer], open);
}
