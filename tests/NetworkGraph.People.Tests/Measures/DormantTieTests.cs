using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>What reviving a tie is worth, part by part.</summary>
public class DormantTieTests
{
    [Fact]
    public void The_peak_is_the_best_moment_of_the_past_not_the_present()
    {
        // Two meetings on one day: 6 each way; one message 180 days later: √(4·3) < 6.
        var tie = Dormant(new DyadStory().Both(0).Both(0).Me(180), 1);
        tie.PeakStrength.ShouldBe(6);
        tie.Balance.ShouldBe(1);
        tie.Evidence.PeakAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(DyadStory.StartMs));
    }

    [Fact]
    public void The_balance_is_that_of_the_peak()
    {
        // Meeting (3 each way) and two messages of mine at once: 5 and 3, peak √15, balance 6/8.
        var tie = Dormant(new DyadStory().Both(0).Me(0).Me(0), 1);
        tie.PeakStrength.ShouldBe(Math.Sqrt(15), 1e-12);
        tie.Balance!.Value.ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void Three_of_four_letters_were_answered()
    {
        var tie = Dormant(new DyadStory().Letters(0, 3, 40).Me(200), 1);
        (tie.Evidence.Sent, tie.Evidence.Answered).ShouldBe((4, 3));
    }

    [Fact]
    public void An_answer_named_but_late_is_not_in_time() =>
        Dormant(new DyadStory().Me(0).Them(20, InteractionKind.Reply, replyTo: 1), 1).Evidence.Answered.ShouldBe(0);

    [Fact]
    public void Meetings_are_no_approaches() => Dormant(new DyadStory().Both(0).Both(1), 1).Evidence.Sent.ShouldBe(0);

    [Fact]
    public void An_answer_is_the_less_likely_the_longer_the_silence()
    {
        var events = new DyadStory().Letters(0, 3, 40).Events();
        double At(double day) =>
            DyadMeasures.DormantTie("them", events, true, DyadStory.At(day), null, MeasureOptions.Default)!.AnswerProbability;
        At(500).ShouldBeGreaterThan(At(900));
        At(900).ShouldBeGreaterThan(At(3000));
    }

    [Fact]
    public void Asks_that_were_left_unanswered_cost_trust()
    {
        var answered = Dormant(new DyadStory().Letters(0, 2, 40).Me(100, exchange: Exchange.Ask).Them(101), null);
        var ignored = Dormant(new DyadStory().Letters(0, 2, 40).Me(100, exchange: Exchange.Ask).Them(120), null);
        answered.Evidence.AsksAnswered.ShouldBe(1);
        ignored.Evidence.AsksAnswered.ShouldBe(0);
        (ignored.Evidence.Asks, answered.Evidence.Asks).ShouldBe((1, 1));
    }

    [Fact]
    public void Without_a_network_the_value_is_answer_times_trust()
    {
        var tie = Dormant(new DyadStory().Both(0).Both(0).Both(0), 0.5);
        tie.Evidence.PeakShare.ShouldBe(0.9, 1e-12);
        tie.Trust.ShouldBe(0.9, 1e-12);
        tie.ReconnectValue.ShouldBe(0.9 * tie.AnswerProbability, 1e-12);
    }

    [Fact]
    public void Without_a_novelty_trust_alone_ranks()
    {
        var tie = Dormant(new DyadStory().Both(0), null);
        tie.NoveltyKnown.ShouldBeFalse();
        tie.Newness.ShouldBeNull();
        tie.ReconnectValue.ShouldBe(tie.Trust * tie.AnswerProbability, 1e-12);
    }

    [Fact]
    public void What_was_never_mutual_is_worth_nothing()
    {
        var tie = Dormant(new DyadStory().Me(0).Me(1), 1);
        (tie.PeakStrength, tie.ReconnectValue, tie.Evidence.PeakAt).ShouldBe((0, 0, null));
    }

    private static DormantTie Dormant(DyadStory story, double? novelty) =>
        DyadMeasures.DormantTie("them", story.Events(), true, DyadStory.At(900), novelty, MeasureOptions.Default).ShouldNotBeNull();
}
