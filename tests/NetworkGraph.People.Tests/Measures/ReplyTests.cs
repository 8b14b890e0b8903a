using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>Who answers whom, how fast, and how they take turns.</summary>
public class ReplyTests
{
    private const double Hour = 1 / 24.0;

    [Fact]
    public void Strict_turns_are_one() => new DyadStory().Me(0).Them(1).Me(2).Them(3).Tie(4).TurnTaking.ShouldBe(1);

    [Fact]
    public void A_monologue_is_none() => new DyadStory().Me(0).Me(1).Me(2).Tie(4).TurnTaking.ShouldBe(0);

    [Fact]
    public void Two_turns_of_two_alternate_once_in_three() =>
        new DyadStory().Me(0).Me(1).Them(2).Them(3).Tie(4).TurnTaking.ShouldBe(1 / 3.0);

    [Fact]
    public void Meetings_take_no_turn() => new DyadStory().Me(0).Both(1).Them(2).Tie(4).TurnTaking.ShouldBe(1);

    [Fact]
    public void One_interaction_has_no_turns()
    {
        new DyadStory().Me(0).Tie(4).TurnTaking.ShouldBeNull();
        new DyadStory().Me(0).Both(1).Tie(4).TurnTaking.ShouldBeNull();
    }

    [Fact]
    public void The_first_letter_back_is_the_answer()
    {
        var tie = new DyadStory().Me(0).Them(2 * Hour).Them(5 * Hour).Tie(1);
        tie.ReplyHoursIn!.Value.ShouldBe(2, 1e-9);
        tie.ReplyHoursOut.ShouldBeNull();
        tie.Evidence.Replies.In.ShouldBe(1);
    }

    [Fact]
    public void One_letter_back_answers_a_whole_burst() =>
        new DyadStory().Me(0).Me(1 * Hour).Me(4 * Hour).Them(10 * Hour).Tie(1).ReplyHoursIn!.Value.ShouldBe(9, 1e-9);

    [Fact]
    public void Fourteen_days_are_an_answer_and_a_minute_more_is_none()
    {
        new DyadStory().Me(0).Them(14).Tie(20).ReplyHoursIn!.Value.ShouldBe(14 * 24, 1e-9);
        new DyadStory().Me(0).Them(14 + Hour / 60).Tie(20).ReplyHoursIn.ShouldBeNull();
    }

    [Fact]
    public void A_named_answer_counts_after_however_long() =>
        new DyadStory().Me(0).Them(30, InteractionKind.Reply, replyTo: 1).Tie(40).ReplyHoursIn!.Value.ShouldBe(30 * 24, 1e-9);

    [Fact]
    public void A_named_answer_answers_that_one_and_no_other()
    {
        var tie = new DyadStory().Me(0).Me(1).Them(2, InteractionKind.Reply, replyTo: 1).Tie(3);
        tie.ReplyHoursIn!.Value.ShouldBe(48, 1e-9);
        tie.Evidence.Replies.In.ShouldBe(1);
    }

    [Fact]
    public void An_accept_that_names_a_request_answers_it() =>
        new DyadStory().Me(0, InteractionKind.Connect).Them(3 * Hour, InteractionKind.Accept, replyTo: 1).Tie(
            1).ReplyHoursIn!.Value.ShouldBe(3, 1e-9);

    [Fact]
    public void A_reaction_is_no_answer_unless_it_names_one() =>
        new DyadStory().Me(0).Them(1, InteractionKind.Reaction).Tie(2).ReplyHoursIn.ShouldBeNull();

    [Fact]
    public void A_reply_to_something_outside_the_dyad_is_a_letter_like_any_other() =>
        new DyadStory().Me(0).Them(1 * Hour, InteractionKind.Reply, replyTo: 999).Tie(2).ReplyHoursIn!.Value.ShouldBe(1, 1e-9);

    [Fact]
    public void Naming_my_own_letter_answers_no_one() =>
        new DyadStory().Me(0).Me(1, InteractionKind.Reply, replyTo: 1).Tie(2).ReplyHoursOut.ShouldBeNull();

    [Fact]
    public void A_meeting_answers_what_I_had_written_and_asks_for_nothing()
    {
        var tie = new DyadStory().Me(0).Both(1).Them(2).Tie(3);
        tie.ReplyHoursIn!.Value.ShouldBe(24, 1e-9);
        tie.Evidence.Replies.In.ShouldBe(1);
    }

    [Fact]
    public void A_letter_that_names_a_meeting_answers_it() =>
        new DyadStory().Both(0).Me(6 * Hour, InteractionKind.Reply, replyTo: 1).Tie(3).ReplyHoursOut!.Value.ShouldBe(6, 1e-9);

    [Fact]
    public void An_answer_in_the_same_instant_has_no_latency()
    {
        var tie = new DyadStory().Me(0).Them(0).Tie(3);
        tie.ReplyHoursIn.ShouldBeNull();
        tie.Evidence.Replies.In.ShouldBe(1);
    }

    [Fact]
    public void Asymmetry_is_the_logarithm_of_who_lets_whom_wait()
    {
        // They take 2 h, I take 8 h: ln 4.
        var events = new DyadStory().Me(0).Them(2 * Hour).Me(10 * Hour).Events();
        var detail = DyadMeasures.TieDetail("them", events, true, DyadStory.At(1), MeasureOptions.Default).ShouldNotBeNull();
        detail.ResponseAsymmetry!.Value.ShouldBe(Math.Log(4), 1e-9);
        DyadMeasures.ResponseAsymmetry(3, null).ShouldBeNull();
    }
}
