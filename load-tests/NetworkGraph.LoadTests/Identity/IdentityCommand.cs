using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Identity;

/// <summary>
/// How right suggestions of duplicates are: authors of a repository's history as input, its <c>.mailmap</c> as truth. Two
/// addresses are one person's where the mailmap gives them one name. Precision and recall are over pairs of addresses.
/// </summary>
internal static class IdentityCommand
{
    private const int MadeUpPeople = 100_000;

    private static readonly Argument<string[]> s_repositories = new("repository")
    {
        Description = "Git directories, bare or not.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly (string Name, DuplicateRule Last)[] s_sets =
    [
        ("same full name", DuplicateRule.SameName), ("+ shared handle", DuplicateRule.SharedHandle),
        ("+ spelt name", DuplicateRule.SpeltName),
        ("+ handle and names, machines", DuplicateRule.LoneName), ("+ middle names: all of at least 0.5", DuplicateRule.MiddleName),
        ("+ nicknames, initials, spelt: all", DuplicateRule.SpeltAndName),
    ];

    public static Command Command()
    {
        var command = new Command(
            "identity",
            "Precision and recall of suggested duplicates against .mailmap files, how long suggestions and merges take, "
                + "and what ids cost of taking in.")
        { s_repositories };
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var repository in parsed.GetValue(s_repositories) ?? []) Evaluate(repository);
            Time();
            await TimeMergeAsync(cancellation);
            await IngestShare.RunAsync(cancellation);
        });
        return command;
    }

    private static void Evaluate(string repository)
    {
        var (candidates, truth) = Read(repository);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{repository}: {candidates.Count} addresses"));
        var links = DuplicateSearch.Find(candidates, CancellationToken.None);
        foreach (var (name, last) in s_sets)
        {
            var (precision, recall) = Score(DuplicateSearch.Cluster(candidates, [.. links.Where(link => link.Rule <= last)]), truth);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-46} {precision:0.000} / {recall:0.000} / {2 * precision * recall / (precision + recall):0.000}"));
        }
        var sure = Enum.GetValues<DuplicateRule>()
            .Select(last => (
                Last: last,
                Score: Score(DuplicateSearch.Cluster(candidates, [.. links.Where(link => link.Rule <= last)]), truth)))
            .Where(static set => set.Score.Precision >= 0.99).MaxBy(static set => set.Score.Recall);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  recall at precision of 0.99 or more: {sure.Score.Recall:0.000} (up to {sure.Last.WireName()})"));
        foreach (var rule in Enum.GetValues<DuplicateRule>())
        {
            var of = links.Where(link => link.Rule == rule).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {rule.WireName(),-20} {of.Count(link => truth[link.One] == truth[link.Other])} of {of.Count} pairs right"));
        }
    }

    private static (double Precision, double Recall) Score(int[] clusters, string[] truth)
    {
        var found = Pairs(clusters.GroupBy(static cluster => cluster).Select(static group => group.Count()));
        var right = Pairs(clusters.Zip(truth).GroupBy(static pair => pair).Select(static group => group.Count()));
        var all = Pairs(truth.GroupBy(static person => person, StringComparer.Ordinal).Select(static group => group.Count()));
        return (found == 0 ? 1 : (double)right / found, all == 0 ? 1 : (double)right / all);
    }

    private static long Pairs(IEnumerable<int> sizes) => sizes.Sum(static size => (long)size * (size - 1) / 2);

    private static (List<DuplicateCandidate> Candidates, string[] Truth) Read(string repository)
    {
        var names = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var people = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        string[] arguments =
            ["-C", repository, "-c", "mailmap.blob=HEAD:.mailmap", "log", "--use-mailmap", "HEAD", "--format=%an%x09%ae%x09%aN"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var git = Process.Start(start)!;
        while (git.StandardOutput.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            if (parts.Length != 3) continue;
            var address = parts[1].Trim().ToLowerInvariant();
            if (!names.TryGetValue(address, out var seen))
            {
                names[address] = seen = new Dictionary<string, int>(StringComparer.Ordinal);
                people[address] = new Dictionary<string, int>(StringComparer.Ordinal);
            }
            seen[parts[0]] = seen.GetValueOrDefault(parts[0]) + 1;
            var person = UnicodeComposition.WithoutMarks(parts[2]).ToLowerInvariant();
            people[address][person] = people[address].GetValueOrDefault(person) + 1;
        }
        git.WaitForExit();
        var candidates = names.OrderBy(static one => one.Key, StringComparer.Ordinal)
            .Select(static one => DuplicateCandidate.Seen(one.Key, [.. one.Value.Select(static name => (name.Key, name.Value))])).ToList();
        return (candidates, [.. candidates.Select(one => people[one.Id].MaxBy(static person => person.Value).Key)]);
    }

    private static void Time()
    {
        var random = new Random(1);
        string Word(int most) => new([.. Enumerable.Range(0, 4 + random.Next(4)).Select(_ => (char)('a' + random.Next(most)))]);
        string[] first = [.. Enumerable.Range(0, 2000).Select(_ => Word(20))];
        string[] last = [.. Enumerable.Range(0, 20_000).Select(_ => Word(26))];
        var candidates = Enumerable.Range(0, MadeUpPeople).Select(number =>
        {
            var (one, other) = (first[random.Next(first.Length)], last[random.Next(last.Length)]);
            return new DuplicateCandidate($"{(random.Next(3) == 0 ? one[..1] : one)}.{other}@host{number % 500}.example",
                random.Next(5) == 0 ? [] : [$"{one} {other}"]);
        }).ToList();
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var links = DuplicateSearch.Find(candidates, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var ofProcessor = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{MadeUpPeople:N0} people: {links.Count:N0} suggestions in {seconds:0.0} s, {ofProcessor:0.0} s of processor time"));
    }

    /// <summary>
    /// Two people with 10,000 interactions each, among 20,000 others: from the record to the snapshot that shows the merge, and the
    /// split.
    /// </summary>
    private static async Task TimeMergeAsync(CancellationToken cancellation)
    {
        const int Each = 10_000, Others = 20_000;
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
        var network = new LiveNetwork(people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), TimeProvider.System);
        var random = new Random(2);
        var records = new List<LogRecord>();
        for (var number = 0; number < 2 * Each + 10 * Others; number++)
        {
            var from = number < 2 * Each ? number % 2 == 0 ? "ann@work.example" : "ann@home.example" : $"p{random.Next(Others)}@x";
            string[] to = random.Next(10) == 0 && number < 2 * Each
                ? [$"p{random.Next(500)}@x", number % 2 == 0 ? "ann@home.example" : "ann@work.example"]
                : [$"p{random.Next(number < 2 * Each ? 500 : Others)}@x"];
            if (to[0] == from) continue;
            records.Add(new Interaction
            {
                Id = $"i{number}",
                AtMs = 1_700_000_000_000L + number * 60_000L,
                From = from,
                To = to,
                Kind = InteractionKind.Message,
            });
        }
        await people.ApplyAsync(new RecordBatch(1, [.. records]), cancellation);
        network.Build(records.Count, cancellation);
        foreach (var change in new[] { AliasChange.Merged, AliasChange.Split })
        {
            var started = Stopwatch.GetTimestamp();
            var record = new AliasChanged
            {
                AtMs = 0,
                One = "ann@work.example",
                Other = "ann@home.example",
                Change = change,
                Canonical = change is AliasChange.Merged ? "ann@work.example" : null,
            };
            await people.ApplyAsync(new RecordBatch(records.Count + 1 + (int)change, [record]), cancellation);
            network.Publish(records.Count + 1 + (int)change);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{change} two people with {Each:N0} interactions each: visible after {elapsed:0} ms"));
        }
    }
}
