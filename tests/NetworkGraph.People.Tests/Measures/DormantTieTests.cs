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
        tie.Balance.ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void Three_of_four_letters_answered_is_four_sixths()
    {
        var tie = Dormant(new DyadStory().Letters(0, 3, 40).Me(200), 1);
        (tie.Evidence.Sent, tie.Evidence.Answered).ShouldBe((4, 3));
        tie.AnswerProbability.ShouldBe(4 / 6.0);
    }

    [Fact]
    public void An_answer_named_but_late_is_not_in_time() =>
        Dormant(new DyadStory().Me(0).Them(20, InteractionKind.Reply, replyTo: 1), 1).Evidence.Answered.ShouldBe(0);

    [Fact]
    public void Meetings_are_no_approaches() => Dormant(new DyadStory().Both(0).Both(1), 1).AnswerProbability.ShouldBe(0.5);

    [Fact]
    public void The_value_is_the_product_of_its_parts()
    {
        var tie = Dormant(new DyadStory().Both(0).Both(0).Both(0), 0.5);
        tie.Evidence.PeakShare.ShouldBe(0.9, 1e-12);
        tie.ReconnectValue!.Value.ShouldBe(0.9 * 1 * 0.5 * 0.5, 1e-12);
    }

    [Fact]
    public void Without_a_novelty_there_is_no_value() => Dormant(new DyadStory().Both(0), null).ReconnectValue.ShouldBeNull();

    [Fact]
    public void What_was_never_mutual_is_worth_nothing()
    {
        var tie = Dormant(new DyadStory().Me(0).Me(1), 1);
        (tie.PeakStrength, tie.ReconnectValue, tie.Evidence.PeakAt).ShouldBe((0, 0, null));
    }

    private static DormantTie Dormant(DyadStory story, double? novelty) =>
        DyadMeasures.DormantTie("them", story.Events(), true, DyadStory.At(900), novelty, MeasureOptions.Default).ShouldNotBeNull();
}
