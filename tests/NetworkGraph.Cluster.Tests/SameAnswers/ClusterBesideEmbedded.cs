using System.Net;
using System.Net.Sockets;
using NetworkGraph.Demo;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Tests.Keys;
using NetworkGraph.Storage.Postgres.Tests;

namespace NetworkGraph.Cluster.Tests.SameAnswers;

/// <summary>
/// A made-up network of a hundred people twice, record by record in the same order: in an embedded server, and in a cluster
/// of two silos that own people and one that only answers requests, whole servers with HTTP and gRPC over one schema in PostgreSQL. Each
/// asks for keys, and for all of them it is always the same moment, so that answers can be held against each other to the byte.
/// </summary>
public sealed class ClusterBesideEmbedded : IAsyncLifetime
{
    public const string Report = "r-1";

    public const string Ask = "a-1";
    public const string Stranger = "stranger@elsewhere.example";
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    internal KeyedServer Embedded { get; private set; } = null!;

    /// <summary>Both silos that own people, then the one that only answers requests, by name.</summary>
    internal IReadOnlyList<(string Name, KeyedServer Server)> Nodes { get; private set; } = [];

    internal KeyedServer Silo => Nodes[0].Server;

    internal KeyedServer Api => Nodes[^1].Server;

    /// <summary>Ids, those with the most interactions first.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    /// <summary>The most visited first.</summary>
    public IReadOnlyList<string> Venues { get; private set; } = [];

    /// <summary>Those with the most people first.</summary>
    public IReadOnlyList<string> Organisations { get; private set; } = [];

    /// <summary>The last interaction of the person with the most.</summary>
    public string Interaction { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var demo = DemoNetwork.Generate(new DemoOptions { People = 100, Years = 2, Until = Now });
        People = [.. demo.Interactions.CountBy(i => i.From).OrderByDescending(p => p.Value).ThenBy(
            p => p.Key, StringComparer.Ordinal).Select(p => p.Key)];
        Venues = [.. demo.Interactions.Where(i => i.Venue is not null).CountBy(i => i.Venue!).OrderByDescending(v => v.Value).ThenBy(
            v => v.Key, StringComparer.Ordinal).Select(v => v.Key)];
        Organisations =
        [
            .. demo.Profiles.Where(p => p.Organisation is not null).CountBy(p => p.Organisation!)
                .OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).Select(o => o.Key),
        ];
        Interaction = demo.Interactions.Last(i => i.From == People[0]).Id;
        var (postgres, schema) = (await TestPostgres.ConnectionStringAsync(), TestPostgres.NewSchema());
        // Each server notes who asked it, so that logs would differ in that.
        Embedded = await KeyedServer.StartAsync([People[0], Stranger], new FrozenDate(Now), options => options with { AccessKeptDays = 0 });
        await Embedded.Server.UntilVisibleAsync(1);
        // Who finds an empty log records that keys are required: only the first may.
        var first = await NodeAsync(SiloRole.Shards);
        await first.Server.UntilVisibleAsync(1);
        KeyedServer[] silos = [first, await NodeAsync(SiloRole.Shards)];
        Nodes = [("silo 1", silos[0]), ("silo 2", silos[1]), ("API silo", await NodeAsync(SiloRole.Api))];
        foreach (var records in demo.Records().Concat(Boundaries()).Chunk(5_000))
        {
            await Embedded.Server.AppendAsync(records);
            await Api.Server.AppendAsync(records);
        }
        await UntilAllSeeAsync();

        Task<KeyedServer> NodeAsync(SiloRole role)
        {
            var cluster = new ClusterSettings { Enabled = true, Role = role, Id = schema, SiloPort = FreePort() };
            return KeyedServer.StartAsync(
                [People[0], Stranger], new FrozenDate(Now), options =>
                    options with { AccessKeptDays = 0, Log = "postgres", Postgres = postgres, PostgresSchema = schema, Cluster = cluster },
                    Embedded);
        }
    }

    /// <summary>Returns when all see what the embedded server's log holds.</summary>
    public async Task UntilAllSeeAsync()
    {
        var position = Embedded.Server.LastPosition;
        foreach (var server in Nodes.Select(node => node.Server).Append(Embedded)) await server.Server.UntilVisibleAsync(position);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, server) in Nodes.Reverse())
        {
            await server.Server.StopAsync();
            await server.DisposeAsync();
        }
        if (Embedded is not null) await Embedded.DisposeAsync();
    }

    private LogRecord[] Boundaries()
    {
        var atMs = Now.ToUnixTimeMilliseconds();
        return
        [
            new BlockChanged { AtMs = atMs, By = People[0], Against = People[2], IsPlaced = true },
            new ReportFiled { Id = Report, AtMs = atMs, Reporter = People[0], About = People[2], Reason = ReportReason.Spam,
                Evidence = ["i1"] },
            new AskChanged { AtMs = atMs, Id = Ask, From = People[0], Target = People[61], Brokers = [People[3]], State = AskState.Proposed,
                Score = 0.5 },
        ];
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>It is always the same moment, while timers go on.</summary>
    private sealed class FrozenDate(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>The cluster is started once for all tests that compare.</summary>
[CollectionDefinition(Name)]
public sealed class Beside : ICollectionFixture<ClusterBesideEmbedded>
{
    public const string Name = "a cluster beside an embedded server";
}
