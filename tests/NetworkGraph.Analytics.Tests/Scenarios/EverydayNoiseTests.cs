using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Scenarios;

/// <summary>What fills mailboxes and calendars and says nothing about two people.</summary>
public class EverydayNoiseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storm_of_replies_to_all_makes_no_relationship_and_warns_of_nobody()
    {
        string[] everybody = [.. Enumerable.Range(0, 30).Select(i => $"p{i}")];
        var story = new HabitStory().Add(0, "ann", everybody, InteractionKind.Message);
        for (var i = 0; i < 25; i++)
        {
            story.Past.Add(new Interaction
            {
                Id = $"i{story.Past.Count + 1}",
                AtMs = HabitStory.At(0.1 + i * 0.01),
                From = $"p{i}",
                To = ["ann", .. everybody.Where(other => other != $"p{i}")],
                Kind = InteractionKind.Reply,
                InReplyTo = "i1",
            });
        }
        (await Tie(story, "p0", "p1", 2)).Status.ShouldBe("nominal");
        (await Tie(story, "ann", "p0", 2)).Status.ShouldBe("nominal");
        story.Warnings(2, "p3").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chat_of_eight_is_no_relationship_of_any_two()
    {
        var story = new HabitStory();
        for (var i = 0; i < 200; i++)
            story.Add(i * 0.5, $"p{i % 8}", [.. Enumerable.Range(0, 8).Where(other => other != i % 8).Select(other => $"p{other}")],
                InteractionKind.Message);
        var tie = await Tie(story, "p0", "p1", 101);
        (tie.Status, tie.Relationship, tie.ContactsOut).ShouldBe(("nominal", "nominal", 0));
        story.Warnings(101, "p0").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chat_of_four_is()
    {
        var story = new HabitStory();
        for (var i = 0; i < 60; i++)
            story.Add(i, $"p{i % 4}", [.. Enumerable.Range(0, 4).Where(other => other != i % 4).Select(other => $"p{other}")],
                InteractionKind.Message);
        (await Tie(story, "p0", "p1", 61)).Relationship.ShouldBe("genuine");
    }

    [Theory]
    [InlineData(540, "active")]
    [InlineData(560, "cooling")]
    public async Task A_yearly_letter_that_comes_weeks_early_or_late_is_a_yearly_letter(int silence, string status)
    {
        var story = new HabitStory();
        foreach (var day in (double[])[0, 341, 733, 1085]) story.Talk(day, "ann", "bob");
        (await Tie(story, "ann", "bob", 1085.5 + silence)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Declining_an_appointment_ends_nothing()
    {
        var story = new HabitStory();
        for (var month = 0; month < 10; month++) story.Talk(month * 30, "ann", "bob");
        story.Add(280, "bob", ["ann"], InteractionKind.Decline, venue: "weekly round");
        var tie = await Tie(story, "ann", "bob", 320);
        (tie.Status, tie.Evidence.Burnt).ShouldBe(("active", false));
        story.Warnings(320, "bob").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_mass_mail_those_who_answer_are_one_sided_and_the_rest_nominal()
    {
        var story = new HabitStory();
        string[] readers = [.. Enumerable.Range(0, 200).Select(i => $"p{i}")];
        for (var month = 0; month < 6; month++)
        {
            story.Add(month * 30, "ann", readers, InteractionKind.Message);
            for (var i = 0; i < 20; i++) story.Says(month * 30 + 1, $"p{i}", "ann");
        }
        (await Tie(story, "ann", "p0", 160)).Status.ShouldBe("one-sided");
        (await Tie(story, "ann", "p100", 160)).Status.ShouldBe("nominal");
        story.Warnings(160).Select(static warning => warning.Name).ShouldNotContain("monologue");
    }

    [Fact]
    public async Task Answers_of_a_machine_are_no_relationship()
    {
        var story = new HabitStory();
        for (var week = 0; week < 20; week++)
            story.Says(week * 7, "ann", "noreply@shop.example").Says(
                week * 7 + 0.001, "noreply@shop.example", "ann", kind: InteractionKind.Reply);
        story.Warnings(140).ShouldBeEmpty();
        (await story.Told().TiesAsync(Viewer.Admin, "ann", HabitStory.At(140), TieRange.All, Cancellation))
            .ShouldNotBeNull().ShouldBeEmpty();
    }

    private static async Task<TieDetail> Tie(HabitStory story, string person, string other, double day) =>
        (await story.PeopleHost().TieAsync(person, other, HabitStory.At(day), Cancellation)).ShouldNotBeNull();
}
