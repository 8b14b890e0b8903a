using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Analytics.Tests.Nudges;

/// <summary>Nudges as a person wants them: what was done about them, cadences, and whom they hide.</summary>
public class PersonalNudgeTests
{
    [Fact]
    public async Task A_dismissed_nudge_stays_away_until_its_reason_changes()
    {
        var story = new NudgeStory().On(1, InteractionKind.Message, "bob", "ada", Exchange.Ask);
        var owed = (await story.PersonalAsync("ada", 3)).Single(nudge => nudge.Rule == NudgeRules.ReplyOwed);
        (owed.State, owed.Due).ShouldBe(("open", owed.Evidence.Since!.Value.AddDays(2)));
        story.Answers("ada", owed, NudgeState.Dismissed);

        foreach (var day in new[] { 3.0, 5, 9 })
        {
            var again = (await story.PersonalAsync("ada", day)).Single(nudge => nudge.Rule == NudgeRules.ReplyOwed);
            (again.Id, again.State).ShouldBe((owed.Id, "dismissed"), $"day {day}");
        }

        var renewed = (await story.On(10, InteractionKind.Message, "bob", "ada", Exchange.Ask).PersonalAsync("ada", 11)).Single(
            nudge => nudge.Rule == NudgeRules.ReplyOwed);
        renewed.Id.ShouldNotBe(owed.Id);
        renewed.State.ShouldBe("open");
    }

    [Fact]
    public async Task A_snoozed_nudge_comes_back_at_its_time_and_a_done_one_does_not()
    {
        var story = new NudgeStory().On(1, InteractionKind.Message, "bob", "ada", Exchange.Ask);
        var owed = (await story.PersonalAsync("ada", 3)).Single();

        (await story.Answers("ada", owed, NudgeState.Snoozed, untilDay: 6).PersonalAsync("ada", 5.9)).Single().State.ShouldBe("snoozed");
        (await story.PersonalAsync("ada", 6)).Single().State.ShouldBe("open");
        (await story.Answers("ada", owed, NudgeState.Done).PersonalAsync("ada", 7)).Single().State.ShouldBe("done");
        (await story.Answers("ada", owed, NudgeState.Open).PersonalAsync("ada", 7)).Single().State.ShouldBe("open");
    }

    [Fact]
    public async Task Dismissing_a_person_or_a_rule_reaches_all_of_theirs_and_no_others()
    {
        var story = new NudgeStory().On(1, InteractionKind.Message, "bob", "ada", Exchange.Ask).On(
            1, InteractionKind.Message, "cem", "ada", Exchange.Ask);
        var all = await story.PersonalAsync("ada", 3);
        all.Count.ShouldBe(2);

        story.Answers("ada", all.Single(nudge => nudge.Person == "bob"), NudgeState.Dismissed, NudgeScope.Person).On(
            4, InteractionKind.Message, "bob", "ada", Exchange.Ask);
        (await story.PersonalAsync("ada", 5)).Where(nudge => nudge.State == "open").ShouldHaveSingleItem().Person.ShouldBe("cem");

        story.Answers("ada", all.Single(nudge => nudge.Person == "cem"), NudgeState.Dismissed, NudgeScope.Rule);
        (await story.PersonalAsync("ada", 5)).ShouldAllBe(nudge => nudge.State == "dismissed");
        (await story.PersonalAsync("bob", 5)).ShouldAllBe(nudge => nudge.State == "open");
    }

    [Theory]
    [InlineData(29.9, 0)]
    [InlineData(30, 0.45)]
    [InlineData(60, 0.675)]
    public async Task A_cadence_falls_due_when_the_silence_reaches_it(double silence, double worth)
    {
        var story = new NudgeStory().Talk("ada", "bob", 0, 4, 1).Wishes("ada", "bob", new Preference { CadenceDays = 30 });

        var due = (await story.PersonalAsync("ada", 3 + silence)).SingleOrDefault(nudge => nudge.Rule == NudgeRules.LosingTouch);

        (due?.Worth ?? 0).ShouldBe(worth, 1e-9);
        if (due is null) return;
        due.Due.ShouldBe(due.Evidence.Since!.Value.AddDays(30));
        due.Reason.ShouldContain("bob");
        (await story.PersonalAsync("bob", 3 + silence)).ShouldNotContain(
            nudge => nudge.Rule == NudgeRules.LosingTouch, "a preference is of one person alone");
    }

    [Fact]
    public async Task A_cadence_by_tag_holds_for_all_who_have_it_and_ones_own_goes_before()
    {
        var story = new NudgeStory().Talk("ada", "bob", 0, 4, 1).Talk("ada", "cem", 0, 4, 1).Talk("ada", "dee", 0, 4, 1).Cadence(
            "ada", "client", 20)
            .Wishes("ada", "bob", new Preference { Tags = ["client"] }).Wishes(
                "ada", "cem", new Preference { Tags = ["client"], CadenceDays = 90 });

        (await story.PersonalAsync("ada", 40)).Where(nudge => nudge.Rule == NudgeRules.LosingTouch).ShouldHaveSingleItem().Person.ShouldBe(
            "bob");
    }

    [Fact]
    public async Task Whom_a_person_hides_is_in_none_of_their_nudges()
    {
        var story = new NudgeStory().On(1, InteractionKind.Message, "bob", "ada", Exchange.Ask).Wishes(
            "ada", "bob", new Preference { Hidden = true, CadenceDays = 1 });

        (await story.PersonalAsync("ada", 5)).ShouldBeEmpty();
        (await story.Wishes("ada", "bob", null).PersonalAsync("ada", 5)).Count.ShouldBe(1);
    }
}
