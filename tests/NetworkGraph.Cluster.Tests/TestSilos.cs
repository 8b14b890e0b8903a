using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NetworkGraph.Cluster.People;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Options;
using NetworkGraph.Storage.Postgres;
using NetworkGraph.Storage.Postgres.Tests;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace NetworkGraph.Cluster.Tests;

/// <summary>Two silos in this process over a log in a schema of their own, and people as a client of theirs sees them.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private readonly PostgresLog _log;

    private TestSilos(InProcessTestCluster cluster, PostgresLog log)
    {
        Cluster = cluster;
        _log = log;
        People = new ClusterPeople(cluster.Client, TimeProvider.System, NullLogger<ClusterPeople>.Instance);
    }

    public InProcessTestCluster Cluster { get; }

    public ClusterPeople People { get; }

    public IInteractionLog Log => _log;

    public static async Task<TestSilos> StartAsync()
    {
        var server = new ServerOptions { Log = "postgres", Postgres = await TestPostgres.ConnectionStringAsync(), PostgresSchema = TestPostgres.NewSchema() };
        var log = await PostgresLog.OpenAsync(
            new PostgresLogOptions { ConnectionString = server.Postgres, Schema = server.PostgresSchema, ReadConnections = 4 }, TestContext.Current.CancellationToken);
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(server);
            silo.Services.AddSingleton(TimeProvider.System);
            ClusterHost.AddPeople(silo.Services, MeasureOptions.Default);
        });
        builder.ConfigureClient(client => ClusterHost.AddPeople(client.Services, MeasureOptions.Default));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilos(cluster, log);
    }

    /// <summary>Puts records into the log, and says that they are folded up to there.</summary>
    public async Task AppendAsync(params LogRecord[] records)
    {
        var receipt = await _log.AppendAsync(records, TestContext.Current.CancellationToken);
        await People.ApplyAsync(new RecordBatch(receipt.Results[0].Position, records), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _log.DisposeAsync();
    }
}
