using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.LoadTests.Postgres;

/// <summary>
/// A PostgreSQL server of our own, in a folder of its own on a loopback port, that can be stopped and started again.
/// Needs PostgreSQL's programs, as Debian installs them; as root it runs as the user postgres.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Root = "/usr/lib/postgresql";
    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;
    private readonly bool _durable;
    private bool _running;

    private PostgresServer(string programs, string folder, int port, bool durable)
    {
        _programs = programs;
        _folder = folder;
        _port = port;
        _durable = durable;
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>Processor time of the server and the processes it has now; those that ended are counted with it.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var server = File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First();
            var ticks = 0L;
            foreach (var process in Directory.GetDirectories("/proc").Where(
                static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                if (!TryRead(Path.Combine(process, "stat"), out var stat)) continue;
                // Behind the name, which may hold anything: state, parent, and from the twelfth on its own ticks and those of children that
                // ended.
                var parts = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (parts[1] == server || Path.GetFileName(process) == server)
                    ticks += parts[11..15].Sum(static part => long.Parse(part, CultureInfo.InvariantCulture));
            }
            return ticks * TimeSpan.FromMilliseconds(10);

            static bool TryRead(string file, out string text)
            {
                try
                {
                    text = File.ReadAllText(file);
                    return true;
                }
                catch (IOException)
                {
                    // It ended meanwhile.
                    text = "";
                    return false;
                }
            }
        }
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing => Programs() is null ? $"PostgreSQL is not installed (no initdb under {Root})" : null;

    /// <summary>Makes a cluster in a new temporary folder and starts it.</summary>
    /// <param name="durable">Whether commits wait for the disk; tests that do not pull the plug need not wait.</param>
    public static async Task<PostgresServer> StartNewAsync(bool durable, CancellationToken cancellation = default)
    {
        var programs = Programs() ?? throw new InvalidOperationException(Missing);
        var server = new PostgresServer(programs, Directory.CreateTempSubdirectory("networkgraph-postgres-").FullName, FreePort(), durable);
        try
        {
            if (Environment.IsPrivilegedProcess) await server.RunAsync("chown", ["postgres", server._folder], cancellation);
            await server.RunAsOwnerAsync(
                "initdb", ["-D", server.DataFolder, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C"], cancellation);
            await server.StartAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var settings = $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync={(_durable ? "on" : "off")} -c max_connections=200";
        await RunAsOwnerAsync(
            "pg_ctl", ["-D", DataFolder, "-w", "-l", Path.Combine(_folder, "server.log"), "-o", settings, "start"], cancellation);
        _running = true;
    }

    /// <summary>Stops the server; <paramref name="immediately"/> as if it had crashed.</summary>
    public async Task StopAsync(bool immediately = false)
    {
        await RunAsOwnerAsync("pg_ctl", ["-D", DataFolder, "-w", "-m", immediately ? "immediate" : "fast", "stop"], CancellationToken.None);
        _running = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running) await StopAsync(immediately: true);
        Directory.Delete(_folder, recursive: true);
    }

    private string DataFolder => Path.Combine(_folder, "data");

    private Task RunAsOwnerAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments], cancellation)
            : RunAsync(path, arguments, cancellation);
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        // The server itself inherits what this process writes to, so it must be a file and no pipe that is waited for.
        var output = Path.Combine(_folder, Path.GetFileName(arguments.FirstOrDefault(a => a.StartsWith('/')) ?? program) + ".out");
        var start = new ProcessStartInfo("sh", ["-c", $"cd / && exec \"$0\" \"$@\" > '{output}' 2>&1", program, .. arguments]);
        using var process = Process.Start(start) ?? throw new Win32Exception($"{program} did not start.");
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed: {await File.ReadAllTextAsync(output, cancellation)}");
    }

    private static string? Programs() => !Directory.Exists(Root) ? null : Directory.GetDirectories(Root)
        .Select(version => Path.Combine(version, "bin"))
        .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
        .OrderDescending(StringComparer.Ordinal)
        .FirstOrDefault();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
