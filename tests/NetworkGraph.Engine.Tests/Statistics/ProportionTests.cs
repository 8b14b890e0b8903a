using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Statistics;

namespace NetworkGraph.Engine.Tests.Statistics;

public class ProportionTests
{
    private static readonly Arbitrary<(int Successes, int Trials)> s_counts = Arb.From(
        from trials in Gen.Choose(1, 3000)
        from successes in Gen.Choose(0, trials)
        select (successes, trials));

    [Theory]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe 1998, table I
    [InlineData(15, 148, 0.0624, 0.1605)]
    public void Wilsons_interval_is_as_in_the_tables(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);
        interval.Low.ShouldBe(low, 5e-5);
        interval.High.ShouldBe(high, 5e-5);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)] // Newcombe 1998, table II, method 10
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    public void The_difference_is_as_in_the_tables(int successes1, int trials1, int successes2, int trials2, double low, double high)
    {
        var interval = NewcombeDifference.Of(successes1, trials1, successes2, trials2);
        interval.Low.ShouldBe(low, 5e-5);
        interval.High.ShouldBe(high, 5e-5);
    }

    /// <summary>Wilson's bounds are the shares p at which the seen share is just 1.96 standard deviations of p away.</summary>
    [Fact]
    public void Wilsons_bounds_solve_what_they_are_defined_by() =>
        Prop.ForAll(s_counts, counts =>
        {
            var (successes, trials) = counts;
            var interval = WilsonInterval.Of(successes, trials);
            var seen = successes / (double)trials;
            interval.Low.ShouldBeInRange(0, seen);
            interval.High.ShouldBeInRange(seen, 1);
            foreach (var bound in new[] { interval.Low, interval.High })
                if (bound is > 0 and < 1)
                    (Math.Abs(seen - bound) / Math.Sqrt(bound * (1 - bound) / trials)).ShouldBe(WilsonInterval.Z, 1e-6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Failures_mirror_successes_and_a_difference_mirrors_the_reverse() =>
        Prop.ForAll(s_counts, s_counts, (one, other) =>
        {
            var interval = WilsonInterval.Of(one.Successes, one.Trials);
            var mirrored = WilsonInterval.Of(one.Trials - one.Successes, one.Trials);
            interval.Low.ShouldBe(1 - mirrored.High, 1e-12);
            var difference = NewcombeDifference.Of(one.Successes, one.Trials, other.Successes, other.Trials);
            var reverse = NewcombeDifference.Of(other.Successes, other.Trials, one.Successes, one.Trials);
            difference.Low.ShouldBe(-reverse.High, 1e-12);
            difference.Low.ShouldBeLessThanOrEqualTo(difference.High);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_nothing_there_is_no_interval()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 2));
    }
}
