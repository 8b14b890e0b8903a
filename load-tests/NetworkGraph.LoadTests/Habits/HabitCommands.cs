using System.CommandLine;
using System.Globalization;
using NetworkGraph.Demo;

namespace NetworkGraph.LoadTests.Habits;

internal static class HabitCommands
{
    private const double Wanted = 0.9;

    public static IEnumerable<Command> All() => [Accuracy(), Habits()];

    private static Command Accuracy()
    {
        var seeds = new Option<ulong[]>("--seeds")
        { Description = "Networks to look at.", DefaultValueFactory = _ => [1, 2, 3, 4, 5], AllowMultipleArgumentsPerToken = true };
        var people = new Option<int>("--people") { Description = "People in each.", DefaultValueFactory = _ => 2000 };
        var years = new Option<int>("--years") { Description = "How long each has lived.", DefaultValueFactory = _ => 3 };
        var command = new Command(
            "accuracy", "Compares archetypes and warnings with what was planted in demo networks: precision and recall of each. Fails "
            + "below 0.9.")
        { seeds, people, years };
        command.SetAction((parsed, cancellation) =>
            AccuracyAsync(parsed.GetValue(seeds)!, parsed.GetValue(people), parsed.GetValue(years), Console.Out, cancellation));
        return command;
    }

    private static async Task<int> AccuracyAsync(ulong[] seeds, int people, int years, TextWriter output, CancellationToken cancellation)
    {
        var isGood = true;
        foreach (var seed in seeds)
        {
            var accuracy = new HabitAccuracy(
                new DemoOptions
                {
                    Seed = seed,
                    People = people,
                    Years = years,
                    Until = new DateTimeOffset(2026, 5, 20, 15, 30, 0, TimeSpan.Zero)
                });
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: {people} people, {accuracy.Interactions} interactions"));
            foreach (var line in await accuracy.MeasureAsync(cancellation))
            {
                isGood &= line.Precision >= Wanted && line.Recall >= Wanted;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {line.Name,-22} planted {line.Planted,5}  found {line.Found,5}  precision {line.Precision:F3}  recall "
                        + $"{line.Recall:F3}"));
            }
        }
        output.WriteLine(isGood ? "All are at 0.9 or above." : "Some are below 0.9.");
        return isGood ? 0 : 1;
    }

    private static Command Habits()
    {
        var people = new Option<int>("--people") { Description = "People in the generated network.", DefaultValueFactory = _ => 100_000 };
        var interactions = new Option<int>("--interactions") { Description = "Interactions in it.", DefaultValueFactory = _ => 5_000_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "habits", "Times the habits of one person with 10,000 interactions, of a whole network, and of the people that interactions "
            + "change.")
        { people, interactions, seed };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => HabitBenchmarks.RunAsync(
                parsed.GetValue(people), parsed.GetValue(interactions), parsed.GetValue(seed), TimeProvider.System, Console.Out,
                cancellation),
            cancellation));
        return command;
    }
}
