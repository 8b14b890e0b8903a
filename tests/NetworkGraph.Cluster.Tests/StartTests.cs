using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetworkGraph.Cluster.Tests.SameAnswers;

namespace NetworkGraph.Cluster.Tests;

/// <summary>A silo that cannot start ends soon, and says why in one line.</summary>
public sealed class StartTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=nobody;Database=none";

    [Theory(Timeout = 120_000)]
    [InlineData("shards")]
    [InlineData("api")]
    public async Task A_database_that_is_away_is_one_clear_line(string role)
    {
        var (exitCode, errors) = await RunAsync(
            "--role", role, "--silo-port", ClusterBesideEmbedded.FreePort().ToString(CultureInfo.InvariantCulture), "--postgres", Away,
            "--urls", "http://127.0.0.1:0", "--grpc-urls", "");
        exitCode.ShouldBe(1);
        errors.ShouldContain("PostgreSQL at 127.0.0.1:1, database none cannot be opened");
        errors.TrimEnd().ShouldNotContain("\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_port_of_another_silo_is_not_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";
        var (exitCode, errors) = await RunAsync("--postgres", Away, "--silo-port", port, "--urls", "http://127.0.0.1:0", "--grpc-urls", "");
        exitCode.ShouldBe(1);
        errors.ShouldContain($"127.0.0.1:{port}: the port is in use");
        errors.ShouldContain("--silo-port");
    }

    [Fact(Timeout = 120_000)]
    public async Task Wrong_settings_of_server_and_cluster_are_named_at_once()
    {
        var (exitCode, errors) = await RunAsync("--postgres", "Hots=x", "--address", "0.0.0.0", "--silo-port", "0", "--log-level", "loud");
        exitCode.ShouldBe(2);
        errors.TrimEnd().Split('\n').Length.ShouldBe(4, errors);
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "NetworkGraph.Server.dll"), "serve", "--cluster", .. arguments])
                {
                    WorkingDirectory = folder.FullName,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await output;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
