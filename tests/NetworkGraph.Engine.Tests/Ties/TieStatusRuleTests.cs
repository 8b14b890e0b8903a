using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Ties;

public class TieStatusRuleTests
{
    private const long Day = 86_400_000;
    private static readonly StatusThresholds s_thresholds = StatusThresholds.Default;

    /// <summary>Two people who spoke ten times each, weekly, for the last time on day 700.</summary>
    private static readonly DyadFacts s_weekly = new()
    {
        StrengthOut = 5,
        StrengthIn = 5,
        FirstContactMs = 0,
        LastContactMs = 700 * Day,
        MedianGapDays = 7,
        Interactions = 20,
        MessageLikeOut = 10,
        MessageLikeIn = 10,
    };

    [Theory]
    [InlineData(700, TieStatus.Active)]
    [InlineData(730, TieStatus.Active)]
    [InlineData(731, TieStatus.Cooling)]
    [InlineData(1065, TieStatus.Cooling)]
    [InlineData(1066, TieStatus.Dormant)]
    public void Silence_cools_a_tie_and_then_puts_it_to_sleep(int day, TieStatus status) =>
        TieStatusRule.Of(in s_weekly, day * Day, s_thresholds).ShouldBe(status);

    [Fact]
    public void The_first_match_wins()
    {
        var facts = s_weekly with { FirstContactMs = 690 * Day, Burnt = true, MessageLikeOut = 0, MessageLikeIn = 0 };
        TieStatusRule.Of(in facts, 720 * Day, s_thresholds).ShouldBe(TieStatus.New);
        TieStatusRule.Of(in facts, 2000 * Day, s_thresholds).ShouldBe(TieStatus.Burnt);
        facts = facts with { Burnt = false };
        TieStatusRule.Of(in facts, 2000 * Day, s_thresholds).ShouldBe(TieStatus.Nominal);
        facts = facts with { MessageLikeIn = 9 };
        TieStatusRule.Of(in facts, 2000 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
        facts = facts with { MessageLikeOut = 2 };
        TieStatusRule.Of(in facts, 2000 * Day, s_thresholds).ShouldBe(TieStatus.Lapsed);
        facts = facts with { MessageLikeOut = 3 };
        TieStatusRule.Of(in facts, 2000 * Day, s_thresholds).ShouldBe(TieStatus.Dormant);
    }

    [Fact]
    public void Both_people_see_the_same()
    {
        var facts = s_weekly with { MessageLikeOut = 0 };
        var reversed = facts.Reversed();
        TieStatusRule.Of(in facts, 705 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
        TieStatusRule.Of(in reversed, 705 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
    }

    [Fact]
    public void Thresholds_can_be_moved()
    {
        var patient = s_thresholds with { CoolingAfterDays = 100 };
        TieStatusRule.Of(in s_weekly, 760 * Day, 0.9, patient).ShouldBe(TieStatus.Active);
        patient.Validate().ShouldBeEmpty();
    }
}
