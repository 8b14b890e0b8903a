using System.CommandLine;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Host;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// <c>people</c>: who is who in a data folder. The folder must not be served meanwhile; a running server has the same over HTTP.
/// </summary>
public static class PeopleVerb
{
    private static readonly Option<string?> s_data = new(
        "--data")
    { Description = "Where the log lives (default ./data).", HelpName = "dir", Recursive = true };

    private static readonly Option<double> s_from = new(
        "--from")
    { Description = "Only duplicates of at least this probability.", DefaultValueFactory = _ => 0.5 };

    private static readonly Option<string?> s_canonical = new(
        "--canonical")
    {
        Description = "By which id the person is known from here on (default: the one with more interactions).",
        HelpName = "id"
    };

    private static readonly Option<bool> s_distinct = new(
        "--distinct")
    { Description = "They are two people's ids, and are not suggested again." };

    private static readonly Argument<string> s_one = new("id") { Description = "One id." };

    private static readonly Argument<string> s_other = new("other") { Description = "The other id." };

    public static Command Create()
    {
        var duplicates = new Command("duplicates", "List pairs of ids that may be one person's, the most probable first.") { s_from };
        duplicates.SetAction(
            (parsed, cancellation) =>
            RunAsync(parsed, (node, _) => Task.FromResult(List(node, parsed.GetValue(s_from), cancellation)), cancellation));
        var merge = new Command("merge", "Say that two ids are one person's.") { s_one, s_other, s_canonical };
        merge.SetAction(
            (parsed, cancellation) => RunAsync(parsed, (node, nowMs) => MergeAsync(parsed, node, nowMs, cancellation), cancellation));
        var split = new Command("split", "Take back the merge of exactly two ids.") { s_one, s_other, s_distinct };
        split.SetAction((parsed, cancellation) =>
            RunAsync(parsed, (node, nowMs) => SplitAsync(parsed, node, nowMs, cancellation), cancellation));
        var suppressed = new Command(
            "suppressed", "Count the erased people who stay out when sent again. Of their ids only keyed hashes are known.");
        suppressed.SetAction(
            (parsed, cancellation) => RunAsync(parsed, (node, _) => CountSuppressedAsync(node, cancellation), cancellation));
        var lift = new Command("lift", "Let an erased person come in again, with all ids that were erased together.") { s_one };
        lift.SetAction((parsed, cancellation) => RunAsync(parsed, (node, _) => LiftAsync(parsed, node, cancellation), cancellation));
        return new Command("people",
            "Who is who: find duplicates, merge ids and split them again; erased people who stay out. The folder must not be served "
            + "meanwhile.")
        {
            duplicates, merge, split, suppressed, lift, s_data, LogChoice.Log, LogChoice.Postgres,
        };
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<OpenFolder, long, Task<int>> act, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var options = ExportVerb.ReadSettings(parsed, parsed.GetValue(s_data), errors);
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        var time = TimeProvider.System;
        try
        {
            await using var data = await DataFolder.OpenAsync(options, time, cancellation);
            if (data.Notice is { } notice) await Console.Error.WriteLineAsync(notice);
            await using var services = new ServiceCollection().AddSingleton(time).AddNetwork(data, options.Measures, options.Network)
                .BuildServiceProvider();
            using (var line = new ProgressLine(time)) await ExportVerb.FoldAsync(services, data, line, time, cancellation);
            var node = new OpenFolder(data.Log, services.GetRequiredService<EmbeddedPeople>());
            return await act(node, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Stopped;
        }
        catch (LogUnavailableException unavailable)
        {
            var hint = unavailable.InnerException is IOException
                ? " This needs the folder to itself: stop the server first, or ask it over HTTP." : "";
            await Console.Error.WriteLineAsync(unavailable.Message + hint);
            return ExitCodes.Failed;
        }
    }

    /// <summary>A folder's log, and the people that all of it comes to.</summary>
    private readonly record struct OpenFolder(IInteractionLog Log, EmbeddedPeople People);

    private static int List(OpenFolder node, double from, CancellationToken cancellation)
    {
        var open = new IdentitySuggestions(node.People).Open(cancellation).Where(item => item.Probability >= from).ToList();
        foreach (var item in open)
            Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
            $"{item.Probability:0.00}  {item.One}  {item.Other}  {item.Rule}: {item.Evidence}"));
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
            $"{open.Count:N0} pairs; 'people merge <id> <other>' says that two are one person's."));
        return ExitCodes.Done;
    }

    private static async Task<int> CountSuppressedAsync(OpenFolder node, CancellationToken cancellation)
    {
        var people = await node.Log.SuppressedAsync(cancellation);
        foreach (var person in people) Console.Out.WriteLine($"{Rfc3339.Format(person.AtMs)}  {Counted(person.Ids, "id", "ids")}");
        Console.Out.WriteLine(
            $"{Counted(people.Count, "person", "people")} with {Counted(people.Sum(static person => person.Ids), "id", "ids")} in all; "
            + $"'people lift <id>' lets one in again.");
        return ExitCodes.Done;
    }

    private static async Task<int> LiftAsync(ParseResult parsed, OpenFolder node, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var id = Id(parsed.GetRequiredValue(s_one), "id", errors);
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        if (errors.Count > 0) return ExitCodes.Usage;
        var lifted = await node.Log.LiftAsync(id, cancellation);
        if (lifted == 0) await Console.Error.WriteLineAsync("No erased person who stays out had this id.");
        else Console.Out.WriteLine($"{Counted(lifted, "id", "ids")} may come in again. Nothing of what was erased comes back.");
        return lifted == 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static string Counted(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    private static async Task<int> MergeAsync(ParseResult parsed, OpenFolder node, long nowMs, CancellationToken cancellation)
    {
        if (!TryRead(parsed, out var one, out var other)) return ExitCodes.Usage;
        var canonical = parsed.GetValue(s_canonical) is { } given ? PersonId.CanonicalOrSame(given) : null;
        var ids = node.People.Aliases.IdsOf(one).Concat(node.People.Aliases.IdsOf(other));
        if (canonical is not null && !ids.Contains(canonical, StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync("--canonical is not one of the ids that become one.");
            return ExitCodes.Usage;
        }
        return await RecordAsync(node, AliasDecisions.Merge(node.People, one, other, canonical, null, nowMs), one, cancellation);
    }

    private static async Task<int> SplitAsync(ParseResult parsed, OpenFolder node, long nowMs, CancellationToken cancellation)
    {
        if (!TryRead(parsed, out var one, out var other)) return ExitCodes.Usage;
        var isDistinct = parsed.GetValue(s_distinct);
        var stands = node.People.Aliases.EdgeOf(one, other) is not null;
        if (!stands && !isDistinct)
        {
            await Console.Error.WriteLineAsync($"'{one}' and '{other}' were not merged with each other.");
            return ExitCodes.Failed;
        }
        var result = stands
            ? await RecordAsync(
            node, new AliasChanged { AtMs = nowMs, One = one, Other = other, Change = AliasChange.Split }, one,
            cancellation) : ExitCodes.Done;
        return result == ExitCodes.Done && isDistinct
            ? await RecordAsync(
            node, new AliasChanged { AtMs = nowMs, One = one, Other = other, Change = AliasChange.Distinct }, one, cancellation)
            : result;
    }

    private static async Task<int> RecordAsync(OpenFolder node, AliasChanged record, string id, CancellationToken cancellation)
    {
        var receipt = await node.Log.AppendAsync([record], cancellation);
        if (receipt.Overloaded) return ExitCodes.Failed;
        if (receipt.Results[0].Outcome is AppendOutcome.Suppressed)
        {
            await Console.Error.WriteLineAsync("This names a person who was erased and stays out ('people lift').");
            return ExitCodes.Failed;
        }
        await node.People.ApplyAsync(new RecordBatch(receipt.Results[0].Position, [record]), cancellation);
        await Console.Error.WriteLineAsync($"{node.People.Aliases.CanonicalOf(id)}: {string.Join(", ", node.People.Aliases.IdsOf(id))}");
        return ExitCodes.Done;
    }

    private static bool TryRead(ParseResult parsed, out string one, out string other)
    {
        var errors = new List<string>();
        one = Id(parsed.GetRequiredValue(s_one), "id", errors);
        other = Id(parsed.GetRequiredValue(s_other), "other", errors);
        if (errors.Count == 0 && one == other) errors.Add("The two ids are the same.");
        foreach (var error in errors) Console.Error.WriteLine(error);
        return errors.Count == 0;
    }

    private static string Id(string text, string name, List<string> errors)
    {
        if (PersonId.TryCanonical(text, out var id, out var reason)) return id;
        errors.Add($"{name} {reason}.");
        return text;
    }
}
