using NetworkGraph.LoadTests.Simulation;

namespace NetworkGraph.LoadTests.Tests;

public class SimulationTests
{
    [Fact]
    public void Simulated_worlds_keep_what_was_acknowledged()
    {
        var (faults, steps, kills) = SimulateCommand.RunAll(
            first: 1, count: 60, threads: 2, merges: false, TestContext.Current.CancellationToken);
        faults.SelectMany(world => world.Value.Select(fault => $"seed {world.Key}: {fault}")).ShouldBeEmpty();
        steps.ShouldBeGreaterThan(10_000);
        kills.ShouldBeGreaterThan(50);
    }
}
