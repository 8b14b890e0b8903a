using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Verbs;

public sealed class KeysVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_is_made_listed_and_revoked()
    {
        var (made, key, notes) = await RunAsync(
            "create", "--name", "Ada's own", "--scope", "person:ada@example.org", "ingest", "--expires", "90d");
        made.ShouldBe(0, notes);
        key.ShouldStartWith("ngk_");
        key.ShouldNotContain('\n');
        notes.ShouldContain("Ada's own");
        notes.ShouldContain("It is the first of");
        var id = ApiKey.IdIn(key).ShouldNotBeNull();
        notes.ShouldNotContain(key);

        var (_, listed, _) = await RunAsync("list");
        listed.ShouldStartWith($"{id}  Ada's own: ingest, person:ada@example.org; since ");
        listed.ShouldContain(", until ");
        listed.ShouldNotContain(key);

        (await RunAsync("revoke", id)).Code.ShouldBe(0);
        var (code, _, gone) = await RunAsync("revoke", id);
        code.ShouldBe(1);
        gone.ShouldContain($"There is no key '{id}'");
        (await RunAsync("list")).Notes.ShouldContain("refuses every request");
    }

    [Fact]
    public async Task All_errors_are_named_at_once_and_no_key_is_made()
    {
        var (code, output, notes) = await RunAsync("create", "--name", "  ", "--scope", "loud", "--expires", "2020-01-01");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        foreach (var named in new[] { "--name", "--scope: 'loud' is not a scope", "--expires '2020-01-01' is past already" })
            notes.ShouldContain(named);
        File.Exists(KeyFile.PathIn(_folder.FullName)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_command_leaves_the_keys_as_they_were_or_with_the_new_one()
    {
        NetworkGraph.Server.Tests.Keys.KeyedServer.AddKey(_folder.FullName, "admin");
        var path = KeyFile.PathIn(_folder.FullName);
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        using (var create = Start("create", "--name", "n", "--scope", "analyst"))
        {
            // Killed as soon as it can be seen to write, which is before, while or after it puts the new file in place.
            await Until.TrueAsync("the key file is being written", async () =>
                File.Exists(path + ".new") || !(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).AsSpan()
                    .SequenceEqual(before));
            create.Signal("KILL");
            await create.ExitCodeAsync();
        }
        KeyFile.Read(_folder.FullName).ShouldNotBeNull().Count.ShouldBeInRange(1, 2);
        NetworkGraph.Server.Tests.Keys.KeyedServer.AddKey(_folder.FullName, "ingest");
        KeyFile.Read(_folder.FullName).ShouldNotBeNull().Count.ShouldBeInRange(2, 3);
    }

    private ServerProcess Start(string verb, params string[] args) => new(["keys", verb, .. args, "--data", _folder.FullName]);

    private async Task<(int Code, string Output, string Notes)> RunAsync(string verb, params string[] args)
    {
        using var process = Start(verb, args);
        var output = await process.OutputAsync();
        return (await process.ExitCodeAsync(), output.TrimEnd(), await process.ErrorsAsync());
    }
}
