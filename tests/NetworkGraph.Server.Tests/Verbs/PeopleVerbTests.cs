using NetworkGraph.Events.Records;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Verbs;

public sealed class PeopleVerbTests : IDisposable
{
    private const string Work = "ann.lee@work.example", Home = "annlee@home.example";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Duplicates_are_found_merged_exported_and_split_again()
    {
        await using (var log = await SqliteLog.OpenAsync(_folder.FullName, TestContext.Current.CancellationToken))
        {
            var profiles = new[] { (Work, "Ann Lee"), (Home, "Ann Lee") }
                .Select(p => new ProfileChanged { AtMs = 1, Profile = new Profile { Id = p.Item1, Name = p.Item2 } });
            await log.AppendAsync([.. profiles], TestContext.Current.CancellationToken);
        }

        (await RunAsync("people", "duplicates")).ShouldBe((0, $"0.98  {Work}  {Home}  same-name: both are called ann lee\n"));
        (await RunAsync("people", "merge", "Ann.Lee@Work.example", Home, "--canonical", Work)).Code.ShouldBe(0);
        (await RunAsync("people", "duplicates")).Output.ShouldBeEmpty();
        (await RunAsync("export", "--what", "aliases", "--format", "mailmap")).Output.ShouldBe($"Ann Lee <{Work}> <{Home}>\n");
        (await RunAsync("export", "--what", "aliases", "--format", "csv")).Output.ShouldContain($"\n{Work},{Home},{Work},");
        (await RunAsync("people", "split", Home, Work, "--distinct")).Code.ShouldBe(0);
        (await RunAsync("people", "split", Home, Work)).Code.ShouldBe(1);
        (await RunAsync("people", "duplicates")).Output.ShouldBeEmpty();
        (await RunAsync("people", "merge", Work, "lee park@work.example")).Code.ShouldBe(2);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var process = new ServerProcess([.. args, "--data", _folder.FullName]);
        var output = await process.OutputAsync();
        return (await process.ExitCodeAsync(), output);
    }
}
