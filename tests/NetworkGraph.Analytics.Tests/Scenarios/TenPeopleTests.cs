using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Scenarios;

/// <summary>Ten people walked through by hand: what is said of each is what somebody who knew them would say.</summary>
public class TenPeopleTests
{
    [Fact]
    public async Task Somebody_who_only_calls_has_active_ties_and_no_warning()
    {
        var story = new HabitStory();
        for (var week = 0; week < 30; week++)
            for (var i = 0; i < 4; i++) story.Call(week * 7 + i * 0.1, "ann", $"p{i}", seconds: 1800);
        var tie = await Tie(story, "ann", "p0", 210);
        (tie.Status, tie.Relationship, tie.Balance, tie.RhythmDays).ShouldBe(("active", "genuine", 1, 7));
        story.Warnings(210).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_only_meets_in_groups_of_eight_knows_them_and_could_call_them()
    {
        var story = new HabitStory();
        string[] others = [.. Enumerable.Range(0, 7).Select(i => $"p{i}")];
        for (var month = 0; month < 12; month++) story.Add(month * 30, "ann", others, InteractionKind.Meeting);
        (await Tie(story, "ann", "p3", 340)).Status.ShouldBe("active");
        (await story.Told().NetworkAsync(HabitStory.At(340), Cancellation)).VanityGap!.CouldCall.ShouldBe(8 * 7 / 2);
    }

    [Fact]
    public async Task A_regular_of_a_list_has_ties_only_with_those_who_answer_each_other()
    {
        var story = new HabitStory();
        string[] readers = [.. Enumerable.Range(0, 40).Select(i => $"p{i}")];
        for (var post = 0; post < 30; post++) story.Add(post * 5, "ann", readers, InteractionKind.Message, venue: "list");
        for (var i = 0; i < 6; i++)
            story.Says(i * 20 + 1, "p0", "ann", kind: InteractionKind.Comment).Says(i * 20 + 2, "ann", "p0", kind: InteractionKind.Comment);
        (await Tie(story, "ann", "p0", 150)).Relationship.ShouldBe("genuine");
        (await Tie(story, "ann", "p1", 150)).Relationship.ShouldBe("nominal");
        story.Warnings(150).ShouldNotContain(w => w.Name == "monologue");
    }

    [Fact]
    public async Task A_subscriber_of_a_newsletter_has_no_relationship_with_it()
    {
        var story = new HabitStory();
        for (var week = 0; week < 60; week++)
            story.Add(week * 7, "news", [.. Enumerable.Range(0, 100).Select(i => $"p{i}"), "ann"], InteractionKind.Message);
        (await Tie(story, "ann", "news", 420)).Status.ShouldBe("nominal");
        story.Warnings(420).ShouldBeEmpty();
        story.Archetypes(420).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_writes_once_a_year_is_in_touch()
    {
        var story = new HabitStory();
        for (var year = 0; year < 4; year++) story.Talk(year * 365, "ann", "bob");
        var tie = await Tie(story, "ann", "bob", 3 * 365 + 330);
        (tie.Status, tie.RhythmDays, tie.Episodes).ShouldBe(("active", 365, 4));
    }

    [Fact]
    public async Task A_new_employee_has_new_ties_and_no_archetype()
    {
        var story = new HabitStory();
        for (var i = 0; i < 9; i++) story.Meet(i, "ann", $"p{i}").Says(i + 0.2, "ann", $"p{i}");
        (await Tie(story, "ann", "p0", 12)).Status.ShouldBe("new");
        story.Warnings(12).ShouldBeEmpty();
        story.Archetypes(12).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recruiter_who_mails_five_hundred_strangers_is_warned_and_has_no_relationships()
    {
        var story = new HabitStory();
        for (var i = 0; i < 500; i++) story.Says(i * 0.05, "ann", $"p{i}", Exchange.Pitch);
        story.Warnings(60).ShouldContain(w => w.Name == "spamming");
        var tie = await Tie(story, "ann", "p0", 60);
        (tie.Status, tie.OneWay).ShouldBe(("one-sided", true));
        (await story.Told().NetworkAsync(HabitStory.At(60), Cancellation)).VanityGap!.CouldCall.ShouldBe(0);
    }

    [Fact]
    public async Task A_couple_who_are_colleagues_are_family_where_most_of_it_is()
    {
        var story = new HabitStory();
        for (var day = 0; day < 60; day++)
        {
            story.Past.Add(Evening(day, story.Past.Count));
            if (day % 2 == 0) story.Talk(day + 0.1, "ann", "bob");
        }
        // One letter each way for two evenings at home: half of the contacts are private, and one more evening tips it.
        var tie = await Tie(story, "ann", "bob", 61);
        (tie.Status, tie.Relationship).ShouldBe(("active", "genuine"));
        story.Past.Add(Evening(60, story.Past.Count));
        (await Tie(story, "ann", "bob", 61)).Relationship.ShouldBe("family");
    }

    [Fact]
    public async Task An_assistant_who_organises_for_others_makes_them_meet()
    {
        var story = new HabitStory();
        for (var month = 0; month < 6; month++) story.Add(month * 30, "ann", ["boss", $"guest{month % 2}"], InteractionKind.Meeting);
        (await Tie(story, "boss", "guest0", 160)).ContactsOut.ShouldBe(3);
        (await Tie(story, "ann", "boss", 160)).Status.ShouldBe("active");
        story.Warnings(160).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_behind_one_address_are_one_person_with_their_own_ties()
    {
        var story = new HabitStory();
        for (var month = 0; month < 6; month++) story.Talk(month * 30, "family@home", "ann").Talk(month * 30 + 10, "family@home", "bob");
        (await Tie(story, "family@home", "ann", 160)).Status.ShouldBe("active");
        (await Tie(story, "family@home", "bob", 160)).RhythmDays.ShouldBe(30);
        story.Warnings(160, "family@home").ShouldBeEmpty();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Interaction Evening(double day, int number) => new()
    {
        Id = $"i{number + 1}",
        AtMs = HabitStory.At(day + 0.4),
        From = "ann",
        To = ["bob"],
        Kind = InteractionKind.Meeting,
        Setting = Setting.Family,
    };

    private static async Task<TieDetail> Tie(HabitStory story, string person, string other, double day) =>
        (await story.PeopleHost().TieAsync(person, other, HabitStory.At(day), Cancellation)).ShouldNotBeNull();
}
