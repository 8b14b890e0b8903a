using System.Net;
using System.Net.Sockets;
using NetworkGraph.Demo;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Verbs.Demo;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Verbs;

public sealed class DemoVerbTests : IDisposable
{
    private static readonly DemoNote s_note = new(DemoOptions.MinPeople, 3, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly string[] s_freePorts = ["--urls", "http://127.0.0.1:0", "--grpc-urls", ""];
    private static readonly Interaction s_own = new()
    {
        Id = "own",
        AtMs = 1_700_000_000_000,
        From = "me",
        To = ["you"],
        Kind = InteractionKind.Message
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_serves_a_network_suggests_requests_and_reuses_its_folder()
    {
        foreach (var (options, said) in new[] { (new[] { "--people", "150", "--seed", "5" }, "Wrote a demo network"),
            ([], "Found the demo network") })
        {
            using var server = new ServerProcess(["demo", "--data", Data, .. options, .. s_freePorts]);
            (await server.WaitForLineAsync(said)).ShouldContain("150 people, seed 5");
            var dormant = (await server.WaitForLineAsync("/dormant-ties")).Split('\'')[1];
            var introductions = (await server.WaitForLineAsync("/introductions")).Split('\'')[1];
            using var http = new HttpClient();
            (await http.GetStringAsync(dormant, Stop)).ShouldContain("reconnectValue");
            (await http.GetStringAsync(introductions, Stop)).ShouldContain("brokers");
            server.Signal("TERM");
            (await server.ExitCodeAsync()).ShouldBe(0);
            (await server.ErrorsAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_port_in_use_is_found_before_anything_is_written()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        foreach (var (option, arguments) in new[]
        {
            ("--urls", new[] { "--urls", $"http://127.0.0.1:{port}", "--grpc-urls", "" }),
            ("--grpc-urls", ["--urls", "http://127.0.0.1:0", "--grpc-urls", $"127.0.0.1:{port}"]),
        })
        {
            using var server = new ServerProcess(["demo", "--data", Data, .. arguments]);
            (await server.ExitCodeAsync()).ShouldBe(1);
            var line = (await server.ErrorsAsync()).TrimEnd();
            line.ShouldContain($"127.0.0.1:{port}");
            line.ShouldContain("in use");
            line.ShouldContain(option);
            line.ShouldNotContain("\n");
            Directory.Exists(Data).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_folder_with_other_data_is_left_alone()
    {
        await AppendAsync(s_own);
        using var server = new ServerProcess(["demo", "--data", Data, "--people", "100", .. s_freePorts]);
        (await server.ExitCodeAsync()).ShouldBe(1);
        (await server.ErrorsAsync()).ShouldContain("holds something else than a demo network, and was left as it is");
        File.Exists(Path.Combine(Data, DemoFolder.NoteName)).ShouldBeFalse();
        (await ReadAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_filling_that_was_cut_off_is_finished()
    {
        var network = Network(s_note);
        await AppendAsync([.. network.Records().Take(1000)]);
        (await FillAsync(network)).ShouldBe(DemoFilling.Written);
        (await FillAsync(network)).ShouldBe(DemoFilling.Reused);
        DemoFolder.ReadNote(Data).ShouldBe(s_note);
        var held = (await ReadAsync()).OfType<Interaction>().Select(InteractionFingerprint.Of);
        held.ShouldBe(network.Interactions.Select(InteractionFingerprint.Of));
    }

    [Fact]
    public async Task What_was_added_and_who_was_erased_since_is_kept()
    {
        var network = Network(s_note);
        await FillAsync(network);
        await using (var log = await SqliteLog.OpenAsync(Data, Stop)) await log.EraseAsync(network.Profiles[0].Id, [1], 1, Stop);
        await AppendAsync(s_own);
        var before = (await ReadAsync()).Count;
        (await FillAsync(network)).ShouldBe(DemoFilling.Reused);
        (await ReadAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Another_demo_network_is_something_else()
    {
        var network = Network(s_note);
        await FillAsync(network);
        (await FillAsync(Network(s_note with { Seed = 4 }))).ShouldBe(DemoFilling.SomethingElse);
        (await ReadAsync()).Count.ShouldBe(network.Profiles.Count + network.InteractionCount);
    }

    private static DemoNetwork Network(DemoNote note) =>
        DemoNetwork.Generate(new DemoOptions { People = note.People, Seed = note.Seed, Until = note.Until });

    private Task<DemoFilling> FillAsync(DemoNetwork network) => DemoFolder.FillAsync(Data, network, s_note, (_, _) => { }, Stop);

    private async Task AppendAsync(params LogRecord[] records)
    {
        await using var log = await SqliteLog.OpenAsync(Data, Stop);
        (await log.AppendAsync(records, Stop)).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
    }

    private async Task<List<LogRecord>> ReadAsync()
    {
        var records = new List<LogRecord>();
        await using var log = await SqliteLog.OpenAsync(Data, Stop);
        await foreach (var batch in log.ReadAsync(0, Stop)) records.AddRange(batch.Records);
        return records;
    }
}
