using NetworkGraph.Conformance.Log;

namespace NetworkGraph.Cluster.Tests;

/// <summary>Memory is that of the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone in the process";
}

[Collection(Alone.Name)]
public sealed class GrainMemoryTests(ITestOutputHelper output)
{
    private const long AsOfMs = SampleRecords.StartMs + 400L * 86_400_000;

    [Fact]
    public async Task An_active_grain_costs_memory_for_its_own_records_only()
    {
        const int People = 1000, Each = 20;
        var now = TestContext.Current.CancellationToken;
        await using var silos = await TestSilos.StartAsync();
        await silos.AppendAsync([.. Enumerable.Range(0, People * Each).Select(number => SampleRecords.Between($"m{number}", $"busy{number % People}", $"friend{number % 7}"))]);
        await silos.People.PersonAsync("nobody", AsOfMs, now);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var person = 0; person < People; person++) await silos.People.PersonAsync($"busy{person}", AsOfMs, now);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / People;
        output.WriteLine($"{bytes} bytes an active grain with {Each} interactions, of {People} grains, runtime included");
        bytes.ShouldBeLessThan(1 << 17);
    }
}
