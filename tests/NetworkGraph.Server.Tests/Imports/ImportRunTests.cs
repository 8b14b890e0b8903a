using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Tests.Ingest;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Imports;

/// <summary>One import, from the source to the log; what a dry run says of it, and what comes of being stopped.</summary>
public sealed class ImportRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    /// <summary>Samples made here, and those of the real data sets where they are at hand.</summary>
    public static TheoryData<string> Samples { get; } = [.. SampleFiles.All.Select(file => file.Name), "archive", .. RealSamples()];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_dry_run_and_the_import_agree_in_every_count(string name)
    {
        var preview = await RunAsync(name, isDryRun: true);
        var import = await RunAsync(name, isDryRun: false);

        var (said, done) = (ImportReportAnswer.Of(preview), ImportReportAnswer.Of(import));
        (said.Interactions, said.Profiles, said.People, said.FirstAt, said.LastAt).ShouldBe(
            (done.Interactions, done.Profiles, done.People, done.FirstAt, done.LastAt));
        said.ByKind.ShouldBe(done.ByKind);
        said.LeftOut.ShouldBe(done.LeftOut);
        said.Guesses.ShouldBe(done.Guesses);
        said.Me.ShouldBe(done.Me);
        said.Rejected.ShouldBe(done.Rejected);
        said.Examples.Select(e => e.Id).ShouldBe(done.Examples.Select(e => e.Id));
        preview.Tally.RejectedCount.ShouldBe(import.Tally.RejectedCount);
        var (lines, rejected) = (import.Tally.Lines, import.Tally.RejectedCount);
        (said.Interactions + said.Profiles).ShouldBe(lines - rejected);
        preview.Tally.Lines.ShouldBe(lines);
        if (!name.Contains('/', StringComparison.Ordinal)) (lines + done.LeftOut.Sum(reason => reason.Count)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_dry_run_counts_every_row_of_a_file_of_many_batches()
    {
        const int Rows = 10_000;
        var text = string.Join(
            '\n', Enumerable.Range(0, Rows).Select(
            i => $"{{\"at\":{1761990000000 + i},\"from\":\"p{i % 100}\",\"to\":\"q{i % 77}\",\"kind\":\"message\"}}"));
        var run = await RunAsync(
            ImportSource.FromBytes("many.ndjson", ("many.ndjson", Encoding.UTF8.GetBytes(text))), isDryRun: true, null);
        run.Summary.Interactions.ShouldBe(Rows);
        run.Tally.Accepted.ShouldBe(Rows);
    }

    [Fact]
    public async Task Rows_of_one_mail_to_several_people_keep_the_import_that_brought_them()
    {
        const string Csv = "from,to,at,kind\nann,bob,2026-01-01T09:00:00Z,message\nann,cai,2026-01-01T09:00:00Z,message\n";
        await using var log = await SqliteLog.OpenAsync(_folder.FullName, TestContext.Current.CancellationToken);
        using var target = new ImportTarget(log, null, Viewer.Admin, null, DayClock.Fixed);
        var run = await RunAsync(ImportSource.FromBytes("mail.csv", ("mail.csv", Encoding.UTF8.GetBytes(Csv))), isDryRun: false, target);

        var mail = new List<Interaction>();
        await foreach (var batch in log.ReadAsync(0, TestContext.Current.CancellationToken)) mail.AddRange(
            batch.Records.OfType<Interaction>());
        mail.ShouldHaveSingleItem().To.ShouldBe(["bob", "cai"]);
        mail[0].Batch.ShouldBe(run.Request.Batch);
    }

    [Fact]
    public async Task Stopping_waits_for_what_is_under_way_and_keeps_what_was_accepted()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new OrderedLog();
        using var target = new ImportTarget(log, null, Viewer.Admin, null, DayClock.Fixed);
        using var stop = new CancellationTokenSource();
        var text = string.Join(
            '\n', Enumerable.Range(0, 100_000).Select(
            i => $"{{\"at\":{1761990000000 + i},\"from\":\"p{i % 100}\",\"to\":\"q{i % 77}\",\"kind\":\"message\"}}"));
        using var source = ImportSource.FromBytes("many.ndjson", ("many.ndjson", Encoding.UTF8.GetBytes(text)));
        var run = new ImportRun(new ImportRequest { FileName = "many.ndjson" }, source, DayClock.Fixed, null, stop.Token);

        // The record of the beginning passes; everything after it waits at the gate.
        var running = Task.Run(async () =>
        {
            await run.RunAsync(target);
        }, TestContext.Current.CancellationToken);
        await Until.TrueAsync("the import has begun", () => log.Appends >= 1);
        log.Gate = gate.Task;
        await Until.TrueAsync("it waits for the log", () => log.Appends >= 4 || running.IsCompleted);
        await stop.CancelAsync();
        gate.SetResult();
        await running;

        run.State.ShouldBeOneOf(ImportRunState.Cancelled, ImportRunState.Done);
        run.Tally.Accepted.ShouldBe(log.Interactions.Count());
        var last = log.Records.OfType<BatchChanged>().Last();
        last.Phase.ShouldBe(run.State is ImportRunState.Cancelled ? BatchPhase.Stopped : BatchPhase.Finished);
        last.Counts.Accepted.ShouldBe(run.Tally.Accepted);
    }

    [Theory]
    [InlineData("m1@x.example")]
    // Outlook's ids are so long that those of instances are hashes.
    [InlineData("040000008200E00074C5B7101A82E0080000000010D8CB5E6A5DD901000000000000000010000000B5E7C2A9D6F1A84FA6F28E11C2C96B8C")]
    public async Task A_meeting_that_a_calendar_takes_back_is_retracted_and_so_is_a_series(string uid)
    {
        await using var log = await SqliteLog.OpenAsync(_folder.FullName, TestContext.Current.CancellationToken);
        var weekly = SampleFiles.Calendar(uid, "RRULE:FREQ=WEEKLY;COUNT=3\r\n");

        (await ImportAsync("first.ics", weekly)).Tally.Accepted.ShouldBeGreaterThanOrEqualTo(3);
        var cancelled = await ImportAsync("cancel.ics", SampleFiles.CancelledCalendar(uid));
        var again = await ImportAsync("first.ics", weekly);

        cancelled.MeetingsRetracted.ShouldBe(3);
        again.Tally.Retracted.ShouldBe(3);
        (await ImportAsync("other.ics", SampleFiles.Calendar("another@x.example"))).MeetingsRetracted.ShouldBe(0);

        async Task<ImportRun> ImportAsync(string name, string text)
        {
            using var target = new ImportTarget(log, null, Viewer.Admin, null, DayClock.Fixed);
            return await RunAsync(ImportSource.FromBytes(name, (name, Encoding.UTF8.GetBytes(text))), isDryRun: false, target);
        }
    }

    [Fact]
    public async Task Ids_of_one_card_are_merged_once_and_what_was_told_apart_stays_so()
    {
        await using var log = await SqliteLog.OpenAsync(_folder.FullName, TestContext.Current.CancellationToken);
        const string Card =
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEMAIL:ann@x.example\nEMAIL:other@x.example\nEMAIL:third@x.example\nEND:VCARD\n";
        await log.AppendAsync(
            [new AliasChanged { AtMs = 1, One = "ann@x.example", Other = "third@x.example", Change = AliasChange.Distinct }],
            TestContext.Current.CancellationToken);

        (await ImportAsync()).IdsMerged.ShouldBe(1);
        (await ImportAsync()).IdsMerged.ShouldBe(0);

        async Task<ImportRun> ImportAsync()
        {
            using var target = new ImportTarget(log, null, Viewer.Admin, null, DayClock.Fixed);
            return await RunAsync(ImportSource.FromBytes("ann.vcf", ("ann.vcf", Encoding.UTF8.GetBytes(Card))), isDryRun: false, target);
        }
    }

    private static IEnumerable<string> RealSamples()
    {
        if (Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA") is not { } data || !Directory.Exists(Path.Combine(data, "importers")))
            return [];
        var folder = Path.Combine(data, "importers");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(
            path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path.Contains('/', StringComparison.Ordinal) && !path.StartsWith("licences/", StringComparison.Ordinal)
                && !path.StartsWith("text/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static ImportSource Open(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return ImportSource.Open(Path.Combine(Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA")!, "importers", name));
        return name == "archive"
            ? ImportSource.FromBytes("archive", [.. SampleFiles.All.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))])
            : ImportSource.FromBytes(name, (name, Encoding.UTF8.GetBytes(SampleFiles.All.First(file => file.Name == name).Text)));
    }

    private async Task<ImportRun> RunAsync(string name, bool isDryRun)
    {
        if (isDryRun) return await RunAsync(Open(name), isDryRun, null);
        await using var log = await SqliteLog.OpenAsync(_folder.FullName, TestContext.Current.CancellationToken);
        using var target = new ImportTarget(log, null, Viewer.Admin, null, DayClock.Fixed);
        return await RunAsync(Open(name), isDryRun, target);
    }

    private static async Task<ImportRun> RunAsync(ImportSource source, bool isDryRun, ImportTarget? target)
    {
        using (source)
        {
            var options = new ImportOptions { AtMs = 1_770_000_000_000, Kind = InteractionKind.Message, Zone = NodaTime.DateTimeZone.Utc };
            var run = new ImportRun(
                new ImportRequest { FileName = source.Name, IsDryRun = isDryRun, Options = options }, source, DayClock.Fixed, null,
                TestContext.Current.CancellationToken);
            await run.RunAsync(target);
            return run;
        }
    }
}
