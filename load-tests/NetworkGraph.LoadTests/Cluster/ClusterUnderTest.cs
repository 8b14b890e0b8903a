using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Postgres;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>PostgreSQL, silos and a gateway, each a process of its own on free ports, in folders of their own.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private readonly string _assembly;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-cluster-");
    private readonly List<ServerUnderTest> _processes = [];

    private ClusterUnderTest(string assembly, PostgresServer postgres) => (_assembly, Postgres) = (assembly, postgres);

    public PostgresServer Postgres { get; }

    /// <param name="assembly">NetworkGraph.Cluster.dll, where it was built.</param>
    public static async Task<ClusterUnderTest> StartAsync(string assembly, CancellationToken cancellation) =>
        new(assembly, await PostgresServer.StartNewAsync(durable: true, cancellation));

    /// <summary>Starts a silo; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartSiloAsync(CancellationToken cancellation) =>
        StartAsync(["silo", "--silo-port", FreePort(), "--gateway-port", FreePort()], cancellation);

    /// <summary>Starts a gateway; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartGatewayAsync(CancellationToken cancellation) => StartAsync(["gateway"], cancellation);

    /// <summary>Starts a server of its own over the log of the cluster, with people in its process; returns when it is ready.</summary>
    public Task<ServerUnderTest> StartSingleAsync(CancellationToken cancellation) => StartAsync(ServerUnderTest.Assembly, ["serve", "--log", "postgres"], cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        await Postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<ServerUnderTest> StartAsync(string[] role, CancellationToken cancellation) => StartAsync(_assembly, role, cancellation);

    private async Task<ServerUnderTest> StartAsync(string assembly, string[] role, CancellationToken cancellation)
    {
        var data = Path.Combine(_folder.FullName, _processes.Count.ToString(CultureInfo.InvariantCulture));
        var process = await ServerUnderTest.StartAsync(assembly, [.. role, "--data", data, "--postgres", Postgres.ConnectionString], cancellation);
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
