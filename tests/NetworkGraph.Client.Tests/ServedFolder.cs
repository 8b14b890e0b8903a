using System.Diagnostics;

namespace NetworkGraph.Client.Tests;

/// <summary>The executable, serving an empty folder on free ports of the loopback; one for all tests of the clients.</summary>
public sealed class ServedFolder : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");
    private Process _process = null!;

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    /// <summary>The folder of the sources.</summary>
    public static string Root { get; } = FindRoot();

    public async ValueTask InitializeAsync()
    {
        (Http, Grpc) = (new Uri($"http://127.0.0.1:{FreePort()}"), new Uri($"http://127.0.0.1:{FreePort()}"));
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var server = Path.Combine(AppContext.BaseDirectory, "..", "..", "NetworkGraph.Server", configuration, "NetworkGraph.Server.dll");
        var start = new ProcessStartInfo("dotnet", [server, "serve", "--data", _folder.FullName, "--urls", $"{Http}", "--grpc-urls",
            $"{Grpc}", "--log-level", "Error"]);
        _process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = Http };
        await Until.TrueAsync("the server is ready", async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative),
                    TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                return false;
            }
        });
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a program of the clients; returns what it printed.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {output}{await errors}");
        return output;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetworkGraph.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The folder of the solution was not found.");
    }
}
