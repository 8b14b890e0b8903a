using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Tests.Ingest;
using NetworkGraph.Server.Verbs;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Verbs;

/// <summary>Imports, from a file to a log here or behind a server.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Importing_a_file_twice_changes_nothing_and_equal_rows_are_two()
    {
        var file = Write("mail.csv", "from,to,at\nann,bob,1761990000001\nann,bob,1761990000001\nbob,ann;cy,1761990000002\n");

        var first = await RunAsync(Request(file, "csv", Message));
        var second = await RunAsync(Request(file, "csv", Message));

        first.ShouldSay(ExitCodes.Done, "3 accepted, 0 duplicates");
        second.ShouldSay(ExitCodes.Done, "0 accepted, 3 duplicates");
        (await RecordsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_reported_by_line_and_the_others_are_taken()
    {
        var file = Write("mail.csv", "from,to,at\nann,bob,1761990000001\nann,ann,1761990000002\nann,bob,when\nbob,ann,1761990000003\n");
        var errors = Path.Combine(_folder.FullName, "errors.ndjson");

        var run = await RunAsync(Request(file, "csv", Message) with { Errors = errors });

        run.ShouldSay(ExitCodes.Partly, "2 accepted", "2 rejected");
        run.Errors.ShouldContain("line 3: to names the sender alone");
        run.Errors.ShouldContain("line 4: at is not a date");
        var lines = (await File.ReadAllLinesAsync(errors, TestContext.Current.CancellationToken))
            .Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        lines.Select(l => l.GetProperty("line").GetInt64()).ShouldBe([3, 4]);
        lines.Select(l => l.GetProperty("field").GetString()).ShouldBe(["to", "at"]);
    }

    [Fact]
    public async Task Lines_of_json_need_no_id_and_gzip_is_noticed()
    {
        var file = Path.Combine(_folder.FullName, "interactions");
        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            await gzip.WriteAsync(
                Encoding.UTF8.GetBytes($"{Line(1)}\n{Line(1)}\n\n{Line(2)[..^1]},\"id\":\"own\"}}"), TestContext.Current.CancellationToken);

        var run = await RunAsync(Request(file));

        run.ShouldSay(ExitCodes.Done, "3 accepted");
        (await RecordsAsync()).Cast<Interaction>().Select(i => i.Id).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task People_are_imported_as_profiles()
    {
        var file = Write("people.ndjson", "{\"id\":\"ann\",\"name\":\"Ann\"}\n{\"id\":\"bob\",\"fax\":\"1\"}\n");

        var run = await RunAsync(Request(file));

        run.ShouldSay(ExitCodes.Partly, "1 accepted", "1 rejected");
        run.Errors.ShouldContain("line 2: fax");
        (await RecordsAsync()).ShouldHaveSingleItem().ShouldBeOfType<ProfileChanged>().Profile.Name.ShouldBe("Ann");
    }

    [Fact]
    public async Task An_unknown_column_is_left_out_and_reported()
    {
        var file = Write("mail.csv", "from,to,at,mood\nann,bob,1761990000001,happy\n");

        var run = await RunAsync(Request(file, "csv", Message));

        run.ShouldSay(ExitCodes.Done, "1 accepted", "The column 'mood' is left out.");
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_be_imported_and_writes_nothing()
    {
        var file = Write("mail.ndjson", $"{Line(1)}\n{Line(2)}\n");

        var request = Request(file);
        var run = await RunAsync(request with { Request = request.Request with { IsDryRun = true } });

        run.ShouldSay(ExitCodes.Done, "Read as ndjson: mail.ndjson", "2 interactions (2 message) of 4 people", "message: p1 -> q1",
            "Nothing was written");
        Directory.Exists(Data).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_file_format_is_reported()
    {
        var run = await RunAsync(Request(Write("poem.txt", "Roses are red\n")));

        run.Code.ShouldBe(ExitCodes.Failed);
        run.Errors.ShouldContain("is not in a known format");
    }

    [Fact]
    public async Task What_a_profile_says_is_not_overwritten_and_importing_a_card_again_writes_nothing()
    {
        var people = Write("people.ndjson", "{\"id\":\"ann@x.example\",\"name\":\"Ann by hand\"}\n");
        var card = Write(
            "ann.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Ann of the card\nORG:Acme\nEMAIL:ann@x.example\nCATEGORIES:Choir\nEND:VCARD\n");
        await RunAsync(Request(people));

        (await RunAsync(Request(card))).ShouldSay(ExitCodes.Done, "1 accepted");
        (await RunAsync(Request(card))).ShouldSay(ExitCodes.Done, "0 accepted, 1 duplicates");

        var profile = (await RecordsAsync()).OfType<ProfileChanged>().Last().Profile;
        (profile.Name, profile.Organisation).ShouldBe(("Ann by hand", "Acme"));
        profile.Tags.ShouldBe(["Choir"]);
    }

    [Fact]
    public async Task A_mailbox_is_imported_once_however_often()
    {
        var file = Write(
            "in.mbox", "From a@x.example Mon Mar  2 09:15:00 2026\nMessage-ID: <1@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: "
            + "a@x.example\nTo: b@x.example\n\nhello\n");

        (await RunAsync(Request(file))).ShouldSay(ExitCodes.Done, "Read as mbox", "1 accepted");
        (await RunAsync(Request(file))).ShouldSay(ExitCodes.Done, "0 accepted, 1 duplicates");
        (await RecordsAsync()).OfType<Interaction>().ShouldHaveSingleItem().Id.ShouldBe("mail:1@x");
    }

    [Fact]
    public async Task A_file_cut_off_says_what_was_kept()
    {
        var whole = new MemoryStream();
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 20_000; i++) gzip.Write(Encoding.UTF8.GetBytes($"{Line(i)}\n"));
        var file = Path.Combine(_folder.FullName, "half.ndjson.gz");
        await File.WriteAllBytesAsync(file, whole.ToArray()[..(int)(whole.Length / 2)], TestContext.Current.CancellationToken);

        var run = await RunAsync(Request(file));

        run.Code.ShouldBe(ExitCodes.Failed, run.Errors);
        run.Errors.ShouldContain("could not be parsed past line");
        run.Errors.ShouldContain("What was accepted is kept");
        (await RecordsAsync()).Count.ShouldBeInRange(1, 19_999);
    }

    [Fact]
    public async Task A_folder_in_use_is_reported()
    {
        var file = Write("mail.ndjson", Line(1));
        await using var inUse = await SqliteLog.OpenAsync(Data, TestContext.Current.CancellationToken);

        var run = await RunAsync(Request(file));

        run.Code.ShouldBe(ExitCodes.Failed);
        run.Errors.ShouldContain("--server");
    }

    [Fact]
    public async Task A_server_imports_as_a_folder_does_and_its_answers_are_told_by_the_files_lines()
    {
        await using var server = await RunningServer.StartAsync();
        var lines = Enumerable.Range(0, 2500).Select(i => i == 1700 ? "{}" : $"{{\"id\":\"i{(i == 2200 ? 2195 : i)}\",{Line(i)[1..]}");
        var file = Write("mail.ndjson", string.Join('\n', lines));

        var preview = await RunAsync(On(Request(file), server.Address, isDryRun: true));
        preview.ShouldSay(ExitCodes.Partly, "2,499 interactions (2,499 message)", "New to this server: 2,499 interactions, 177 people",
            "Nothing was written");
        var run = await RunAsync(On(Request(file), server.Address));

        run.ShouldSay(ExitCodes.Partly, "2,498 accepted", "1 conflicts", "1 rejected", "To undo it: imports undo 'mail.ndjson-");
        run.Errors.ShouldContain("line 1701: at is required");
        run.Errors.ShouldContain("line 2201: id is that of another interaction");
        (await server.GetAsync("/v1/imports")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_is_sent_to_a_server_as_one_import()
    {
        await using var server = await RunningServer.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "mine"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.ndjson"), Line(1), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "b.csv"), "from,to,at\nann,bob,1761990000001\n", TestContext.Current.CancellationToken);

        var run = await RunAsync(On(Request(folder.FullName, "auto", Message), server.Address));

        run.ShouldSay(ExitCodes.Done, "Read as ndjson: a.ndjson", "Read as csv: b.csv", "2 accepted");
        (await server.GetAsync("/v1/imports")).Json.GetProperty("items")[0].GetProperty("fileName").GetString().ShouldBe("mine");
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        var gone = await IngestHost.StartAsync();
        await gone.DisposeAsync();

        var run = await RunAsync(Request(Write("mail.ndjson", Line(1))) with { Server = gone.Address });

        run.Code.ShouldBe(ExitCodes.Failed);
        run.Errors.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Every_invalid_option_is_named()
    {
        using var import = new ServerProcess(
            ["import", "nowhere.csv", "--format", "cats", "--data", ".", "--server", "ftp://x", "--delimiter", "ab", "--time-unit", "h",
            "--columns", "who", "--map", "at=x"]);

        (await import.ExitCodeAsync()).ShouldBe(ExitCodes.Usage);
        var errors = await import.ErrorsAsync();
        foreach (var words in (string[])["no file 'nowhere.csv'", "--format 'cats'", "exclude each other", "--server 'ftp://x'",
            "--delimiter must", "--time-unit must", "--columns 'who'", "--map names"])
            errors.ShouldContain(words);
    }

    [Fact]
    public async Task The_verb_imports_the_mail_of_an_institute()
    {
        var data = Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
        if (data is null) Assert.Skip("NETWORKGRAPH_DATA, the folder of the real data sets, is not set.");
        using var import = new ServerProcess(
            ["import", Path.Combine(data, "email-eu", "email-Eu-core-temporal.txt.gz"), "--format", "csv", "--columns", "from,to,at",
            "--delimiter", "space",
            "--epoch", "2003-10-01T00:00:00Z", "--time-unit", "s", "--kind", "message", "--channel", "email", "--data", Data]);

        await import.WaitForLineAsync("212,828 accepted, 0 duplicates, 0 conflicts, 0 rejected");
        (await import.ExitCodeAsync()).ShouldBe(ExitCodes.Done);
    }

    private static readonly CsvRequest Message = new()
    {
        Constants = new Dictionary<InteractionField,
        string>
        { [InteractionField.Kind] = "message" }
    };

    private static string Line(int i) =>
        $"{{\"at\":{1761990000000 + i},\"from\":\"p{i % 100}\",\"to\":\"q{i % 77}\",\"kind\":\"message\"}}";

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private ImportArguments Request(string file, string format = "auto", CsvRequest? csv = null) => new()
    {
        File = file,
        Data = Data,
        Settings = new ImportSettings { Csv = csv ?? new CsvRequest() },
        Request = new ImportRequest
        {
            FileName = Path.GetFileName(file),
            Format = format,
            Options = new ImportOptions { Csv = csv ?? new CsvRequest() }
        },
    };

    private static ImportArguments On(ImportArguments arguments, Uri server, bool isDryRun = false) =>
        arguments with { Server = server, Request = arguments.Request with { IsDryRun = isDryRun } };

    private static async Task<Run> RunAsync(ImportArguments arguments, CancellationToken? cancellation = null)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await new ImportCommand(arguments, new HurriedClock(), output, errors).RunAsync(
            cancellation ?? TestContext.Current.CancellationToken);
        return new Run(code, output.ToString(), errors.ToString());
    }

    /// <summary>All records but those of the import itself.</summary>
    private async Task<List<LogRecord>> RecordsAsync()
    {
        var records = new List<LogRecord>();
        await using var log = await SqliteLog.OpenAsync(Data, TestContext.Current.CancellationToken);
        await foreach (var batch in log.ReadAsync(0, TestContext.Current.CancellationToken)) records.AddRange(
            batch.Records.Where(record => record is not BatchChanged));
        return records;
    }

    private sealed record Run(int Code, string Output, string Errors)
    {
        public void ShouldSay(int code, params string[] words)
        {
            Code.ShouldBe(code, Errors);
            foreach (var word in words) Output.ShouldContain(word);
        }
    }

    /// <summary>Delays end at once, so that no one waits for a busy server but the program.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                callback, state, period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
