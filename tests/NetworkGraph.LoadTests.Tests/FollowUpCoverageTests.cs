using NetworkGraph.LoadTests.Accuracy;

namespace NetworkGraph.LoadTests.Tests;

public class FollowUpCoverageTests
{
    [Fact]
    public void Bounds_of_follow_up_rates_hold_the_truth()
    {
        foreach (var (name, hours) in FollowUpCoverage.Rates)
        {
            var result = FollowUpCoverage.Measure(600, seed: 1, hours);
            result.Coverage.ShouldBeGreaterThanOrEqualTo(0.93, name);
            Math.Abs(result.Bias).ShouldBeLessThanOrEqualTo(0.01, name);
        }
    }
}
