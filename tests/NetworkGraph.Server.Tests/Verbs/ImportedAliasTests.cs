using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Verbs;

/// <summary>What an import shows to be of one card or account is one person's, for as long as the import stands.</summary>
public sealed class ImportedAliasTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_addresses_of_a_card_are_one_person_until_the_import_is_undone()
    {
        await WriteAsync("ann.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEMAIL;TYPE=pref:ann@work.example\r\nEMAIL:ann.lee@home.example\r\nEND:VCARD\r\n");
        (await RunAsync("import", File("ann.vcf"))).Code.ShouldBe(0);
        var merged = await AliasesAsync();
        merged.ShouldContain("ann.lee@home.example,ann@work.example,ann@work.example,");
        var last = await LastPositionAsync();
        (await RunAsync("import", File("ann.vcf"))).Code.ShouldBe(0);
        (await AliasesAsync()).ShouldBe(merged);
        (await LastPositionAsync()).ShouldBe(last + 2, "begun and ended, and nothing else");
        // The people of a mailbox with the same name are suggested, and no more.
        await WriteAsync("mail.mbox", string.Join('\n',
            "From x Mon Mar  2 08:15:00 2026", "Message-ID: <1@x>", "Date: Mon, 2 Mar 2026 08:15:00 +0000",
                "From: Bea Ray <bea@work.example>", "To: Ann Lee <ann@third.example>", "", "Hi", "",
            "From x Mon Mar  2 08:16:00 2026", "Message-ID: <2@x>", "Date: Mon, 2 Mar 2026 08:16:00 +0000",
                "From: 77+cy@users.noreply.github.com", "To: Bea Ray <bea@home.example>", "", "Hi", ""));
        (await RunAsync("import", File("mail.mbox"))).Code.ShouldBe(0);
        var aliases = await AliasesAsync();
        aliases.ShouldContain("77+cy@users.noreply.github.com,https://github.com/cy,https://github.com/cy,");
        aliases.ShouldNotContain("ann@third.example");
        aliases.ShouldNotContain("bea@home.example");

        var imports = (await RunAsync("imports", "list")).Output;
        var batch = imports.Split('\n').Single(line => line.Contains("ann.vcf", StringComparison.Ordinal)).Split('\t')[0];
        (await RunAsync("imports", "undo", batch)).Code.ShouldBe(0);
        (await AliasesAsync()).ShouldNotContain("ann@work.example");
        (await RunAsync("import", File("ann.vcf"))).Code.ShouldBe(0);
        (await AliasesAsync()).ShouldContain("ann.lee@home.example,ann@work.example,ann@work.example");
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private Task WriteAsync(string name, string text) =>
        System.IO.File.WriteAllTextAsync(File(name), text, TestContext.Current.CancellationToken);

    private async Task<string> AliasesAsync() => (await RunAsync("export", "--what", "aliases", "--format", "csv")).Output;

    private async Task<long> LastPositionAsync()
    {
        await using var log = await SqliteLog.OpenAsync(Data, TestContext.Current.CancellationToken);
        return log.LastPosition;
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var process = new ServerProcess([.. args, "--data", Data]);
        var output = await process.OutputAsync();
        return (await process.ExitCodeAsync(), output);
    }
}
