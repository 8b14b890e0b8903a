using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Analytics.Tests.Nudges;

public class BriefTests
{
    [Fact]
    public async Task People_who_know_each_other_get_history_loops_and_mutual_contacts()
    {
        var brief = (await Story().BriefAsync("ada", "bob", 41)).ShouldNotBeNull();
        brief.Tie.ShouldNotBeNull().InteractionsOut.ShouldBe(10);
        brief.Summary.ShouldContain("since January 2025");
        brief.OpenLoops.Select(loop => (loop.Loop, loop.WaitsFor)).ShouldBe([("reply", "me")]);
        brief.Topics.Select(topic => (topic.Kind, topic.By)).ShouldBe([("message", "other"), ("meeting", "both")]);
        brief.MutualContacts.Select(contact => contact.Person).ShouldBe(["cai"]);
        brief.Introduction.ShouldBeNull();
        brief.InCommon.Audience.ShouldBe(["founders"]);
        brief.Counsel[0].ShouldStartWith("Answer first");
        brief.Nudges.ShouldHaveSingleItem().Person.ShouldBe("bob");
    }

    [Fact]
    public async Task People_who_have_not_met_get_the_best_way_to_be_introduced()
    {
        var brief = (await Story().BriefAsync("ada", "dee", 41)).ShouldNotBeNull();
        brief.Tie.ShouldBeNull();
        brief.OpenLoops.ShouldBeEmpty();
        brief.Introduction.ShouldNotBeNull().Brokers.ShouldBe(["cai"]);
        brief.MutualContactCount.ShouldBe(1);
        brief.MutualContacts[0].Likelihood.ShouldBe(brief.Introduction.Score, 1e-6);
        brief.Counsel.ShouldContain("Ask CAI for an introduction before you write.");
        var stranger = (await Story().Who("zoe").BriefAsync("ada", "zoe", 41)).ShouldNotBeNull();
        stranger.Introduction.ShouldBeNull();
        stranger.Summary.ShouldContain("no one leads to them");
    }

    [Fact]
    public async Task Before_they_met_they_are_strangers()
    {
        var brief = (await Story().BriefAsync("ada", "bob", -1)).ShouldNotBeNull();
        brief.Tie.ShouldBeNull();
        brief.Topics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_block_is_shown_to_the_person_who_placed_it_and_to_no_one_else()
    {
        var story = Story().Blocks("bob", "ada");
        (await story.BriefAsync("bob", "ada", 41, new Viewer(Scopes.None, "bob")))!.Tie!.Status.ShouldBe("blocked");
        var blocked = (await story.BriefAsync("ada", "bob", 41, new Viewer(Scopes.None, "ada")))!;
        blocked.Tie!.Status.ShouldNotBe("blocked");
        blocked.Nudges.ShouldNotBeEmpty("what is no longer proposed would tell of it");
    }

    private static NudgeStory Story() => new NudgeStory()
        .On(0, InteractionKind.Meeting, "ada", "bob")
        .Talk("ada", "bob", 1, 18, 2).On(40, InteractionKind.Message, "bob", "ada", Exchange.Ask)
        .Talk("ada", "cai", 0, 20, 2).Talk("bob", "cai", 0, 20, 2).Talk("cai", "dee", 0, 20, 2)
        .Who("ada", ["founders"]).Who("bob", ["founders"]).Who("cai");
}
