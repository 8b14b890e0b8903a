using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace NetworkGraph.LoadTests.Crash;

/// <summary>The server's executable, built beside this program, in a process of its own on a free port.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan s_askEvery = TimeSpan.FromMilliseconds(5);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Uri> _addresses = [];
    private readonly int _addressesExpected;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private HttpClient? _http;

    private ServerUnderTest(Process process, int addressesExpected)
    {
        (_process, _addressesExpected) = (process, addressesExpected);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it is built.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "NetworkGraph.Server.dll");

    public HttpClient Http => _http ?? throw new InvalidOperationException("The server does not listen yet.");

    /// <summary>Where it listens for gRPC, if it was started so.</summary>
    public Uri Grpc => _addresses.Count > 1 ? _addresses[1] : throw new InvalidOperationException("The server does not listen for gRPC.");

    public int ProcessId => _process.Id;

    /// <summary>Processor time that it has used, of all cores together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Time since the process was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>Starts to serve a folder; returns when it listens.</summary>
    public static Task<ServerUnderTest> StartAsync(string folder, CancellationToken cancellation, bool grpc = false) =>
        StartAsync(Assembly, ["serve", "--data", folder], cancellation, grpc);

    /// <summary>
    /// Starts an executable that serves the API, on free ports, over gRPC too where that is asked for; returns when it listens.
    /// </summary>
    public static async Task<ServerUnderTest> StartAsync(
        string assembly, string[] arguments, CancellationToken cancellation, bool grpc = false)
    {
        string[] addresses = ["--urls", "http://127.0.0.1:0", "--grpc-urls", grpc ? "127.0.0.1:0" : ""];
        var server = new ServerUnderTest(Start(assembly, [.. arguments, .. addresses]), grpc ? 2 : 1);
        try
        {
            var ended = server._process.WaitForExitAsync(cancellation);
            if (await Task.WhenAny(server._listening.Task, ended) == ended)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"The server ended before it listened: {server.Said}");
            }
            server._http = new HttpClient { BaseAddress = server._addresses[0] };
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a verb to its end and hands over the lines of its output. Returns its exit code and its errors.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(
        string[] arguments, Action<string> line, CancellationToken cancellation)
    {
        using var process = Start(Assembly, arguments);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } next) line(next);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Returns when /health/ready says so.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await Http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellation);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            if (_process.HasExited) throw new InvalidOperationException($"The server ended before it was ready: {Said}");
            await Task.Delay(s_askEvery, cancellation);
        }
    }

    /// <summary>Kills it without warning (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end (SIGTERM) and waits until it has. Returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _http?.Dispose();
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    private static Process Start(string assembly, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
        const string Listening = "Now listening on: ";
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at < 0 || _listening.Task.IsCompleted) return;
        _addresses.Add(new Uri(line[(at + Listening.Length)..].Trim()));
        if (_addresses.Count == _addressesExpected) _listening.SetResult();
    }
}
