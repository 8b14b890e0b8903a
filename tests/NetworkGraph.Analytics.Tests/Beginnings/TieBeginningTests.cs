using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Beginnings;

/// <summary>How ann and bob came to know each other; zoe knows both, or does not.</summary>
public class TieBeginningTests
{
    private static HabitStory ZoeKnowsBoth() => new HabitStory().Talk(0, "zoe", "ann").Talk(1, "zoe", "bob");

    [Fact]
    public async Task Who_introduced_them_is_named()
    {
        var story = ZoeKnowsBoth().Introduce(20, "zoe", "ann", "bob").Talk(24, "ann", "bob");
        foreach (var (person, other) in new[] { ("ann", "bob"), ("bob", "ann") })
        {
            var began = (await BeganAsync(story, person, other)).ShouldNotBeNull();
            (began.How, began.Person, began.Kind, began.Recipients).ShouldBe(("introducedBy", "zoe", "introduction", 2));
            began.At.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(HabitStory.At(20)));
            began.Probability.ShouldBe(0.95);
        }
    }

    [Fact]
    public async Task One_mail_to_both_brought_them_together_more_likely_than_not()
    {
        var began = (await BeganAsync(ZoeKnowsBoth().ToMany(20, "zoe", ["ann", "bob", "cem"]).Talk(24, "bob", "ann"))).ShouldNotBeNull();
        (began.How, began.Person, began.Probability, began.Kind, began.Recipients).ShouldBe(("introducedBy", "zoe", 0.8, "message", 3));
    }

    [Fact]
    public async Task A_meeting_of_three_may_have()
    {
        var began = (await BeganAsync(ZoeKnowsBoth().Add(20, "zoe", ["ann", "bob"], InteractionKind.Meeting, venue: "club")))
            .ShouldNotBeNull();
        (began.How, began.Person, began.Probability).ShouldBe(("introducedBy", "zoe", 0.5));
    }

    [Fact]
    public async Task An_introduction_counts_for_more_than_a_later_mail()
    {
        var story = ZoeKnowsBoth().Talk(2, "yan", "ann").Talk(3, "yan", "bob").Introduce(20, "zoe", "ann", "bob").ToMany(
            22, "yan", ["ann", "bob"]).Talk(24, "ann", "bob");
        (await BeganAsync(story)).ShouldNotBeNull().Person.ShouldBe("zoe");
    }

    [Theory]
    [InlineData(13.9, "introducedBy")]
    [InlineData(14.1, "self")]
    public async Task Two_weeks_after_it_is_the_introducers_no_more(double days, string how) =>
        (await BeganAsync(ZoeKnowsBoth().Introduce(20, "zoe", "ann", "bob").Talk(20 + days, "ann", "bob"))).ShouldNotBeNull().How.ShouldBe(
            how);

    [Fact]
    public async Task Who_did_not_know_both_or_wrote_to_many_introduced_no_one()
    {
        var stranger = new HabitStory().Talk(0, "zoe", "ann").ToMany(20, "zoe", ["ann", "bob"]).Talk(24, "ann", "bob");
        (await BeganAsync(stranger)).ShouldNotBeNull().How.ShouldBe("self");
        var many = ZoeKnowsBoth().ToMany(20, "zoe", ["ann", "bob", "c", "d", "e", "f"]).Talk(24, "ann", "bob");
        (await BeganAsync(many)).ShouldNotBeNull().How.ShouldBe("self");
        var after = ZoeKnowsBoth().Talk(19, "ann", "bob").Introduce(20, "zoe", "ann", "bob");
        (await BeganAsync(after)).ShouldNotBeNull().How.ShouldBe("self");
    }

    [Fact]
    public async Task Else_it_is_the_venue_or_who_turned_to_whom_or_unknown()
    {
        var met = (await BeganAsync(new HabitStory().Meet(5, "ann", "bob", "fair"))).ShouldNotBeNull();
        (met.How, met.Venue, met.Person, met.Probability).ShouldBe(("venue", "fair", null, null));
        var wrote = (await BeganAsync(new HabitStory().Talk(5, "bob", "ann"))).ShouldNotBeNull();
        (wrote.How, wrote.Person, wrote.Venue).ShouldBe(("self", "bob", null));
        (await BeganAsync(new HabitStory().ToMany(5, "ann", ["bob", "cem"]))).ShouldNotBeNull().How.ShouldBe("unknown");
        (await BeganAsync(new HabitStory().Connect(5, "ann", "bob"))).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_say_it_too_and_at_a_date_only_what_was_known_then()
    {
        var story = ZoeKnowsBoth().Introduce(20, "zoe", "ann", "bob").Talk(24, "ann", "bob");
        var ties = (await story.Told().TiesAsync(Viewer.Admin, "ann", HabitStory.At(30), new TieRange { Most = 10 }, Cancellation))
            .ShouldNotBeNull();
        ties.Single(t => t.Person == "bob").Began.ShouldNotBeNull().Person.ShouldBe("zoe");
        ties.Single(t => t.Person == "zoe").Began.ShouldNotBeNull().How.ShouldBe("self");
        (await story.Told().TieAsync(Viewer.Admin, "ann", "bob", HabitStory.At(22), Cancellation)).ShouldBeNull();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<TieBeginning?> BeganAsync(HabitStory story, string person = "ann", string other = "bob") =>
        (await story.Told().TieAsync(Viewer.Admin, person, other, HabitStory.At(100), Cancellation)).ShouldNotBeNull().Began;
}
