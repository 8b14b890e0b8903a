using System.CommandLine;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Models;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Interactions;
using NetworkGraph.LoadTests.Networks;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>
/// What learning costs: the processor time of one grid date on a generated network; a person's ties with the learned model beside
/// the same ties with each dyad seen by itself; introductions over the learned probabilities beside the prior's.
/// </summary>
public static class LearningCost
{
    private const int Asked = 400;
    private static readonly long s_startMs = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long s_endMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Command Create()
    {
        var people = new Option<int>("--people") { Description = "People in the generated network.", DefaultValueFactory = _ => 100_000 };
        var interactions = new Option<int>("--interactions")
        {
            Description = "Interactions over three years.",
            DefaultValueFactory = _ => 5_000_000,
        };
        var command = new Command(
            "learning", "Times the learning of one month's models on a generated network, and what learned models cost in answers.")
        { people, interactions };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(people), parsed.GetValue(interactions), TimeProvider.System, Console.Out, cancellation));
        return command;
    }

    public static async Task<int> RunAsync(
        int people, int interactions, TimeProvider time, TextWriter output, CancellationToken cancellation)
    {
        var generated = new SyntheticNetwork(people, 1);
        var histories = Folded(generated, interactions);
        output.WriteLine(
            FormattableString.Invariant($"learning: {people} people, {interactions} interactions, {histories.DyadCount} dyads"));
        var options = PeopleOptions.Default;
        var (started, processor) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var trained = new ModelTrainer(histories, options, Priors.Shipped).Train(s_endMs, interactions, s_endMs, cancellation);
        var used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        var kinds = string.Join(", ", trained.Select(static model => $"{model.Kind} of {model.Rows} rows"));
        output.WriteLine(FormattableString.Invariant(
            $"one grid date: {kinds}: {used:F1} s of processors, {time.GetElapsedTime(started).TotalSeconds:F1} s"));

        var host = new EmbeddedPeople(histories, new ProfileStore(), new BoundaryStore(), options);
        foreach (var model in trained) host.Models.Apply(model, interactions);
        var prior = SnapshotAssembly.Collect(histories, options, options.DecayFor(s_endMs), s_endMs, long.MaxValue, null, cancellation)
            .Build(s_endMs);
        var decay = host.Models.DecayFor(s_endMs, options);
        var learned = SnapshotAssembly.Collect(histories, options, decay, s_endMs, long.MaxValue, null, cancellation).Build(s_endMs);
        double[] alone = new double[Asked], around = new double[Asked];
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < Asked; i++)
            {
                var person = $"p{generated.Dyads[i * 97 % generated.Dyads.Count].Low}";
                alone[i] = await TimedAsync(time, async () => await host.TiesAsync(person, s_endMs, TieRange.All, cancellation));
                around[i] = await TimedAsync(time, async () => await host.TiesAsync(person, s_endMs, TieRange.All, cancellation,
                    TieForecast.At(host.Models, histories.Dates, s_endMs, long.MaxValue, learned)));
            }
        }
        Report(output, "a person's ties, each dyad by itself", alone);
        Report(output, "the same with what goes on around them", around);
        var hop = host.Models.HopAt(s_endMs, options.Introductions);
        foreach (var (name, snapshot, model) in ((string, NetworkSnapshot, HopModel)[])
            [
                ("introductions, 4 hops, prior", prior, HopModel.Prior),
                ($"the same, learned (half-life {hop.HalfLifeDays} days)", learned, hop.Model),
            ])
        {
            var pairs = new Random(2);
            var search = new IntroductionOptions { MaxHops = 4, Hop = model };
            var times = new double[Asked];
            for (var i = 0; i < Asked; i++)
            {
                var (from, to) = (pairs.Next(people), pairs.Next(people));
                times[i] = await TimedAsync(time, () =>
                {
                    if (from != to) IntroductionSearch.ToOne(snapshot, from, to, search, cancellation);
                    return Task.CompletedTask;
                });
            }
            Report(output, name, times);
        }
        return used <= 20 ? 0 : 1;
    }

    private static HistoryStore Folded(SyntheticNetwork network, int interactions)
    {
        var histories = new HistoryStore();
        var random = network.Random;
        for (var i = 1; i <= interactions; i++)
        {
            var (one, other) = network.Dyads[random.Next(network.Dyads.Count)];
            var isOnes = random.Next(2) == 0;
            histories.Apply(
                new Interaction
                {
                    Id = $"h{i}",
                    AtMs = s_startMs + (long)((s_endMs - s_startMs) * (i / (double)interactions)),
                    From = $"p{(isOnes ? one : other)}",
                    To = [$"p{(isOnes ? other : one)}"],
                    Kind = InteractionKind.Message,
                },
                i);
        }
        return histories;
    }

    private static async Task<double> TimedAsync(TimeProvider time, Func<Task> act)
    {
        var started = time.GetTimestamp();
        await act();
        return time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Report(TextWriter output, string what, double[] times)
    {
        double[] sorted = [.. times.Order()];
        output.WriteLine(
            FormattableString.Invariant($"{what}: p50 {sorted[sorted.Length / 2]:F3} ms, p99 {sorted[sorted.Length * 99 / 100]:F3} ms"));
    }
}
