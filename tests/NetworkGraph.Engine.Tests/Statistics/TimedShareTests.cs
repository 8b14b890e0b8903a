using NetworkGraph.Engine.Statistics;

namespace NetworkGraph.Engine.Tests.Statistics;

public class TimedShareTests
{
    private const double Truth = 0.648;

    [Fact]
    public void Without_censoring_it_is_the_share_with_Wilsons_bounds()
    {
        var share = TimedShare.Of([1, 2, 20, 20], [true, true, false, false], 14)!.Value;
        var wilson = WilsonInterval.Of(2, 4);
        (share.Value, share.Cases).ShouldBe((0.5, 4));
        share.Low.ShouldBe(wilson.Low, 1e-12);
        share.High.ShouldBe(wilson.High, 1e-12);
    }

    [Fact]
    public void Who_was_watched_a_while_only_counts_for_that_while()
    {
        // Of four one answers on day 1 and one is watched until day 3; then one of two answers: 1 − 3/4 · 1/2.
        TimedShare.Of([1, 3, 5, 20], [true, false, true, false], 14)!.Value.Value.ShouldBe(1 - 0.75 * 0.5, 1e-12);
        TimedShare.Of([], [], 14).ShouldBeNull();
        TimedShare.Of([3, 5], [false, false], 14).ShouldBeNull("nobody was watched long enough to say");
    }

    [Theory]
    [InlineData(240, 120)]
    [InlineData(240, 28)]
    [InlineData(60, 60)]
    public void Over_thousands_of_venues_it_is_right_on_average_and_its_bounds_hold(int contacts, double watchedDays)
    {
        const int Venues = 5_000;
        var random = new Random(7);
        var (covered, told) = (0, 0);
        var bias = 0.0;
        for (var venue = 0; venue < Venues; venue++)
        {
            var times = new double[contacts];
            var happened = new bool[contacts];
            for (var contact = 0; contact < contacts; contact++)
            {
                // They met evenly over the days before the question; most answers come early.
                var watched = random.NextDouble() * watchedDays;
                var answer = random.NextDouble() < Truth ? 14 * Math.Pow(random.NextDouble(), 2) : double.PositiveInfinity;
                happened[contact] = answer <= watched;
                times[contact] = Math.Min(answer, watched);
            }
            if (TimedShare.Of(times, happened, 14) is not { } share) continue;
            told++;
            bias += share.Value - Truth;
            if (share.Low <= Truth && Truth <= share.High) covered++;
        }
        told.ShouldBeGreaterThan(Venues * 9 / 10);
        Math.Abs(bias / told).ShouldBeLessThan(0.01);
        ((double)covered / told).ShouldBeGreaterThan(0.93);
    }
}
