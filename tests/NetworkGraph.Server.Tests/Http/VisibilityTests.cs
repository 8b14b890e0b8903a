using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>What one answer has shown, later answers know; what was asked as of a date is answered alike after a restart.</summary>
public sealed class VisibilityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");
    private int _sent;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 300_000)]
    public async Task An_interaction_becomes_visible_to_all_operations_at_once()
    {
        await using (var first = await StartAsync()) await first.AppendAsync([.. Circle()]);
        // A server that never publishes by itself: what it folds is in the log and in histories, and no one may see it yet.
        await using var server = await StartAsync(new ClockThatNeverPublishes());
        var log = server.Services.GetRequiredService<IInteractionLog>();
        var network = server.Services.GetRequiredService<LiveNetwork>();
        var fold = server.Services.GetRequiredService<LogFold>();
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(network.Current.Snapshot.AsOfMs).ToString("O");
        var paths = (await EveryQuestion.PathsAsync(server, "p0", "p5", "The Hall"))
            .ConvertAll(path => path.Path.Replace("ASOF", Uri.EscapeDataString(asOf), StringComparison.Ordinal));
        paths.Count.ShouldBeGreaterThan(40);
        var before = new Dictionary<string, string>();
        foreach (var path in paths) before[path] = await EveryQuestion.AskAsync(server, path);

        await log.AppendAsync([Sent("p0", "p3"), Sent("p5", "p0"), Sent("p3", "p0"), Sent("p0", "p5"), Attended("p5", "The Hall")], Now);
        await fold.UntilFoldedAsync(log.LastPosition, Now);
        network.Current.Position.ShouldBeLessThan(log.LastPosition, "nothing is published yet, or the test says nothing");
        foreach (var path in paths) (await EveryQuestion.AskAsync(server, path)).ShouldBe(before[path], path);

        await fold.WhileStillAsync(Publish, Now);
        var changed = 0;
        foreach (var path in paths) changed += await EveryQuestion.AskAsync(server, path) == before[path] ? 0 : 1;
        changed.ShouldBeGreaterThan(20);

        long Publish(long position)
        {
            network.Publish(position);
            return position;
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task A_place_in_the_network_knows_every_interaction_that_the_network_has_counted()
    {
        await using var server = await RunningServer.StartAsync();
        var log = server.Services.GetRequiredService<IInteractionLog>();
        for (var round = 1; round <= 20; round++)
        {
            var people = Enumerable.Range(0, 3).Select(i => $"r{round}-{i}").ToArray();
            await log.AppendAsync(
                [Sent(people[0], people[1]), Sent(people[1], people[0]), Sent(people[1], people[2]), Sent(people[2], people[0])], Now);
            var asOf = "";
            await Until.TrueAsync("the network has counted the round", async () =>
            {
                var network = (await server.GetAsync("/v1/network")).Json;
                asOf = network.GetProperty("asOf").GetString();
                return network.GetProperty("interactions").GetInt64() >= 4 * round;
            });
            var structure = (await server.GetAsync($"/v1/people/{people[0]}/structure?asOf={asOf}")).Json;
            structure.GetProperty("degree").GetInt32().ShouldBe(2);
            structure.GetProperty("constraint").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Number, $"round {round}");
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task As_of_a_date_every_operation_answers_with_the_same_bytes_after_a_restart()
    {
        string[] dates = ["2025-06-09T00:00:00Z", "2025-08-01T12:00:00Z", "2026-06-01T00:00:00Z"];
        var before = new Dictionary<string, string>();
        await using (var server = await StartAsync())
        {
            await server.AppendAsync([Sent("gone", "p2"), Sent("p2", "gone"), .. Circle()]);
            (await server.SendAsync(HttpMethod.Delete, "/v1/people/gone")).Status.ShouldBe(200);
            await server.AppendAsync(Sent("p1", "p4"), Sent("p4", "p1"));
            await server.AppendAsync([.. Learned()]);
            foreach (var path in await DatedAsync(server, dates)) before[path] = await EveryQuestion.AskAsync(server, path);
        }
        before.Count.ShouldBeGreaterThan(60);
        // Once with the checkpoint that the server left, and once from the log's first record.
        foreach (var withCheckpoint in new[] { true, false })
        {
            if (!withCheckpoint) File.Delete(Path.Combine(_folder.FullName, "folds.checkpoint"));
            await using var server = await StartAsync();
            foreach (var (path, answer) in before)
                (await EveryQuestion.AskAsync(server, path)).ShouldBe(answer, $"{path}, with checkpoint: {withCheckpoint}");
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task PageRank_after_an_erasure_is_that_of_a_network_which_never_knew_the_person()
    {
        await using var server = await StartAsync();
        await server.AppendAsync([.. Circle()]);
        var without = (await server.GetAsync("/v1/people/p0/structure?asOf=2026-06-01T00:00:00Z")).Json.GetProperty("pageRank").GetDouble();
        await server.AppendAsync(Sent("gone", "p2"), Sent("p2", "gone"));
        (await server.GetAsync("/v1/people/p0/structure?asOf=2026-06-01T00:00:00Z")).Json.GetProperty("pageRank").GetDouble()
            .ShouldNotBe(without);
        (await server.SendAsync(HttpMethod.Delete, "/v1/people/gone")).Status.ShouldBe(200);
        (await server.GetAsync("/v1/people/p0/structure?asOf=2026-06-01T00:00:00Z")).Json.GetProperty("pageRank").GetDouble()
            .ShouldBe(without);
    }

    private static async Task<List<string>> DatedAsync(RunningServer server, string[] dates) =>
        [.. (await EveryQuestion.PathsAsync(server, "p0", "p5", "The Hall"))
            .Where(path => path.Path.Contains("ASOF", StringComparison.Ordinal))
            .SelectMany(path => dates.Select(date => path.Path.Replace("ASOF", date, StringComparison.Ordinal)))];

    /// <summary>Models of every kind, by which answers from June 2025 on differ from those by the priors.</summary>
    private static IEnumerable<LogRecord> Learned()
    {
        var gridMs = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        foreach (var (kind, parameters) in ((ModelKind, double[])[])
            [
                (ModelKind.Persistence, [.. Enumerable.Repeat(0.1, 17)]), (ModelKind.Answer, [.. Enumerable.Repeat(-0.1, 17)]),
                (ModelKind.Hop, [-1, 0.5, 15]), (ModelKind.Connection, [-3, 1, 0.1, 0.1]),
            ])
        {
            yield return new ModelTrained
            {
                Kind = kind,
                GridMs = gridMs,
                AtMs = gridMs,
                Position = 1,
                Interactions = 1,
                WindowDays = 90,
                Rows = 1,
                Parameters = parameters,
            };
        }
    }

    private Task<RunningServer> StartAsync(ClockThatNeverPublishes? clock = null) => RunningServer.StartAsync(
        options => options with
        {
            Data = _folder.FullName,
            Network = clock is null
                ? new() { Models = new() { Learn = false } }
                : new LiveNetworkOptions
                {
                    Models = new() { Learn = false },
                    PublishEvery = ClockThatNeverPublishes.Every,
                    PublishAtLeastEvery = ClockThatNeverPublishes.Every
                },
        },
        time: clock);

    /// <summary>Ten people on a ring who write to the next two and are answered by most; they met at a hall.</summary>
    private IEnumerable<LogRecord> Circle()
    {
        for (var person = 0; person < 10; person++)
        {
            yield return Attended($"p{person}", "The Hall");
            foreach (var step in new[] { 1, 2 })
            {
                yield return Sent($"p{person}", $"p{(person + step) % 10}");
                if (person != 7) yield return Sent($"p{(person + step) % 10}", $"p{person}");
            }
            yield return new ProfileChanged
            {
                AtMs = 1_700_000_000_000,
                Profile = new Profile
                {
                    Id = $"p{person}",
                    Name = $"Person {person}",
                    Organisation = person < 5
                    ? "Low" : "High",
                    Audience = ["all"],
                    Offers = [$"offer {person}"]
                },
            };
        }
    }

    /// <summary>The system's clock, but that the time to the next publication never passes.</summary>
    private sealed class ClockThatNeverPublishes : TimeProvider
    {
        public static readonly TimeSpan Every = TimeSpan.FromSeconds(59);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Every ? Timeout.InfiniteTimeSpan : dueTime, period);
    }

    private Interaction Attended(string person, string venue) => Happened(InteractionKind.Attendance, person, [], venue);

    private Interaction Sent(string from, string to) => Happened(InteractionKind.Message, from, [to]);

    private Interaction Happened(InteractionKind kind, string from, string[] to, string? venue = null) => new()
    {
        Id = $"v{++_sent}",
        AtMs = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).AddHours(5 * _sent).ToUnixTimeMilliseconds(),
        From = from,
        To = to,
        Kind = kind,
        Venue = venue,
    };
}
