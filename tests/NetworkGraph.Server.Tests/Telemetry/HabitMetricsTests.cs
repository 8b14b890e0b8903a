using NetworkGraph.Server.Tests.Http;

namespace NetworkGraph.Server.Tests.Telemetry;

/// <summary>
/// Scrapes are read alone: a process has one set of meters, so servers of other tests would be in them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Scrapes
{
    public const string Name = "scrapes";
}

[Collection(Scrapes.Name)]
public class HabitMetricsTests(HabitServer fixture) : IClassFixture<HabitServer>
{
    [Fact(Timeout = 60_000)]
    public async Task Habits_are_in_the_metrics_by_kind()
    {
        // They are counted a little after the interactions can be seen.
        await fixture.Server.UntilAsync("archetypes are counted", "/metrics",
            answer => answer.Body.Contains("networkgraph_archetypes{archetype=\"gossip\"} 1", StringComparison.Ordinal));
        var metrics = (await fixture.Server.GetAsync("/metrics")).Body;
        metrics.ShouldContain("networkgraph_warnings{warning=\"unwanted-persistence\"} 1");
        metrics.ShouldNotContain("ron");
    }
}
