using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>The code of README.md, run as it stands there.</summary>
public sealed partial class ReadmeTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-readme-");
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await using var zip = await _server.Http.GetStreamAsync("/protos/networkgraph.zip", TestContext.Current.CancellationToken);
        await ZipFile.ExtractToDirectoryAsync(zip, Path.Combine(_folder.FullName, "protos"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_examples_for_gRPC_do_what_they_say()
    {
        var recorded = await RunAsync(ClientProcess.Python, "python", "example.py");
        recorded.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldBe("10 messages are durable: 20 accepted, 0 duplicates");
        await _server.UntilVisibleAsync();
        (await RunAsync(ClientProcess.Node, "js", "example.cjs")).ShouldStartWith("bob@example.org: ");
    }

    [Fact]
    public async Task The_proto_files_are_served_one_by_one()
    {
        var names = (await _server.GetAsync("/protos")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        names.ShouldContain("/protos/networkgraph/v1/people.proto");
        names.ShouldContain("/protos/google/rpc/error_details.proto");
        foreach (var name in names.Where(n => n.EndsWith(".proto", StringComparison.Ordinal)))
            (await _server.GetAsync(name)).Body.ShouldContain("syntax = \"proto3\";");
        (await _server.GetRawAsync("/protos/..%2Fappsettings.json")).Status.ShouldBe(404);
        (await _server.GetAsync("/protos/nothing.proto")).Status.ShouldBe(404);
    }

    private async Task<string> RunAsync(string client, string language, string file)
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(ClientProcess.ScriptsFolder, "../../../README.md"), TestContext.Current.CancellationToken);
        var code = Block().Matches(readme).Single(m => m.Groups["language"].Value == language).Groups["code"].Value;
        code.ShouldContain("127.0.0.1:5081");
        var path = Path.Combine(_folder.FullName, file);
        await File.WriteAllTextAsync(path,
            code.Replace("127.0.0.1:5080", _server.Address.Authority)
                .Replace("127.0.0.1:5081", _server.GrpcAddress.Authority), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(await ClientProcess.ProgramAsync(client), [path])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(ClientProcess.ScriptsFolder, "node", "node_modules") },
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    [GeneratedRegex("```(?<language>python|js)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
