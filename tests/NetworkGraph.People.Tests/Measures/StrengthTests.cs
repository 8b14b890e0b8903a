using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>Strengths, balances and ledgers with numbers worked out by hand.</summary>
public class StrengthTests
{
    [Theory]
    [InlineData(InteractionKind.Message, 1)]
    [InlineData(InteractionKind.Reply, 1)]
    [InlineData(InteractionKind.Connect, 0.2)]
    [InlineData(InteractionKind.Accept, 0.5)]
    [InlineData(InteractionKind.Decline, 0)]
    [InlineData(InteractionKind.Reaction, 0.1)]
    [InlineData(InteractionKind.Comment, 0.3)]
    [InlineData(InteractionKind.Endorsement, 1)]
    [InlineData(InteractionKind.Introduction, 3)]
    [InlineData(InteractionKind.Referral, 3)]
    [InlineData(InteractionKind.Favour, 3)]
    [InlineData(InteractionKind.Transaction, 0.5)]
    [InlineData(InteractionKind.Application, 0.2)]
    public void A_kind_weighs_what_the_table_says_and_one_way(InteractionKind kind, double weight)
    {
        var tie = new DyadStory().Me(0, kind).Tie(0);
        tie.StrengthOut.ShouldBe(weight);
        tie.StrengthIn.ShouldBe(0);
    }

    [Theory]
    [InlineData(InteractionKind.Meeting, 3)]
    [InlineData(InteractionKind.Call, 2)]
    public void A_mutual_kind_weighs_in_both_directions(InteractionKind kind, double weight)
    {
        var tie = new DyadStory().Both(0, kind).Tie(0);
        tie.StrengthOut.ShouldBe(weight);
        tie.StrengthIn.ShouldBe(weight);
        tie.Balance.ShouldBe(1);
        (tie.InteractionsOut, tie.InteractionsIn, tie.Evidence.Interactions).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void A_message_to_four_weighs_a_quarter_towards_each() =>
        new DyadStory().Me(0, recipients: 4).Tie(0).StrengthOut.ShouldBe(0.25);

    [Theory]
    [InlineData(Exchange.Gossip)]
    [InlineData(Exchange.Complaint)]
    public void Gossip_and_complaints_weigh_nothing(Exchange exchange) =>
        new DyadStory().Me(0, exchange: exchange).Tie(0).StrengthOut.ShouldBe(0);

    [Fact]
    public void A_message_is_worth_half_after_one_half_life_and_a_quarter_after_two()
    {
        var story = new DyadStory().Me(0);
        story.Tie(180).StrengthOut.ShouldBe(0.5, 1e-12);
        story.Tie(360).StrengthOut.ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void Strengths_add_up_as_they_decay()
    {
        // A meeting (3) a year of 360 days ago and a message (1) 180 days ago: 3/4 + 1/2; they: only the meeting.
        var tie = new DyadStory().Both(0).Me(180).Tie(360);
        tie.StrengthOut.ShouldBe(1.25, 1e-12);
        tie.StrengthIn.ShouldBe(0.75, 1e-12);
        tie.Balance!.Value.ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void A_history_of_centuries_of_half_lives_keeps_its_balance_and_its_direction()
    {
        var story = new DyadStory().Me(0).Me(0).Them(0);
        story.Tie(180 * 2000.0).Balance!.Value.ShouldBe(2 / 3.0, 1e-12);
        DyadMeasures.Facts(story.Events(), MeasureOptions.Default.DecayAt(DyadStory.At(180 * 2000.0)), MeasureOptions.Default)
            .StrengthOut.ShouldBe(DyadMeasures.MinStrength);
    }

    [Fact]
    public void Gives_and_asks_are_kept_apart_by_direction_and_kind()
    {
        var events = new DyadStory()
            .Me(0, exchange: Exchange.Give).Me(1, exchange: Exchange.Give).Me(2, InteractionKind.Favour, Exchange.Give)
            .Them(3, exchange: Exchange.Ask).Them(4, exchange: Exchange.Give).Them(5, exchange: Exchange.Advice).Events();
        var ledger = DyadMeasures.TieDetail("them", events, true, DyadStory.At(6), MeasureOptions.Default).ShouldNotBeNull().Ledger;
        (ledger.Gives.Out, ledger.Gives.In, ledger.Asks.Out, ledger.Asks.In).ShouldBe((3, 1, 0, 1));
        ledger.Exchanges["give"].Balance.ShouldBe(0.5);
        ledger.Exchanges["advice"].Balance.ShouldBe(0);
        ledger.Kinds["message"].Gives.Out.ShouldBe(2);
        ledger.Kinds["message"].Balance.ShouldBe(0.8);
        ledger.Kinds["favour"].Out.ShouldBe(1);
        ledger.Kinds.Keys.ShouldNotContain("call");
    }

    [Fact]
    public void The_history_in_short_names_years_days_and_the_longest_gap()
    {
        var events = new DyadStory().Me(0).Them(0.5).Both(10).Me(400, InteractionKind.Favour, Exchange.Give).Events();
        var history = DyadMeasures.TieDetail("them", events, true, DyadStory.At(401), MeasureOptions.Default).ShouldNotBeNull().History;
        history.ActiveDays.ShouldBe(3);
        history.LongestGapDays.ShouldBe(390);
        (history.LastKind, history.LastExchange).ShouldBe(("favour", "give"));
        history.Years.ShouldBe([new(2020, 2, 2), new(2021, 1, 0)]);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(29, null)]
    [InlineData(30, 30.0)]
    public void Two_episodes_are_a_rhythm_from_thirty_days(double gapDays, double? rhythm) =>
        new DyadStory().Me(0).Them(gapDays).Tie(200).RhythmDays.ShouldBe(rhythm);

    [Fact]
    public void An_episode_ends_with_a_pause_of_three_days_or_after_seven()
    {
        new DyadStory().Me(0).Them(2.9).Tie(9).Episodes.ShouldBe(1);
        new DyadStory().Me(0).Them(3).Tie(9).Episodes.ShouldBe(2);
        new DyadStory().Me(0).Them(2).Me(4).Them(6).Me(6.9).Tie(9).Episodes.ShouldBe(1);
        new DyadStory().Me(0).Them(2).Me(4).Them(6).Me(7).Tie(9).Episodes.ShouldBe(2);
    }

    [Fact]
    public void The_rhythm_is_the_median_between_starts_of_episodes_not_between_messages()
    {
        var story = new DyadStory();
        for (var month = 0; month < 4; month++) story.Me(month * 30).Them(month * 30 + 0.1).Me(month * 30 + 0.2).Them(month * 30 + 0.5);
        story.Tie(100).RhythmDays.ShouldBe(30);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1000)]
    public void The_median_of_many_gaps_is_that_of_the_sorted_ones(int count)
    {
        var random = new Random(count);
        for (var round = 0; round < 50; round++)
        {
            var values = new long[count - round % 2];
            for (var i = 0; i < values.Length; i++) values[i] = random.Next(round % 3 == 0 ? 3 : 1_000_000);
            var expected = NaiveMeasures.MedianOf(values.Select(v => (double)v));
            Median.Of(values).ShouldBe(expected!.Value);
        }
    }
}
