using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.LoadTests.Networks;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Habits;

/// <summary>
/// What habits cost. A generated network of people (heavy-tailed contacts) whose interactions of all kinds are spread over
/// three years; in it one more person with 10,000 interactions among 200 others.
/// </summary>
internal static class HabitBenchmarks
{
    private const int OnePersonsInteractions = 10_000;
    private const int OnePersonsContacts = 200;
    private const int Repetitions = 201;
    private const int ChangedInteractions = 10_000;
    private static readonly long s_startMs = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long s_endMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static async Task<int> RunAsync(
        int people, int interactions, int seed, TimeProvider time, TextWriter output, CancellationToken cancellation)
    {
        var network = new SyntheticNetwork(people, seed);
        var histories = new HistoryStore();
        var boundaries = new BoundaryStore();
        var host = new EmbeddedPeople(histories, new ProfileStore(), boundaries, PeopleOptions.Default);
        var random = network.Random;
        var position = 0L;
        var every = Math.Max(1, interactions / OnePersonsInteractions);
        for (var i = 0; i < interactions; i++)
        {
            // The one person's interactions lie among everybody else's, as they would in a log.
            var isOnes = i % every == 0 && i / every < OnePersonsInteractions;
            var (one, other) = network.Dyads[random.Next(network.Dyads.Count)];
            histories.Apply(Draw(
                random, ++position, interactions, isOnes ? "one" : Id(one), isOnes ? Id(random.Next(OnePersonsContacts)) : Id(other)),
                position);
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"habits: {people} people, {position} interactions, {histories.DyadCount} dyads, {Environment.ProcessorCount} processors"));

        var latencies = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Repetitions; i++)
        {
            var started = time.GetTimestamp();
            await host.HabitsAsync("one", s_endMs, cancellation);
            latencies.Add(time.GetElapsedTime(started).TotalMilliseconds);
        }
        latencies.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one person, {OnePersonsInteractions} interactions: p50 {latencies[Repetitions / 2]:F2} ms, greatest {latencies[^1]:F2} ms "
            + $"(with the first); {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / Repetitions:F2} ms of processor each"));

        var live = new LiveNetwork(histories, PeopleOptions.Default, new LiveNetworkOptions(), new StandingClock(s_endMs));
        for (var run = 0; run < 3; run++)
        {
            // Building has everybody counted anew.
            live.Build(position, cancellation);
            var started = time.GetTimestamp();
            processor = Environment.CpuUsage.TotalTime;
            live.Habits.CatchUp(cancellation);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"everybody: {time.GetElapsedTime(started).TotalSeconds:F2} s "
                + $"({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F2} s of processors)"));
        }
        for (var i = 0; i < ChangedInteractions; i++)
        {
            var (one, other) = network.Dyads[random.Next(network.Dyads.Count)];
            histories.Apply(Draw(random, ++position, interactions, Id(one), Id(other)), position);
        }
        live.Publish(position);
        var changed = time.GetTimestamp();
        live.Habits.CatchUp(cancellation);
        var took = time.GetElapsedTime(changed);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ChangedInteractions} interactions more: {took.TotalMilliseconds:F1} ms, {took.TotalMicroseconds / ChangedInteractions:F1} "
            + $"µs each"));
        return 0;
    }

    private static Interaction Draw(Random random, long number, int of, string one, string other)
    {
        var kind = random.Next(10) switch
        {
            < 4 => InteractionKind.Message,
            < 7 => InteractionKind.Reply,
            7 => random.Next(2) == 0 ? InteractionKind.Meeting : InteractionKind.Call,
            8 => random.Next(2) == 0 ? InteractionKind.Connect : InteractionKind.Accept,
            _ => random.Next(2) == 0 ? InteractionKind.Reaction : InteractionKind.Comment,
        };
        var isOnes = random.Next(2) == 0;
        return new Interaction
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"h{number}"),
            AtMs = s_startMs + (long)((s_endMs - s_startMs) * Math.Min(1, number / (double)of)),
            From = isOnes ? one : other,
            To = [isOnes ? other : one],
            Kind = kind,
            Exchange = random.Next(8) == 0 ? (Exchange)random.Next(10) : Exchange.None,
            InReplyTo = kind is InteractionKind.Reply ? string.Create(CultureInfo.InvariantCulture, $"h{random.NextInt64(number)}") : null,
        };
    }

    private static string Id(int person) => string.Create(CultureInfo.InvariantCulture, $"p{person}");

    private sealed class StandingClock(long nowMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
    }
}
