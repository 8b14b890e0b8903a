using NetworkGraph.LoadTests.Damage;
using NetworkGraph.LoadTests.Simulation;

namespace NetworkGraph.LoadTests.Tests;

public class SimulationTests
{
    [Fact]
    public void Simulated_worlds_keep_what_was_acknowledged()
    {
        var (faults, steps, kills) = SimulateCommand.RunAll(first: 1, count: 60, threads: 2, merges: false, TestContext.Current.CancellationToken);
        faults.SelectMany(world => world.Value.Select(fault => $"seed {world.Key}: {fault}")).ShouldBeEmpty();
        steps.ShouldBeGreaterThan(10_000);
        kills.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Damage_to_a_folder_is_refused_or_harmless()
    {
        using var damage = new FolderDamage();
        await damage.PrepareAsync(seed: 7, TestContext.Current.CancellationToken);
        foreach (var file in Enum.GetValues<DamagedFile>())
            (await damage.RunAsync(file, rounds: 25, seed: 7, TestContext.Current.CancellationToken)).SilentlyWrong.ShouldBeEmpty();
    }
}
