using System.Diagnostics;
using System.Reflection;

namespace NetworkGraph.Grpc.Tests;

/// <summary>A script of one of the real clients, run in a process of its own.</summary>
internal sealed partial class ClientProcess : IAsyncDisposable
{
    public const string Node = "node";
    public const string Python = "python";

    /// <summary>Debian's own, which the packages python3-grpcio and python3-protobuf belong to.</summary>
    private const string PythonProgram = "/usr/bin/python3";

    private static readonly Lazy<Task<string?>> s_nodeIsMissing = new(WhyNodeIsMissingAsync);
    private static readonly Lazy<Task<string?>> s_pythonIsMissing = new(WhyPythonIsMissingAsync);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _name;

    private ClientProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where the clients' scripts lie.</summary>
    public static string ScriptsFolder { get; } = typeof(ClientProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ClientsFolder").Value!;

    /// <summary>Starts a script of the clients' folder; skips the test, saying why, where the client is not installed.</summary>
    public static async Task<ClientProcess> StartAsync(string client, string script, params string[] arguments)
    {
        var program = await ProgramAsync(client);
        var file = Path.Combine(ScriptsFolder, client, client == Node ? $"{script}.mjs" : $"{script}.py");
        return new ClientProcess(Start(program, ScriptsFolder, [file, .. arguments]), $"{client} {script} {arguments[^1]}");
    }

    /// <summary>What runs a client's scripts; skips the test, saying why, where the client is not installed.</summary>
    public static async Task<string> ProgramAsync(string client)
    {
        var missing = await (client == Node ? s_nodeIsMissing : s_pythonIsMissing).Value;
        Assert.SkipWhen(missing is not null, missing ?? "");
        return client == Node ? "node" : PythonProgram;
    }

    /// <summary>Waits for the client to say the line.</summary>
    public async Task HearAsync(string line)
    {
        var heard = await NextLineAsync($"'{line}' from {_name}");
        if (heard != line)
            Assert.Fail($"{_name} said '{heard}', not '{line}': {await _errors}");
    }

    /// <summary>Tells the client a line.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line the client says.</summary>
    public async Task<string> ListenAsync()
    {
        var heard = await NextLineAsync($"a line from {_name}");
        if (heard is null) Assert.Fail($"{_name} ended: {await _errors}");
        return heard!;
    }

    /// <summary>Lets a waiting client go on.</summary>
    public Task NodAsync() => TellAsync("go on");

    public async Task FinishAsync()
    {
        await HearAsync("done");
        await Until.DoneAsync($"{_name} to end", _process.WaitForExitAsync(TestContext.Current.CancellationToken));
        var errors = await _errors;
        _process.ExitCode.ShouldBe(0, $"{_name}: {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Task<string?> NextLineAsync(string what) =>
        Until.DoneAsync(what, _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask());

    private static Process Start(string program, string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task<string?> WhyNodeIsMissingAsync()
    {
        var folder = Path.Combine(ScriptsFolder, "node");
        if (await WhyItFailsAsync("node", folder, "--version") is { } noNode)
            return $"node does not run: {noNode}";
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js")))
            return null;
        return await WhyItFailsAsync("npm", folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund") is { } noPackages
            ? $"the packages of the grpc-js client cannot be installed: {noPackages}"
            : null;
    }

    private static async Task<string?> WhyPythonIsMissingAsync() =>
        await WhyItFailsAsync(PythonProgram, ScriptsFolder, "-c", "import grpc, google.protobuf") is { } why
            ? $"{PythonProgram} has no grpcio (Debian: python3-grpcio, python3-protobuf): {why}"
            : null;

    private static async Task<string?> WhyItFailsAsync(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Start(program, folder, arguments);
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : errors.Trim().ReplaceLineEndings(" ");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
