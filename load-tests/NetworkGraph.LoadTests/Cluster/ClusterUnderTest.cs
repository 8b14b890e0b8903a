using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Postgres;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>PostgreSQL and silos, each a process of its own on free ports, in folders of their own.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-cluster-");
    private readonly List<ServerUnderTest> _processes = [];

    private ClusterUnderTest(PostgresServer postgres) => Postgres = postgres;

    public PostgresServer Postgres { get; }

    public static async Task<ClusterUnderTest> StartAsync(CancellationToken cancellation) =>
        new(await PostgresServer.StartNewAsync(durable: true, cancellation));

    /// <summary>Starts a silo that owns people; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartSiloAsync(CancellationToken cancellation) =>
        StartAsync(["serve", "--cluster", "--silo-port", FreePort()], cancellation);

    /// <summary>Starts a silo that owns no one and answers requests; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartApiSiloAsync(CancellationToken cancellation) =>
        StartAsync(["serve", "--cluster", "--role", "api", "--silo-port", FreePort()], cancellation);

    /// <summary>Starts a server of its own over the log of the cluster, with people in its process; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartSingleAsync(CancellationToken cancellation) =>
        StartAsync(["serve", "--log", "postgres"], cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        await Postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<ServerUnderTest> StartAsync(string[] role, CancellationToken cancellation)
    {
        var data = Path.Combine(_folder.FullName, _processes.Count.ToString(CultureInfo.InvariantCulture));
        var process = await ServerUnderTest.StartAsync(
            ServerUnderTest.Assembly, [.. role, "--data", data, "--postgres", Postgres.ConnectionString], cancellation);
        _processes.Add(process);
        await process.UntilReadyAsync(cancellation);
        return process;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
