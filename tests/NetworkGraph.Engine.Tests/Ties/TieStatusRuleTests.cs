using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Ties;

public class TieStatusRuleTests
{
    private const long Day = 86_400_000;
    private static readonly StatusThresholds s_thresholds = StatusThresholds.Default;

    /// <summary>Two people in touch every week, ten contacts each, for the last time on day 700.</summary>
    private static readonly DyadFacts s_weekly = new()
    {
        StrengthOut = 5,
        StrengthIn = 5,
        FirstContactMs = 0,
        LastContactMs = 700 * Day,
        RhythmDays = 7,
        Episodes = 10,
        Interactions = 20,
        ContactsOut = 10,
        ContactsIn = 10,
    };

    [Theory]
    [InlineData(7, 730, TieStatus.Active)]
    [InlineData(7, 731, TieStatus.Cooling)]
    [InlineData(7, 880, TieStatus.Cooling)]
    [InlineData(7, 881, TieStatus.Dormant)]
    [InlineData(91, 973, TieStatus.Active)]
    [InlineData(91, 974, TieStatus.Cooling)]
    [InlineData(91, 1428, TieStatus.Cooling)]
    [InlineData(91, 1429, TieStatus.Dormant)]
    [InlineData(365, 1250, TieStatus.Active)]
    [InlineData(365, 1251, TieStatus.Cooling)]
    [InlineData(365, 1795, TieStatus.Cooling)]
    [InlineData(365, 1796, TieStatus.Dormant)]
    [InlineData(float.NaN, 760, TieStatus.Active)]
    [InlineData(float.NaN, 761, TieStatus.Cooling)]
    [InlineData(float.NaN, 1065, TieStatus.Cooling)]
    [InlineData(float.NaN, 1066, TieStatus.Dormant)]
    public void Silence_is_held_against_the_rhythm_within_bounds(float rhythmDays, int day, TieStatus status)
    {
        var facts = s_weekly with { RhythmDays = rhythmDays };
        TieStatusRule.Of(in facts, day * Day, s_thresholds).ShouldBe(status);
    }

    [Fact]
    public void First_match_wins()
    {
        var facts = s_weekly with { FirstContactMs = 690 * Day, BurntFromMs = 710 * Day };
        TieStatusRule.Of(in facts, 720 * Day, s_thresholds).ShouldBe(TieStatus.New);
        TieStatusRule.Of(in facts, 721 * Day, s_thresholds).ShouldBe(TieStatus.Burnt);
        facts = facts with { ContactsOut = 0, ContactsIn = 0 };
        TieStatusRule.Of(in facts, 705 * Day, s_thresholds).ShouldBe(TieStatus.Nominal);
        TieStatusRule.Of(in facts, 710 * Day, s_thresholds).ShouldBe(TieStatus.Burnt);
        facts = s_weekly with { ContactsOut = 0 };
        TieStatusRule.Of(in facts, 880 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
        TieStatusRule.Of(in facts, 881 * Day, s_thresholds).ShouldBe(TieStatus.Lapsed);
        facts = s_weekly with { ContactsOut = 2 };
        TieStatusRule.Of(in facts, 881 * Day, s_thresholds).ShouldBe(TieStatus.Lapsed);
        facts = s_weekly with { Episodes = 1 };
        TieStatusRule.Of(in facts, 881 * Day, s_thresholds).ShouldBe(TieStatus.Lapsed);
        facts = s_weekly with { ContactsOut = 3, Episodes = 2 };
        TieStatusRule.Of(in facts, 881 * Day, s_thresholds).ShouldBe(TieStatus.Dormant);
    }

    [Fact]
    public void Both_people_see_the_same()
    {
        var facts = s_weekly with { ContactsOut = 0 };
        var reversed = facts.Reversed();
        TieStatusRule.Of(in facts, 705 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
        TieStatusRule.Of(in reversed, 705 * Day, s_thresholds).ShouldBe(TieStatus.OneSided);
    }

    [Fact]
    public void Thresholds_can_be_moved()
    {
        var patient = s_thresholds with { CoolingMinDays = 100 };
        TieStatusRule.Of(in s_weekly, 760 * Day, patient).ShouldBe(TieStatus.Active);
        patient.Validate().ShouldBeEmpty();
    }
}
