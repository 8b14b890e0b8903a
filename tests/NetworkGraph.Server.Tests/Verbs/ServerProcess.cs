using System.Diagnostics;

namespace NetworkGraph.Server.Tests.Verbs;

/// <summary>The executable itself, as a user runs it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    public ServerProcess(string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName
        };
        // A background job of a shell ignores SIGINT, its children inherit that, and .NET respects it: the server would never be
        // told to stop.
        start.FileName = OperatingSystem.IsLinux() ? "env" : "dotnet";
        if (OperatingSystem.IsLinux())
            foreach (var arg in (string[])["--default-signal=INT", "--default-signal=QUIT", "dotnet"]) start.ArgumentList.Add(arg);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NetworkGraph.Server.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public Task<string> ErrorsAsync() => Until.DoneAsync("the end of the server's errors", _errors);

    /// <summary>All of the output; waits for the end.</summary>
    public Task<string> OutputAsync() =>
        Until.DoneAsync("the end of the server's output", _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));

    /// <summary>Reads the output until a line holds <paramref name="text"/>; returns that line.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        while (await NextLineAsync($"a line with '{text}'") is { } line)
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"The server ended without saying '{text}': {await _errors}");
    }

    private Task<string?> NextLineAsync(string what) =>
        Until.DoneAsync(what, _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask());

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> ExitCodeAsync()
    {
        var rest = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Until.DoneAsync("the server process to end", _process.WaitForExitAsync(TestContext.Current.CancellationToken));
        await rest;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
