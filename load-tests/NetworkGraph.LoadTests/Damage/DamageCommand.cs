using System.CommandLine;

namespace NetworkGraph.LoadTests.Damage;

internal static class DamageCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--file")
        {
            Description = "What is damaged: log, wal, checkpoint, or all of them one after the other.",
            DefaultValueFactory = _ =>
        "all"
        };
        file.AcceptOnlyFromAmong("log", "wal", "checkpoint", "all");
        var rounds = new Option<int>("--rounds") { Description = "Damages of each.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same damages.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "damage", "Damages the files of a data folder at random and opens it: it must be refused, or be right. Ends with 1 where it "
            + "is silently wrong.")
        { file, rounds, seed };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(rounds), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, int rounds, int seed, CancellationToken cancellation)
    {
        using var damage = new FolderDamage();
        await damage.PrepareAsync(seed, cancellation);
        var wrong = 0;
        foreach (var kind in Enum.GetValues<DamagedFile>())
        {
            if (file != "all" && !kind.ToString().Equals(file, StringComparison.OrdinalIgnoreCase)) continue;
            var report = await damage.RunAsync(kind, rounds, seed, cancellation);
            await Console.Out.WriteLineAsync($"{kind}: {report}");
            wrong += report.SilentlyWrong.Count;
        }
        return wrong == 0 ? 0 : 1;
    }
}
