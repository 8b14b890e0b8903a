using NetworkGraph.Demo;
using NetworkGraph.LoadTests.Habits;

namespace NetworkGraph.LoadTests.Tests;

/// <summary>Every habit planted in a demo network is found again, and little else.</summary>
public class HabitAccuracyTests
{
    private const int MinCases = 20;

    [Theory]
    [InlineData(3)]
    [InlineData(42)]
    public async Task Planted_archetypes_and_warnings_are_recovered(ulong seed)
    {
        var accuracy = new HabitAccuracy(new DemoOptions { Seed = seed, Until = new DateTimeOffset(2026, 5, 20, 15, 30, 0, TimeSpan.Zero) });
        var lines = await accuracy.MeasureAsync(RealData.Stop);
        lines.Count.ShouldBe(21);
        foreach (var line in lines)
        {
            line.Planted.ShouldBeGreaterThan(0, line.Name);
            // A share of fewer than twenty cases says nothing either way.
            if (line.Planted < MinCases) continue;
            line.Precision.ShouldBeGreaterThanOrEqualTo(0.9, line.Name);
            line.Recall.ShouldBeGreaterThanOrEqualTo(0.9, line.Name);
        }
    }
}
