using NetworkGraph.Engine.Learning;

namespace NetworkGraph.Engine.Tests.Learning;

public class RidgeLogisticTests
{
    private static readonly double s_free = double.PositiveInfinity;

    [Fact]
    public void Without_rows_it_is_the_prior_within_the_bounds() =>
        RidgeLogistic.Fit([], [], [], [1, -2, 3], [1, 1, 1], [-s_free, 0, -s_free], [s_free, s_free, 2]).ShouldBe([1.0, 0, 2]);

    [Fact]
    public void A_constant_alone_is_the_log_odds_of_the_share()
    {
        var fitted = RidgeLogistic.Fit([1, 1, 1, 1], [true, false, false, false], [1, 1, 1, 1], [0], [1e-9], [-s_free], [s_free]);
        fitted[0].ShouldBe(Math.Log(1 / 3.0), 1e-6);
    }

    [Fact]
    public void A_strong_pull_leaves_the_prior() =>
        RidgeLogistic.Fit([1, 1], [true, true], [1, 1], [-1], [1e9], [-s_free], [s_free])[0].ShouldBe(-1, 1e-6);

    /// <summary>At the least loss no weight can be moved to advantage: the slope is 0, or points out of the bounds.</summary>
    [Fact]
    public void No_weight_can_be_moved_to_advantage()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var features = random.Next(1, 6);
            var count = random.Next(0, 60);
            double[] rows = [.. Enumerable.Range(0, count * features).Select(_ => 2 * random.NextDouble() - 1)];
            bool[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0)];
            double[] weights = [.. Enumerable.Range(0, count).Select(_ => 3 * random.NextDouble())];
            double[] prior = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)];
            double[] pull = [.. Enumerable.Range(0, features).Select(_ => 0.05 + random.NextDouble())];
            double[] lower = [.. Enumerable.Range(0, features).Select(_ => random.Next(2) == 0 ? 0 : -s_free)];
            double[] upper = [.. Enumerable.Range(0, features).Select(_ => random.Next(2) == 0 ? 0.3 : s_free)];

            var fitted = RidgeLogistic.Fit(rows, labels, weights, prior, pull, lower, upper);

            var least = Loss(fitted);
            for (var j = 0; j < features; j++)
            {
                fitted[j].ShouldBeInRange(lower[j], upper[j]);
                foreach (var by in (double[])[-1e-3, 1e-3])
                {
                    double[] moved = [.. fitted];
                    moved[j] = Math.Clamp(moved[j] + by, lower[j], upper[j]);
                    Loss(moved).ShouldBeGreaterThanOrEqualTo(least - 1e-9);
                }
            }

            double Loss(double[] theta)
            {
                var loss = 0.0;
                for (var i = 0; i < count; i++)
                {
                    var p = RidgeLogistic.Probability(theta, rows.AsSpan(i * features, features));
                    loss -= weights[i] * Math.Log(labels[i] ? p : 1 - p);
                }
                for (var j = 0; j < features; j++) loss += pull[j] * (theta[j] - prior[j]) * (theta[j] - prior[j]) / 2;
                return loss;
            }
        }
    }
}
