using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NetworkGraph.Analytics;
using NetworkGraph.Demo;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Demo;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>demo</c>: a synthetic network in a data folder of its own, served as <c>serve</c> serves any other.</summary>
public static class DemoVerb
{
    private const string DefaultFolder = "./data/demo";
    private const int DefaultPeople = 2000;
    private const ulong DefaultSeed = 1;

    private static readonly Option<int?> s_people = new("--people")
    {
        Description = $"How many people, {DemoOptions.MinPeople} to {DemoOptions.MaxPeople} (default {DefaultPeople}).",
        HelpName = "number",
    };

    private static readonly Option<ulong?> s_seed = new(
        "--seed")
    { Description = $"Same seed, same network (default {DefaultSeed}).", HelpName = "number" };

    private static readonly Option<string?> s_until = new("--until")
    {
        Description = "When the network ends, 2026-01-31 or 2026-01-31T12:00:00Z (default: the last midnight UTC).",
        HelpName = "date",
    };

    private static readonly Option<string> s_data = new("--data")
    {
        Description = $"The folder to fill (default {DefaultFolder}). One that holds a demo network already is served as it is, with "
            + $"what was added to it; "
            + "one that holds anything else is left alone.",
        HelpName = "dir",
        DefaultValueFactory = _ => DefaultFolder,
    };

    public static Command Create()
    {
        var demo = new Command("demo", "Make up a professional network and serve it.") { s_people, s_seed, s_until, s_data };
        foreach (var option in ServeVerb.OptionsWithoutData) demo.Options.Add(option);
        demo.SetAction((parsed, cancellation) => DemoAsync(parsed, TimeProvider.System, cancellation));
        return demo;
    }

    private static async Task<int> DemoAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(s_data);
        if (await ServeVerb.ConfigureAsync(parsed, InFolder(folder)) is not var (builder, options)) return ExitCodes.Usage;
        var errors = new List<string>();
        var note = Read(parsed, DemoFolder.ReadNote(folder), time, errors);
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        if (PortCheck.WhyNotFree(options) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return ExitCodes.Failed;
        }
        DemoNetwork network;
        try
        {
            network = DemoNetwork.Generate(new DemoOptions { People = note.People, Seed = note.Seed, Until = note.Until });
            if (!await FillAsync(folder, network, note, time, cancellation)) return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Stopped. The next start goes on filling {folder}.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (
            failure is LogUnavailableException or LogCorruptedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
        builder.Services.AddSingleton(network.Truth);
        builder.Services.AddHostedService<DemoVerbWelcome>();
        return await ServeVerb.RunAsync(builder, options, time, cancellation);
    }

    /// <summary>The network asked for: what was not said is as in the folder, or the default where the folder has none.</summary>
    private static DemoNote Read(ParseResult parsed, DemoNote? there, TimeProvider time, List<string> errors)
    {
        var people = parsed.GetValue(s_people) ?? there?.People ?? DefaultPeople;
        if (people is < DemoOptions.MinPeople or > DemoOptions.MaxPeople)
            errors.Add($"--people {people} is not between {DemoOptions.MinPeople} and {DemoOptions.MaxPeople}.");
        var until = there?.Until ?? new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero);
        if (parsed.GetValue(s_until) is { } text)
        {
            if (VerbDate.Parse(text, "--until", time, out var reason) is { } unixMs)
                until = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
            else errors.Add(reason);
        }
        if (until.Year < 1910) errors.Add("--until lies before 1910.");
        return new DemoNote(people, parsed.GetValue(s_seed) ?? there?.Seed ?? DefaultSeed, until);
    }

    private static async Task<bool> FillAsync(
        string folder, DemoNetwork network, DemoNote note, TimeProvider time, CancellationToken cancellation)
    {
        DemoFilling filling;
        using (var line = new ProgressLine(time))
            filling = await DemoFolder.FillAsync(
                folder, network, note, (done, of) => line.Show("Writing the demo network", done, of), cancellation);
        if (filling is DemoFilling.SomethingElse)
        {
            var there = DemoFolder.ReadNote(folder);
            await Console.Error.WriteLineAsync(
                $"{folder} holds {(there is null ? "something else than a demo network" : $"another demo network ({there})")}, and "
                + $"was left as it is. "
                + "Name another folder with --data, or remove this one.");
            return false;
        }
        var done = filling is DemoFilling.Reused ? "Found the" : "Wrote a";
        await Console.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture,
            $"{done} demo network in {folder}: {note}, {network.InteractionCount:N0} interactions."));
        if (filling is DemoFilling.Reused && note.Until < time.GetUtcNow().AddDays(-1))
            await Console.Out.WriteLineAsync($"It ends at {note.Until:yyyy-MM-dd}; remove the folder for one that ends today.");
        return true;
    }

    /// <summary>The network lies in a folder, wherever the settings keep other logs.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> InFolder(string folder) =>
    [
        new($"{ServerOptions.Section}:{nameof(ServerOptions.Data)}", folder),
        new($"{ServerOptions.Section}:{nameof(ServerOptions.Log)}", "sqlite"),
        new($"{ServerOptions.Section}:{nameof(ServerOptions.Postgres)}", ""),
    ];
}

/// <summary>Once all of the demo network is visible: says where, and what to ask it.</summary>
internal sealed class DemoVerbWelcome(
    LogFold fold, NetworkQueries queries, IServer server, IHostApplicationLifetime lifetime, DemoGroundTruth truth, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_lookEvery, time);
        while (!IsReady && await timer.WaitForNextTickAsync(stoppingToken))
        {
            // The server may stop before it is ever ready; the timer then ends with it.
        }
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
        var paths = await DemoSuggestions.FindAsync(queries, truth, stoppingToken);
        await Console.Out.WriteLineAsync(
            $"The demo network is at {address}. Try:\n{string.Concat(paths.Select(path => $"  curl '{address}{path}'\n"))}Ctrl+C ends it.");
    }

    private bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && fold.Ready.IsCompletedSuccessfully;
}
