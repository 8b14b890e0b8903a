using System.CommandLine;
using System.Globalization;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>Many simulated worlds, one a seed; a seed that fails is repeated with <c>--seed</c>.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<int>("--seed") { Description = "The first seed; with --seeds 1 the only one.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Worlds at once; 0 for all processors.", DefaultValueFactory = _ => 0 };
        var apart = new Option<bool>("--without-merges") { Description = "Nobody is merged with anybody." };
        var command = new Command(
            "simulate",
            "Simulates the log, its fold, erasure, aliases, retraction, checkpoints and restarts under faults, on a clock of its own, and "
                + "compares with what "
            + "was acknowledged. Ends with 1 where a world fails; '--seed N --seeds 1' repeats it.")
        { seeds, seed, threads, apart };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Run(parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(threads), !parsed.GetValue(apart),
            TimeProvider.System, cancellation), cancellation));
        return command;
    }

    /// <summary>The faults of each world that had some, by seed; and how many steps and kills there were.</summary>
    public static (IReadOnlyDictionary<int, IReadOnlyList<string>> Faults, long Steps, long Kills) RunAll(
        int first, int count, int threads, bool merges, CancellationToken cancellation)
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Path.Combine(
            root, string.Create(CultureInfo.InvariantCulture, $"networkgraph-simulation-{Environment.ProcessId}-{first}"));
        var faults = new SortedDictionary<int, IReadOnlyList<string>>();
        var (steps, kills) = (0L, 0L);
        try
        {
            Parallel.For(first, first + count,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
                    CancellationToken = cancellation
                }, seed =>
                {
                    using var world = new SimulatedWorld(seed, Path.Combine(folder, seed.ToString(CultureInfo.InvariantCulture)), merges);
                    var found = world.Run();
                    lock (faults)
                    {
                        if (found.Count > 0) faults[seed] = found;
                        steps += world.Steps;
                        kills += world.Kills;
                    }
                });
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        return (faults, steps, kills);
    }

    private static int Run(int first, int count, int threads, bool merges, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var (faults, steps, kills) = RunAll(first, count, threads, merges, cancellation);
        foreach (var (seed, found) in faults.Take(20))
        {
            Console.WriteLine($"seed {seed}:");
            foreach (var fault in found.Take(5)) Console.WriteLine($"  {fault}");
        }
        var took = time.GetElapsedTime(started);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} worlds, {kills:N0} kills, {steps:N0} steps in {took.TotalSeconds:N0} s ({count / took.TotalMinutes:N0} worlds a "
                + $"minute), {faults.Count:N0} failed."));
        return faults.Count == 0 ? 0 : 1;
    }
}
