using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Reach;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.LoadTests.Networks;

namespace NetworkGraph.LoadTests.Kernels;

/// <summary>
/// Times snapshots and kernels on a synthetic network. Each figure is the median of several runs; for searches it is
/// taken for each query, and the median and the 99th percentile over all queries are reported. A hash of each kernel's
/// results tells whether two runs computed the same.
/// </summary>
public sealed class KernelBenchmarks
{
    private const int Runs = 5;
    private const int Pairs = 1000;
    private const int SetQueries = 100;
    private const int SetTargets = 1000;
    private const int ChangedDyads = 10_000;
    private static readonly long s_landmarkMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly SyntheticNetwork _network;
    private readonly DyadFacts[] _facts;
    private readonly PersonIds _ids = new();
    private readonly TextWriter _output;
    private NetworkSnapshot _snapshot;

    private KernelBenchmarks(int people, int seed, TextWriter output)
    {
        _output = output;
        _network = new SyntheticNetwork(people, seed);
        _facts = [.. _network.Dyads.Select(_ => _network.DrawFacts(s_landmarkMs))];
        for (var person = 0; person < people; person++)
            _ids.Add(string.Create(CultureInfo.InvariantCulture, $"person-{person:D8}@example.org"));
        _snapshot = Build();
    }

    /// <summary>Runs all of them and writes a table.</summary>
    public static Command Command()
    {
        var people = new Option<int>("--people") { Description = "People in the synthetic network.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
        var kernels = new Command("kernels", "Times snapshots and kernels on a synthetic network.") { people, seed };
        kernels.SetAction(arguments => Run(arguments.GetValue(people), arguments.GetValue(seed), Console.Out));
        return kernels;
    }

    public static void Run(int people, int seed, TextWriter output)
    {
        var benchmarks = new KernelBenchmarks(people, seed, output);
        benchmarks.WriteNetwork();
        benchmarks.TimeSnapshots();
        benchmarks.TimeReciprocity();
        benchmarks.TimePaths();
    }

    private NetworkSnapshot Build()
    {
        var builder = new SnapshotBuilder(_ids, new TieDecay(s_landmarkMs, 180));
        var dyads = _network.Dyads;
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var batch = builder.NewBatch();
            var (first, end) = (
                part * (long)dyads.Count / Environment.ProcessorCount, (part + 1L) * dyads.Count / Environment.ProcessorCount);
            for (var i = (int)first; i < end; i++) batch.Add(dyads[i].Low, dyads[i].High, _facts[i]);
        });
        return builder.Build(s_landmarkMs);
    }

    private void WriteNetwork()
    {
        var (mutual, most) = (0L, 0);
        for (var person = 0; person < _snapshot.People; person++)
        {
            mutual += _snapshot.Row(person).MutualCount;
            most = Math.Max(most, _snapshot.Row(person).Count);
        }
        _output.WriteLine($"people {_snapshot.People:N0}, entries {_snapshot.Entries:N0} ({mutual:N0} mutual), largest row {most:N0}");
        _output.WriteLine($"snapshot {(double)_snapshot.Bytes / _snapshot.Entries:F1} bytes an entry");
    }

    private void TimeSnapshots()
    {
        Report("build a snapshot", Time(3, () => { _snapshot = Build(); }), _snapshot.Entries);
        var writer = new SnapshotWriter(_snapshot);
        Report("publish without changes", Time(Runs, () => writer.Publish(s_landmarkMs)), 0);
        var random = new Random(1);
        var times = new List<double>();
        var after = new List<double>();
        var pauses = GC.GetTotalPauseDuration();
        for (var run = 0; run < 4 * Runs; run++)
        {
            for (var change = 0; change < ChangedDyads; change++)
            {
                var dyad = random.Next(_facts.Length);
                writer.Set(_network.Dyads[dyad].Low, _network.Dyads[dyad].High,
                    _facts[dyad] with { LastContactMs = s_landmarkMs + run, StrengthOut = 0.1 + random.NextDouble(), StrengthIn = 0.1 });
            }
            times.AddRange(Time(1, () => writer.Publish(s_landmarkMs)));
            after.AddRange(Time(1, writer.Compact));
        }
        Report($"publish {ChangedDyads:N0} changed dyads", times, writer.Last.Entries);
        Report("compact after it", after, writer.Last.Entries);
        _output.WriteLine($"  then {(double)writer.Last.Bytes / writer.Last.Entries:F1} bytes an entry; "
            + $"{(GC.GetTotalPauseDuration() - pauses).TotalMilliseconds / times.Count:F1} ms of each in the collector's pauses");
    }

    private void TimeReciprocity()
    {
        var result = NetworkReciprocity.Compute(_snapshot);
        Report("reciprocity of the network", Time(4 * Runs, () => result = NetworkReciprocity.Compute(_snapshot)),
            BitConverter.DoubleToInt64Bits(result.Weighted ?? 0) ^ result.Ties);
    }

    private void TimePaths()
    {
        var random = new Random(777);
        var pairs = Enumerable.Range(0, Pairs).Select(
            _ => (Source: random.Next(_network.People), Target: random.Next(_network.People))).ToArray();
        foreach (var (hops, k) in new[] { (3, 3), (4, 1), (4, 3), (4, 10), (5, 3), (6, 1), (6, 3) })
        {
            var options = new IntroductionOptions { MaxHops = hops, Paths = k };
            TimeQueries($"paths, {hops} hops, k = {k}", Pairs, i =>
                Hash(IntroductionSearch.ToOne(_snapshot, pairs[i].Source, pairs[i].Target, options)));
        }
        foreach (var (hops, k) in new[] { (4, 1), (4, 3), (6, 3) })
        {
            var sets = Enumerable.Range(0, SetQueries).Select(
                _ => Enumerable.Range(0, SetTargets).Select(_ => random.Next(_network.People)).ToArray()).ToArray();
            var options = new IntroductionOptions { MaxHops = hops, Paths = k };
            TimeQueries($"to any of {SetTargets:N0}, {hops} hops, k = {k}", SetQueries, i =>
                Hash(IntroductionSearch.ToAny(_snapshot, pairs[i].Source, sets[i], options)));
        }
        TimeQueries("reach, 4 hops, threshold 0.2", Pairs, i =>
            IntroductionReach.Compute(_snapshot, pairs[i].Source, new IntroductionOptions()).People);
    }

    private void TimeQueries(string what, int count, Func<int, long> query)
    {
        var times = Enumerable.Range(0, count).Select(_ => new double[Runs]).ToArray();
        var hash = 0L;
        for (var run = 0; run < Runs; run++)
        {
            hash = 0;
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var result = query(i);
                times[i][run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                hash = hash * 31 + result;
            }
        }
        foreach (var runs in times) runs.AsSpan().Sort();
        var medians = times.Select(runs => runs[Runs / 2]).Order().ToArray();
        _output.WriteLine($"{what,-40} {medians[count / 2],10:F4} ms   p99 {medians[count * 99 / 100],8:F3} ms   max {medians[^1],8:F3} "
            + $"ms   hash {hash:x16}");
    }

    private void Report(string what, List<double> times, long hash)
    {
        times.Sort();
        _output.WriteLine($"{what,-40} {times[times.Count / 2],10:F4} ms   min {times[0],8:F3} ms   max {times[^1],8:F3} ms   hash "
            + $"{hash:x16}");
    }

    private static List<double> Time(int runs, Action action)
    {
        var times = new List<double>(runs);
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times;
    }

    /// <summary>Of people and scores to seven digits.</summary>
    private static long Hash(IReadOnlyList<IntroductionPath> paths)
    {
        var hash = 17L;
        foreach (var path in paths)
        {
            hash = hash * 31 + (long)Math.Round(path.Score * 1e7);
            foreach (var hop in path.Hops) hash = hash * 31 + hop.To;
        }
        return hash;
    }
}
