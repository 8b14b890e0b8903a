using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Scenarios;

/// <summary>What many get at once says nothing about any two of them.</summary>
public class LargeCircleTests
{
    private static readonly string[] s_staff = [.. Enumerable.Range(0, 200).Select(i => $"p{i:D3}")];

    [Fact]
    public async Task A_weekly_all_hands_of_two_hundred_makes_no_relationship_and_follows_nothing_up()
    {
        var story = new HabitStory();
        for (var week = 0; week < 52; week++) story.Add(week * 7, "ceo", s_staff, InteractionKind.Meeting, venue: "All hands");
        var queries = story.Told();
        var network = await queries.NetworkAsync(HabitStory.At(370), Cancellation);

        network.People.ShouldBe(201);
        network.Interactions.ShouldBe(52);
        (network.Ties, network.Dyads, network.Statuses["active"], network.VanityGap!.CouldCall).ShouldBe((0, 0, 0, 0));
    }

    [Theory]
    [InlineData(15, 120, "genuine")]
    [InlineData(16, 0, null)]
    public async Task A_meeting_of_sixteen_is_a_contact_of_each_two_and_of_seventeen_is_attendance(
        int invited, int ties, string? relationship)
    {
        var story = new HabitStory();
        for (var week = 0; week < 3; week++) story.Add(week * 30, "ceo", s_staff[..invited], InteractionKind.Meeting);
        var network = await story.Told().NetworkAsync(HabitStory.At(70), Cancellation);
        network.Dyads.ShouldBe(ties);
        if (relationship is not null) (await Tie(story, "ceo", "p000", 70)).Relationship.ShouldBe(relationship);
    }

    [Fact]
    public async Task A_mail_to_three_hundred_people_revives_no_friendship()
    {
        var story = new HabitStory();
        for (var month = 0; month < 12; month++) story.Talk(month * 30, "ann", "bob");
        story.Add(1100, "ann", [.. s_staff, "bob"], InteractionKind.Message);
        var tie = await Tie(story, "ann", "bob", 1101);
        (tie.Status, tie.ContactsOut, tie.InteractionsOut).ShouldBe(("dormant", 12, 13));
        tie.LastContact.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(HabitStory.At(330.5)));
        tie.LastInteraction.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(HabitStory.At(1100)));
        tie.SilenceDays!.Value.ShouldBe(770.5, 1e-6);
    }

    [Theory]
    [InlineData(InteractionKind.Connect)]
    [InlineData(InteractionKind.Reaction)]
    public async Task A_request_or_a_reaction_is_no_contact(InteractionKind kind)
    {
        var tie = await Tie(new HabitStory().Says(0, "ann", "bob", kind: kind), "ann", "bob", 5);
        (tie.Status, tie.Relationship, tie.FirstContact, tie.SilenceDays, tie.Balance, tie.PersistProbability, tie.OneWay)
            .ShouldBe(("nominal", "nominal", null, null, null, null, false));
    }

    [Fact]
    public async Task A_reply_to_all_is_a_contact_with_the_author_alone()
    {
        var story = new HabitStory().Add(0, "ann", ["bob", "cai", "dan", "eve", "fay", "gus", "hal"], InteractionKind.Message);
        story.Past.Add(new Interaction
        {
            Id = "i2",
            AtMs = HabitStory.At(1),
            From = "bob",
            To = ["ann", "cai", "dan", "eve", "fay", "gus", "hal"],
            Kind = InteractionKind.Reply,
            InReplyTo = "i1",
        });
        (await Tie(story, "ann", "bob", 5)).ContactsIn.ShouldBe(1);
        (await Tie(story, "ann", "bob", 5)).StrengthIn.ShouldBe(Math.Pow(2, -4 / 180.0), 1e-9);
        (await Tie(story, "cai", "bob", 5)).ContactsIn.ShouldBe(0);
    }

    [Fact]
    public async Task A_call_of_half_a_minute_is_an_attempt_from_the_caller()
    {
        var story = new HabitStory();
        story.Past.Add(new Interaction
        {
            Id = "i1",
            AtMs = HabitStory.At(0),
            From = "ann",
            To = ["bob"],
            Kind = InteractionKind.Call,
            LengthSeconds = 59
        });
        var tie = await Tie(story, "ann", "bob", 0);
        (tie.StrengthOut, tie.StrengthIn, tie.ContactsOut, tie.ContactsIn, tie.OneWay).ShouldBe((1, 0, 1, 0, true));
        story.Past[0] = new Interaction
        {
            Id = "i1",
            AtMs = HabitStory.At(0),
            From = "ann",
            To = ["bob"],
            Kind = InteractionKind.Call,
            LengthSeconds = 60
        };
        tie = await Tie(story, "ann", "bob", 0);
        (tie.StrengthOut, tie.StrengthIn, tie.ContactsOut, tie.ContactsIn, tie.OneWay).ShouldBe((2, 2, 1, 1, false));
    }

    [Fact]
    public async Task A_newsletter_of_years_is_nominal_and_warns_no_one()
    {
        var story = new HabitStory();
        for (var week = 0; week < 100; week++) story.Add(week * 7, "news", s_staff[..60], InteractionKind.Message);
        (await Tie(story, "p000", "news", 700)).Status.ShouldBe("nominal");
        story.Warnings(700, "p000").ShouldBeEmpty();
        story.Warnings(700, "p000", Viewer.Admin).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_accepted_request_and_nothing_else_has_no_reciprocity()
    {
        var story = new HabitStory();
        for (var i = 0; i < 50; i++) story.Connect(i, "ann", $"p{i:D3}");
        var person = await story.PeopleHost().ReciprocityAsync("ann", HabitStory.At(60), Cancellation);
        (person!.Returned, person.Given, person.Balance, person.Ties, person.MutualTies).ShouldBe((null, null, null, 50, 0));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<TieDetail> Tie(HabitStory story, string person, string other, double day) =>
        (await story.PeopleHost().TieAsync(person, other, HabitStory.At(day), Cancellation)).ShouldNotBeNull();
}
