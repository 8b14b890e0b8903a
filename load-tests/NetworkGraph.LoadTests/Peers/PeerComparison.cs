using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NetworkGraph.Analytics;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Engine.Ties;
using NetworkGraph.LoadTests.Networks;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Peers;

/// <summary>
/// Our side of the comparison with peers: makes a network from interactions, writes what the peers are given
/// (<see cref="PeerFiles"/>), and times the engine on it (networkgraph.jsonl, see <see cref="Measurements"/>).
/// </summary>
public sealed class PeerComparison
{
    private const int Pairs = 1000;
    private const int SetQuestions = 100;
    private const int SetTargets = 1000;
    private const int Publications = 11;
    private const int NewInteractions = 10_000;
    private const int AnswersOfPeople = 1000;
    private const double AsOfDaysAgo = 100;
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder;
    private readonly TextWriter _progress;
    private readonly CancellationToken _cancellation;
    private readonly SetClock _clock = new() { Now = s_now };
    private readonly HistoryStore _histories = new();
    private readonly InteractionFeed _feed;
    private readonly LiveNetwork _network;

    private PeerComparison(string folder, int people, int seed, TextWriter progress, CancellationToken cancellation)
    {
        (_folder, _progress, _cancellation) = (folder, progress, cancellation);
        progress.WriteLine($"  drawing a network of {people:N0} people");
        _feed = new InteractionFeed(new SyntheticNetwork(people, seed), s_now.ToUnixTimeMilliseconds(), PeopleOptions.Default.HalfLifeDays);
        progress.WriteLine($"  folding {_feed.Count:N0} interactions");
        for (var person = 0; person < people; person++) _histories.PersonOf(InteractionFeed.IdOf(person));
        foreach (var interaction in _feed.Read())
        {
            if (_histories.Interactions % 100_000 == 0) cancellation.ThrowIfCancellationRequested();
            _histories.Apply(interaction, _histories.Interactions + 1);
        }
        _network = new LiveNetwork(_histories, PeopleOptions.Default, new LiveNetworkOptions(), _clock);
        _network.Build(_histories.Interactions, cancellation);
    }

    public static Command Command()
    {
        var folder = new Option<string>("--folder") { Required = true, Description = "Where the files go." };
        var people = new Option<int>("--people") { Description = "People in the synthetic network.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
        var command = new Command("peers", "Our side of the comparison with peers; started by load-tests/peers/run.")
            { folder, people, seed };
        command.SetAction((parsed, cancellation) =>
        {
            new PeerComparison(
                parsed.GetRequiredValue(folder), parsed.GetValue(people), parsed.GetValue(seed),
                Console.Error, cancellation).Run();
            return Task.CompletedTask;
        });
        return command;
    }

    private void Run()
    {
        var snapshot = _network.Current.Snapshot;
        var options = new IntroductionOptions();
        var random = new Random(777);
        var pairs = PeerFiles.DrawPairs(snapshot, Pairs, random);
        var sets = Enumerable.Range(0, SetQuestions)
            .Select(i => (pairs[i].Source, Enumerable.Range(0, SetTargets).Select(_ => random.Next(snapshot.People)).Distinct().ToArray()))
                .ToList();
        PeerFiles.Write(_folder, snapshot, pairs, sets, options);

        using var lines = File.CreateText(Path.Combine(_folder, "networkgraph.jsonl"));
        var measurements = new Measurements(lines, _progress);
        MeasureSizes(measurements, snapshot);
        MeasurePaths(measurements, snapshot, pairs, sets, options);
        MeasureWholeNetwork(measurements, snapshot);
        MeasureRenewal(measurements);
    }

    private void MeasureSizes(Measurements measurements, NetworkSnapshot snapshot)
    {
        // Neighbour and mutual strength, 4 bytes each, of every entry; 16 bytes a person for where the row lies.
        var searched = 8.0 * snapshot.Entries + 16.0 * snapshot.People;
        var mutual = Enumerable.Range(0, snapshot.People).Sum(person => (long)snapshot.Row(person).MutualCount);
        measurements.Report("people", snapshot.People);
        measurements.Report("interactions", _feed.Count);
        measurements.Report("entries", snapshot.Entries);
        measurements.Report("mutual_entries", mutual);
        measurements.Report(
            "bytes_per_entry", searched / snapshot.Entries,
            $"arrays the introduction search reads, which hold all entries; {searched / mutual:F1} per mutual entry");
        measurements.Report("snapshot_bytes_per_entry", (double)snapshot.Bytes / snapshot.Entries, "with dates, counts and both strengths");
    }

    private void MeasurePaths(
        Measurements measurements, NetworkSnapshot snapshot, List<(int Source, int Target)> pairs, List<(int Source, int[] Targets)> sets,
            IntroductionOptions options)
    {
        foreach (var (metric, hops) in new[] { ("path4_ms", 4), ("path6_ms", 6) })
        {
            var one = options with { MaxHops = hops, Paths = 1 };
            measurements.TimeEach(
                metric, Pairs, i =>
                Costs(IntroductionSearch.ToOne(snapshot, pairs[i].Source, pairs[i].Target, one, _cancellation)).Cast<double?>()
                .FirstOrDefault());
        }
        measurements.TimeEach(
            "path4_k3_ms", Pairs, i => Costs(IntroductionSearch.ToOne(snapshot, pairs[i].Source, pairs[i].Target, options, _cancellation)));
        measurements.TimeEach(
            "path4_set_ms", SetQuestions, i =>
            Costs(IntroductionSearch.ToAny(snapshot, sets[i].Source, sets[i].Targets, options, _cancellation)));

        double[] Costs(IReadOnlyList<IntroductionPath> paths) => [.. paths.Select(path => -Math.Log(path.Score * options.Delta))];
    }

    private void MeasureWholeNetwork(Measurements measurements, NetworkSnapshot snapshot)
    {
        var reciprocity = NetworkReciprocity.Compute(snapshot, _cancellation);
        measurements.Time("reciprocity_ms", 1000, () => reciprocity = NetworkReciprocity.Compute(snapshot, _cancellation),
            () => new { r = reciprocity.R, weighted = reciprocity.Weighted }, "r, ρ and weighted in one pass");

        var graph = SnapshotGraphs.Strengths(snapshot, _cancellation);
        measurements.Time("working_graph_s", 1, () => graph = SnapshotGraphs.Strengths(snapshot, _cancellation),
            note: "from the snapshot; once for Burt's constraint and Leiden");
        double[] constraint = [];
        measurements.Time("burt_s", 1, () => constraint = BurtConstraint.Compute(graph, _cancellation), () =>
            constraint.Take(AnswersOfPeople), "everyone, weighted");

        var communities = new Communities([], [], 0);
        measurements.Time("leiden_s", 1, () => communities = Leiden.Compute(graph, new LeidenOptions(), _cancellation),
            () => new { modularity = communities.Modularity, communities = communities.Count });
        using var file = File.Create(Path.Combine(_folder, "communities.bin"));
        file.Write(MemoryMarshal.AsBytes<int>(communities.CommunityOf));
    }

    private void MeasureRenewal(Measurements measurements)
    {
        var asOfMs = s_now.AddDays(-AsOfDaysAgo).ToUnixTimeMilliseconds();
        measurements.Time("asof_s", 1,
            () => SnapshotAssembly.Collect(
                _histories, PeopleOptions.Default, PeopleOptions.Default.DecayAt(asOfMs), asOfMs, long.MaxValue, null, _cancellation).Build(
                asOfMs),
            note: "a snapshot of the whole network at an earlier date");

        var random = new Random(1);
        var times = new List<double>();
        var whole = new List<double>();
        for (var publication = 0; publication < Publications; publication++)
        {
            _cancellation.ThrowIfCancellationRequested();
            _clock.Now += TimeSpan.FromMinutes(1);
            var first = _feed.Count + publication * NewInteractions;
            foreach (var interaction in _feed.More(NewInteractions, _clock.Now.ToUnixTimeMilliseconds(), first, random))
                _histories.Apply(interaction, _histories.Interactions + 1);
            var started = Stopwatch.GetTimestamp();
            _network.Publish(_histories.Interactions);
            whole.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            times.Add(_network.Current.PublishDuration.TotalMilliseconds);
        }
        measurements.Report("publish_ms", times, null,
            $"until readers have {NewInteractions:N0} new interactions; with moving rows and readying memory for the next, which readers "
                + $"do not wait for, {whole.Order().ElementAt(whole.Count / 2):F0} ms");
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
