using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Habits;

/// <summary>Every warning as a story about ann, and beside it the near miss that must not be flagged.</summary>
public class WarningTests
{
    [Theory]
    [InlineData(20, true)]
    [InlineData(19, false)]
    public void Twenty_strangers_written_to_in_a_week_who_do_not_answer_are_spamming(int people, bool isWarned)
    {
        var story = new HabitStory();
        for (var i = 0; i < people; i++) story.Says(i * 0.3, "ann", $"p{i}", Exchange.Promotion);
        var found = story.Warning("spamming", 60);
        (found is not null).ShouldBe(isWarned);
        found?.Counts["withinAWeek"].ShouldBe(20);
    }

    [Fact]
    public void One_message_to_twenty_strangers_is_spamming_and_a_personal_one_is_not()
    {
        string[] strangers = [.. Enumerable.Range(0, 20).Select(i => $"p{i}")];
        new HabitStory().ToMany(0, "ann", strangers).Warning("spamming", 60).ShouldNotBeNull();
        new HabitStory().ToMany(0, "ann", strangers, personalised: true).Warning("spamming", 60).ShouldBeNull();
    }

    [Fact]
    public void Twenty_strangers_of_whom_one_answers_are_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 20; i++) story.Says(i * 0.3, "ann", $"p{i}");
        story.Says(10, "p3", "ann").Warning("spamming", 60).ShouldBeNull();
    }

    [Fact]
    public void Twenty_people_over_a_month_are_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 20; i++) story.Says(i * 1.5, "ann", $"p{i}");
        story.Warning("spamming", 60).ShouldBeNull();
    }

    [Fact]
    public void A_mail_to_twenty_colleagues_one_has_talked_with_is_not()
    {
        var story = new HabitStory();
        string[] colleagues = [.. Enumerable.Range(0, 25).Select(i => $"p{i}")];
        foreach (var colleague in colleagues) story.Talk(0, "ann", colleague);
        story.ToMany(30, "ann", colleagues).Warning("spamming", 60).ShouldBeNull();
    }

    [Fact]
    public void Six_asks_of_one_who_gets_nothing_are_exploitation()
    {
        var story = Asks(6, gives: 0);
        var found = story.Warning("exploitation", 100, "bob").ShouldNotBeNull();
        (found.Counts["asks"], found.Counts["gives"]).ShouldBe((6, 0));
        story.Warnings(100, "bob").ShouldNotContain(w => w.Name == "exploitation");
    }

    [Fact]
    public void Six_asks_and_three_gives_are_not() => Asks(6, gives: 3).Warning("exploitation", 100, "bob").ShouldBeNull();

    [Fact]
    public void A_mentee_who_asks_and_talks_and_thanks_exploits_no_one()
    {
        var story = Asks(6, gives: 0);
        for (var i = 0; i < 8; i++) story.Talk(60 + i, "ann", "bob", Exchange.Thanks);
        story.Warning("exploitation", 100, "bob").ShouldBeNull();
    }

    [Fact]
    public void Nothing_but_orders_and_an_ask_is_transactional()
    {
        var story = Orders();
        story.Warning("transactional", 100, "bob").ShouldNotBeNull().Counts["transactionsAndAsks"].ShouldBe(4);
        story.Warnings(100, "bob").Count(w => w.Name == "transactional").ShouldBe(1);
    }

    [Fact]
    public void Orders_and_thanks_are_transactional_still() =>
        Orders().Says(50, "bob", "ann", Exchange.Thanks).Warning("transactional", 100, "bob").ShouldNotBeNull();

    [Fact]
    public void Orders_between_people_who_talk_are_not() =>
        Orders().Talk(50, "ann", "bob").Warning("transactional", 100, "bob").ShouldBeNull();

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Five_reactions_and_no_contact_are_superficial_for_the_one_who_reacts(int reactions, bool isWarned)
    {
        var story = new HabitStory().Connect(0, "ann", "bob");
        for (var i = 0; i < reactions; i++) story.Says(i + 1, "ann", "bob", kind: InteractionKind.Reaction);
        (story.Warning("superficial", 100, "bob") is not null).ShouldBe(isWarned);
        story.Warnings(100, "bob").ShouldBeEmpty();
    }

    [Fact]
    public void Reactions_and_one_comment_are_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 9; i++) story.Says(i, "ann", "bob", kind: InteractionKind.Reaction);
        story.Says(20, "ann", "bob", kind: InteractionKind.Comment).Warning("superficial", 100, "bob").ShouldBeNull();
    }

    [Fact]
    public void Two_pitches_before_the_third_contact_are_premature_and_one_is_not()
    {
        var story = new HabitStory().Connect(0, "ann", "bob").Says(1, "ann", "bob", Exchange.Pitch);
        story.Warning("premature-pitch", 10, "bob").ShouldBeNull();
        story.Says(2, "ann", "bob", Exchange.Pitch);
        var found = story.Warning("premature-pitch", 10, "bob").ShouldNotBeNull();
        story.Ids(found).ShouldBe(["i4", "i3"]);
    }

    [Fact]
    public void Pitches_after_three_contacts_are_not() => new HabitStory()
        .Talk(0, "ann", "bob").Meet(2, "ann", "bob").Says(3, "ann", "bob", Exchange.Pitch).Says(4, "ann", "bob", Exchange.Pitch)
        .Warning("premature-pitch", 10, "bob").ShouldBeNull();

    [Fact]
    public void An_application_is_no_premature_ask() => new HabitStory()
        .Says(0, "ann", "bob", Exchange.Ask, InteractionKind.Application).Warnings(10).ShouldBeEmpty();

    [Fact]
    public void Three_good_ties_ended_by_complaints_are_burnt_bridges()
    {
        var story = Complaints(3);
        story.Warning("burning-bridges", 100).ShouldNotBeNull().Counts["tiesBurnt"].ShouldBe(3);
        story.Warnings(100, "p0").ShouldNotContain(w => w.Name == "burning-bridges");
    }

    [Fact]
    public void Two_are_not() => Complaints(2).Warning("burning-bridges", 100).ShouldBeNull();

    [Fact]
    public void A_quarrel_made_up_burns_no_bridge() => Complaints(3).Talk(90, "ann", "p0").Warning("burning-bridges", 100).ShouldBeNull();

    [Fact]
    public void Five_letters_without_an_answer_on_two_of_three_ties_are_a_monologue()
    {
        var story = Rows(unanswered: 2, answered: 1);
        var found = story.Warning("monologue", 100).ShouldNotBeNull();
        (found.Counts["tiesUnanswered"], found.Counts["tiesWithThreeContacts"]).ShouldBe((2, 3));
    }

    [Fact]
    public void On_one_tie_it_is_evidence_and_no_warning() => Rows(unanswered: 1, answered: 0).Warning("monologue", 100).ShouldBeNull();

    [Fact]
    public void On_two_ties_of_ten_it_is_no_habit() => Rows(unanswered: 2, answered: 8).Warning("monologue", 100).ShouldBeNull();

    [Fact]
    public void Four_in_a_row_are_not() => Rows(unanswered: 2, answered: 1, letters: 4).Warning("monologue", 100).ShouldBeNull();

    [Fact]
    public void Five_within_a_week_are_not() => Rows(unanswered: 2, answered: 1, everyDays: 2).Warning("monologue", 30).ShouldBeNull();

    [Fact]
    public void Rows_that_ended_three_months_ago_are_not() => Rows(unanswered: 2, answered: 1).Warning("monologue", 40 + 91).ShouldBeNull();

    [Fact]
    public void Once_the_other_speaks_again_a_row_is_over() =>
        Rows(unanswered: 2, answered: 1).Says(90, "p0", "ann").Warning("monologue", 100).ShouldBeNull();

    [Fact]
    public void Twelve_met_and_no_one_written_to_is_no_follow_up()
    {
        var story = Met(12, followedUp: 0);
        var found = story.Warning("no-follow-up", 100).ShouldNotBeNull();
        (found.Counts["firstContacts"], found.Counts["followedUp"]).ShouldBe((12, 0));
    }

    [Fact]
    public void Every_third_followed_up_is_enough() => Met(12, followedUp: 4).Warning("no-follow-up", 100).ShouldBeNull();

    [Fact]
    public void Those_met_yesterday_can_still_be_followed_up() => Met(12, followedUp: 0).Warning("no-follow-up", 5).ShouldBeNull();

    [Fact]
    public void Advice_that_flows_one_way_between_people_who_both_speak_warns_both()
    {
        var story = Advised(5);
        var found = story.Warning("one-way-mentorship", 100, "bob").ShouldNotBeNull();
        (found.Counts["adviceOut"], found.Counts["adviceIn"], found.Counts["adviceBalance"], found.Counts["messageBalance"]).ShouldBe(
            (0, 5, 0, 1));
        story.Warnings(100, "bob").ShouldContain(w => w.Name == "one-way-mentorship" && w.Person == "ann");
    }

    [Fact]
    public void Advice_that_flows_back_is_not() =>
        Advised(5).Talk(60, "ann", "bob", Exchange.Advice).Talk(61, "ann", "bob", Exchange.Advice).Warning(
            "one-way-mentorship", 100, "bob").ShouldBeNull();

    [Fact]
    public void Five_pieces_of_advice_among_forty_letters_are_not()
    {
        var story = Advised(5);
        for (var i = 0; i < 40; i++) story.Talk(50 + i, "ann", "bob");
        story.Warning("one-way-mentorship", 100, "bob").ShouldBeNull();
    }

    [Fact]
    public void Three_attempts_after_a_decline_are_unwanted_and_warn_the_recipient_alone()
    {
        var story = new HabitStory().Says(0, "bob", "ann", kind: InteractionKind.Connect).Says(
            1, "ann", "bob", kind: InteractionKind.Decline);
        for (var i = 0; i < 3; i++) story.Says(2 + i * 7, "bob", "ann");
        var found = story.Warning("unwanted-persistence", 40, "bob").ShouldNotBeNull();
        found.Counts["attemptsAfterDecline"].ShouldBe(3);
        story.Ids(found).ShouldBe(["i5", "i4", "i3"]);
        story.Warnings(40, "bob").ShouldBeEmpty();
    }

    [Fact]
    public void Two_attempts_after_a_decline_are_not() => new HabitStory()
        .Says(0, "ann", "bob", kind: InteractionKind.Decline).Says(2, "bob", "ann").Says(9, "bob", "ann").Warning(
            "unwanted-persistence", 40, "bob").ShouldBeNull();

    [Fact]
    public void Who_is_answered_after_a_decline_does_not_persist()
    {
        var story = new HabitStory().Says(0, "ann", "bob", kind: InteractionKind.Decline).Says(1, "bob", "ann").Says(2, "ann", "bob");
        for (var i = 0; i < 3; i++) story.Says(3 + i * 7, "bob", "ann");
        story.Warning("unwanted-persistence", 40, "bob").ShouldBeNull();
    }

    [Fact]
    public void Eight_attempts_that_the_recipient_takes_up_in_the_end_are_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 9; i++) story.Says(i * 3, "bob", "ann");
        story.Says(60, "ann", "bob").Warning("unwanted-persistence", 70, "bob").ShouldBeNull();
    }

    [Fact]
    public void A_complaint_does_not_take_a_decline_back()
    {
        var story = new HabitStory().Says(0, "ann", "bob", kind: InteractionKind.Decline);
        for (var i = 0; i < 3; i++) story.Says(3 + i * 7, "bob", "ann");
        story.Says(18, "ann", "bob", Exchange.Complaint).Warning("unwanted-persistence", 40, "bob").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(8, 3.0, true)]
    [InlineData(7, 3.0, false)]
    [InlineData(8, 5.0, false)]
    public void Eight_unanswered_attempts_within_thirty_days_are_unwanted(int attempts, double everyDays, bool isWarned)
    {
        var story = new HabitStory();
        for (var i = 0; i < attempts; i++) story.Says(i * everyDays, "bob", "ann");
        (story.Warning("unwanted-persistence", 45, "bob") is not null).ShouldBe(isWarned);
    }

    [Fact]
    public void Somebody_who_wrote_within_half_a_year_is_not_persisted_upon()
    {
        HabitStory Nine(double wroteOnDay)
        {
            var story = new HabitStory().Says(wroteOnDay, "ann", "bob");
            for (var i = 0; i < 9; i++) story.Says(300 + i * 3, "bob", "ann");
            return story;
        }
        Nine(110).Warning("unwanted-persistence", 330, "bob").ShouldNotBeNull();
        Nine(200).Warning("unwanted-persistence", 330, "bob").ShouldBeNull();
    }

    [Fact]
    public void Who_persists_learns_nothing_of_it_and_only_the_safety_role_sees_both_lists()
    {
        var story = new HabitStory();
        for (var i = 0; i < 9; i++) story.Says(i * 3, "bob", "ann");
        bool IsThere(string person, Viewer viewer) => story.Warnings(45, person, viewer).Any(w => w.Name == "unwanted-persistence");

        IsThere("ann", new Viewer(Scopes.None, "ann")).ShouldBeTrue();
        IsThere("ann", Viewer.Admin).ShouldBeTrue();
        IsThere("ann", new Viewer(Scopes.Analyst)).ShouldBeFalse();
        IsThere("ann", new Viewer(Scopes.Safety)).ShouldBeTrue();
        IsThere("bob", new Viewer(Scopes.None, "bob")).ShouldBeFalse();
        IsThere("bob", Viewer.Admin).ShouldBeFalse();
        IsThere("bob", new Viewer(Scopes.Analyst)).ShouldBeFalse();
        IsThere("bob", new Viewer(Scopes.Safety)).ShouldBeTrue();
    }

    private static HabitStory Asks(int asks, int gives)
    {
        var story = new HabitStory();
        for (var i = 0; i < asks; i++) story.Talk(i * 8, "ann", "bob", Exchange.Ask, Exchange.Give);
        for (var i = 0; i < gives; i++) story.Talk(50 + i, "ann", "bob", Exchange.Give, Exchange.Thanks);
        return story;
    }

    private static HabitStory Orders() => new HabitStory().Connect(0, "ann", "bob").Says(1, "ann", "bob", Exchange.Ask)
        .Says(2, "bob", "ann", kind: InteractionKind.Transaction).Says(30, "ann", "bob", kind: InteractionKind.Transaction).Says(
            31, "bob", "ann", kind: InteractionKind.Transaction);

    private static HabitStory Complaints(int people)
    {
        var story = new HabitStory();
        for (var i = 0; i < people; i++)
            story.Talk(i, "ann", $"p{i}").Talk(i + 10, "ann", $"p{i}").Says(i + 20, "ann", $"p{i}", Exchange.Complaint);
        return story;
    }

    private static HabitStory Rows(int unanswered, int answered, int letters = 5, double everyDays = 10)
    {
        var story = new HabitStory();
        for (var tie = 0; tie < unanswered; tie++)
            for (var i = 0; i < letters; i++) story.Says(i * everyDays, "ann", $"p{tie}");
        for (var tie = 0; tie < answered; tie++)
            for (var i = 0; i < 3; i++) story.Talk(i * 10, "ann", $"q{tie}");
        return story;
    }

    private static HabitStory Met(int count, int followedUp)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++)
        {
            story.Meet(i * 0.01, "ann", $"p{i}", "fair");
            if (i < followedUp) story.Talk(1, "ann", $"p{i}");
        }
        return story;
    }

    private static HabitStory Advised(int pieces)
    {
        var story = new HabitStory();
        for (var i = 0; i < pieces; i++) story.Talk(i * 10, "ann", "bob", Exchange.None, Exchange.Advice);
        return story;
    }
}
