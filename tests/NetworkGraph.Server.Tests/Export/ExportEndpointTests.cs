using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Archives;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Tests.Keys;
using NetworkGraph.Server.Verbs.Export;
using Parquet;

namespace NetworkGraph.Server.Tests.Export;

/// <summary>A server with a little of everything that a log can hold.</summary>
public sealed class ExportedServer : IAsyncLifetime
{
    public const string Second = "bob@home.example";

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        await Server.AppendAsync([.. SmallNetwork.Records()]);
        await Server.AppendAsync(
            new ProfileChanged
            {
                AtMs = 1,
                Profile = new Profile
                {
                    Id = SmallNetwork.Eve,
                    Name = "=cmd|'/c calc'!A1",
                    Tags = ["a,b"],
                    Entity = EntityKind.Role,
                    OpenToIntroductions = false
                }
            },
            new AliasChanged
            {
                AtMs = 2,
                One = SmallNetwork.Bob,
                Other = Second,
                Change = AliasChange.Merged,
                Canonical = SmallNetwork.Bob
            },
            new PreferenceChanged
            {
                AtMs = 3,
                Person = SmallNetwork.Ada,
                Other = SmallNetwork.Bob,
                Preference = new Preference { CadenceDays = 30, Tags = ["friend"] }
            },
            new BlockChanged { AtMs = 4, By = SmallNetwork.Ada, Against = SmallNetwork.Dee, IsPlaced = true },
            new BatchChanged { AtMs = 5, Batch = "one", Phase = BatchPhase.Started },
            Mail("mail:1@x", "one", SmallNetwork.Bob),
            new BatchChanged { AtMs = 6, Batch = "one", Phase = BatchPhase.Finished, Counts = new BatchCounts(1, 0, 0, 0, 0) });
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal static Interaction Mail(string id, string? batch, string to, bool isAmendment = false) => new()
    {
        Id = id,
        AtMs = new DateTimeOffset(2025, 5, 1, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        From = SmallNetwork.Ada,
        To = [to],
        Kind = InteractionKind.Message,
        Batch = batch,
        IsAmendment = isAmendment,
    };
}

/// <summary>The ways out of a running server.</summary>
public sealed class ExportEndpointTests(ExportedServer exported) : IClassFixture<ExportedServer>
{
    private const string Second = ExportedServer.Second;
    private readonly RunningServer _server = exported.Server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_imports_to_a_log_that_answers_the_same_to_the_byte()
    {
        // A copy of a message with a further recipient, one that goes again, an amendment, a retraction, and one that is sent after it was
        // undone.
        await SendAsync(Mail("mail:1@x", "two", SmallNetwork.Cem), Mail("mail:2@x", "two", SmallNetwork.Cem),
            Mail("mail:2@x", "three", SmallNetwork.Dee), Mail("m3", null, SmallNetwork.Dee), Mail("m4", null, SmallNetwork.Dee));
        await SendAsync(
            new InteractionWithdrawn { AtMs = 7, Id = "mail:1@x", Reason = WithdrawalReason.SourceWithdrawn, Batch = "two" },
            new InteractionWithdrawn { AtMs = 8, Id = "m3", Reason = WithdrawalReason.Retracted },
            Mail("m4", null, SmallNetwork.Cem, isAmendment: true));
        await SendAsync(Mail("m4", "four", SmallNetwork.Cem));
        await _server.UntilVisibleAsync();
        var archive = await BytesAsync("/v1/export?what=log");

        await using var other = await RunningServer.StartAsync();
        var import = await ImportAsync(other, archive);
        import.Json.GetProperty("state").GetString().ShouldBe("done", import.Body);
        import.Json.GetProperty("rejectedCount").GetInt64().ShouldBe(0, import.Body);
        import.Json.GetProperty("conflicts").GetInt64().ShouldBe(0, import.Body);
        other.LastPosition.ShouldBe(_server.LastPosition);
        await other.UntilVisibleAsync();

        var asOf = Uri.EscapeDataString("2025-09-01T00:00:00Z");
        var asked = 0;
        foreach (var (operation, path) in await EveryQuestion.PathsAsync(_server, SmallNetwork.Ada, SmallNetwork.Bob, "Lido"))
        {
            // What is asked of no date is answered as of the moment it was asked at.
            if (!path.Contains("ASOF", StringComparison.Ordinal)) continue;
            var filled = path.Replace("ASOF", asOf, StringComparison.Ordinal);
            (await EveryQuestion.AskAsync(other, filled)).ShouldBe(await EveryQuestion.AskAsync(_server, filled), operation);
            asked++;
        }
        asked.ShouldBeGreaterThan(15);
        foreach (var id in (string[])["mail:1@x", "mail:2@x", "m3", "m4"])
            (await EveryQuestion.AskAsync(other, $"/v1/interactions/{Uri.EscapeDataString(id)}")).ShouldBe(
                await EveryQuestion.AskAsync(_server, $"/v1/interactions/{Uri.EscapeDataString(id)}"), id);
        foreach (var path in (
            string[])["/v1/imports/one", "/v1/imports/two", "/v1/export?what=interactions", "/v1/export?what=people&format=csv",
            "/v1/export?what=aliases"])
            (await EveryQuestion.AskAsync(other, path)).ShouldBe(await EveryQuestion.AskAsync(_server, path), path);
        Records(await BytesAsync(other, "/v1/export?what=log")).ShouldBe(Records(archive));

        // Importing it again writes nothing that is not there.
        var again = await ImportAsync(other, archive);
        again.Json.GetProperty("state").GetString().ShouldBe("done", again.Body);
        (again.Json.GetProperty("accepted").GetInt64(), again.Json.GetProperty("conflicts").GetInt64()).ShouldBe((0, 0), again.Body);
        (await EveryQuestion.AskAsync(other, "/v1/export?what=interactions")).ShouldBe(
            await EveryQuestion.AskAsync(_server, "/v1/export?what=interactions"));
    }

    [Fact]
    public async Task Graphs_are_directed_weighted_and_dynamic()
    {
        var dyads = XDocument.Parse(Encoding.UTF8.GetString(await BytesAsync("/v1/export?format=gexf&asOf=2025-12-31T00:00:00Z")));
        var directed = XDocument.Parse(
            Encoding.UTF8.GetString(await BytesAsync("/v1/export?format=gexf&directed=true&dynamic=true&asOf=2025-12-31T00:00:00Z")));
        XNamespace gexf = "http://www.gexf.net/1.2draft";
        var graph = directed.Descendants(gexf + "graph").Single();
        ((string?)graph.Attribute("mode"), (string?)graph.Attribute("defaultedgetype")).ShouldBe(("dynamic", "directed"));
        var edges = directed.Descendants(gexf + "edge").ToList();
        edges.Count.ShouldBeGreaterThan(dyads.Descendants(gexf + "edge").Count());
        edges.ShouldAllBe(edge => string.CompareOrdinal((string)edge.Attribute("start")!, (string)edge.Attribute("end")!) <= 0);
        // The two directions of a dyad weigh together what the dyad does.
        var byPair = edges.GroupBy(
            edge => string.Join('-', new[] { (string)edge.Attribute("source")!, (string)edge.Attribute("target")! }.Order()))
            .ToDictionary(pair => pair.Key, pair => pair.Sum(edge => (double)edge.Attribute("weight")!));
        foreach (var edge in dyads.Descendants(gexf + "edge"))
            byPair[string.Join('-', new[] { (string)edge.Attribute("source")!, (string)edge.Attribute("target")! }.Order())].ShouldBe(
                (double)edge.Attribute("weight")!, 1e-9);

        XNamespace graphml = "http://graphml.graphdrawing.org/xmlns";
        var ml = XDocument.Parse(
            Encoding.UTF8.GetString(await BytesAsync("/v1/export?format=graphml&directed=true&dynamic=true&asOf=2025-12-31T00:00:00Z")));
        ((string?)ml.Descendants(graphml + "graph").Single().Attribute("edgedefault")).ShouldBe("directed");
        ml.Descendants(graphml + "edge").Count().ShouldBe(edges.Count);
        ml.Descendants(graphml + "key").Select(key => (string?)key.Attribute("attr.name")).ShouldContain("start");
    }

    [Fact]
    public async Task Tables_say_the_same_as_csv_and_as_parquet_and_hold_no_formula()
    {
        var csv = Encoding.UTF8.GetString(await BytesAsync("/v1/export?what=measures&format=csv")).TrimEnd().Split('\n');
        csv[0].Split(',').ShouldBe(MeasureExport.Columns.Select(column => column.Name));
        csv.ShouldContain(line => line.Contains("'=cmd|'/c calc'!A1", StringComparison.Ordinal));
        csv.Skip(1).ShouldNotContain(line => line.StartsWith(Second, StringComparison.Ordinal), "an alias has no row of its own");

        await using var measures = await ParquetReader.CreateAsync(
            new MemoryStream(await BytesAsync("/v1/export?what=measures&format=parquet")), cancellationToken: Stop);
        measures.RowGroups.Sum(group => group.RowCount).ShouldBe(csv.Length - 1);
        measures.Schema.Fields.Select(field => field.Name).ShouldBe(MeasureExport.Columns.Select(column => column.Name));
        var ids = new string?[csv.Length - 1];
        await measures.RowGroups[0].ReadAsync(measures.Schema.DataFields[0], ids.AsMemory(), cancellationToken: Stop);
        ids.ShouldBe(csv.Skip(1).Select(line => line.Split(',')[0]));

        await using var ties = await ParquetReader.CreateAsync(
            new MemoryStream(await BytesAsync("/v1/export?what=ties&format=parquet")), cancellationToken: Stop);
        ties.RowGroups.Sum(group => group.RowCount).ShouldBe(
            Encoding.UTF8.GetString(await BytesAsync("/v1/export?what=ties&format=csv")).TrimEnd().Split('\n').Length - 1);
        await using var interactions = await ParquetReader.CreateAsync(
            new MemoryStream(await BytesAsync("/v1/export?format=parquet")), cancellationToken: Stop);
        var at = new DateTime?[(int)interactions.RowGroups[0].RowCount];
        await interactions.RowGroups[0].ReadAsync<DateTime>(
            interactions.Schema.FindDataField("at"), at.AsMemory(), cancellationToken: Stop);
        at.ShouldAllBe(time => time!.Value.Year >= 2000);
    }

    [Fact]
    public async Task Cards_have_every_id_and_read_back()
    {
        var cards = Encoding.UTF8.GetString(await BytesAsync("/v1/export?format=vcard"));
        cards.ShouldContain($"URL;PREF=1:{SmallNetwork.Bob}\r\nEMAIL:{Second}\r\n");
        cards.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        await using var other = await RunningServer.StartAsync();
        var import = await ImportAsync(other, Encoding.UTF8.GetBytes(cards));
        import.Json.GetProperty("report").GetProperty("formats")[0].GetProperty("format").GetString().ShouldBe("vcard", import.Body);
        (await other.GetAsync($"/v1/people/{Uri.EscapeDataString(Second)}")).Json.GetProperty("aliases")[0].GetString().ShouldBe(
            SmallNetwork.Bob);
    }

    [Fact]
    public async Task Follow_ups_due_are_tasks_of_a_calendar()
    {
        var met = DayClock.Fixed.GetUtcNow().AddHours(-5);
        await _server.AppendAsync(
            new Interaction
            {
                Id = "met",
                AtMs = met.ToUnixTimeMilliseconds(),
                From = SmallNetwork.Ada,
                To = ["new@x.example"],
                Kind = InteractionKind.Meeting,
                Venue = "Fair, hall 2"
            });
        var calendar = Encoding.UTF8.GetString(
            await BytesAsync($"/v1/export?what=follow-ups&person={Uri.EscapeDataString(SmallNetwork.Ada)}"));
        calendar.ShouldContain("BEGIN:VTODO");
        calendar.ShouldContain("SUMMARY:Follow up with new@x.example");
        calendar.ShouldContain("LOCATION:Fair\\, hall 2");
        calendar.ShouldBe(Encoding.UTF8.GetString(
            await BytesAsync($"/v1/export?format=ics&person={Uri.EscapeDataString(SmallNetwork.Ada)}")));
    }

    [Fact]
    public async Task What_does_not_go_together_is_said_and_the_whole_log_is_for_admins()
    {
        (await _server.GetAsync("/v1/export?what=people&format=gexf")).ShouldBeProblem(400, "format").ShouldContain("vcard");
        (await _server.GetAsync("/v1/export?what=follow-ups")).ShouldBeProblem(400, "person");
        (await _server.GetAsync("/v1/export?what=ties&asOf=2999-01-01T00:00:00Z")).ShouldBeProblem(400, "asOf");
        await using var keyed = await KeyedServer.StartAsync([]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/export?what=log");
        request.Headers.Authorization = new("Bearer", keyed.KeyOf("analyst"));
        using var refused = await keyed.Server.Http.SendAsync(request, Stop);
        ((int)refused.StatusCode).ShouldBe(403);
    }

    [Fact]
    public void Every_record_of_the_log_is_in_an_archive_or_left_out_for_a_reason()
    {
        // What was erased, and a copy from another source, which is written as what was sent. Whose keys and webhooks a server has is its
        // own affair, who asked about whom is nobody else's, and what was learned is learned again.
        Type[] leftOut =
        [
            typeof(PersonErased), typeof(Tombstone), typeof(SourceChanged), typeof(KeysRequirement), typeof(SubscriptionChanged),
            typeof(SubscriptionAdvanced), typeof(AccessRecorded), typeof(ModelTrained),
        ];
        var records = typeof(LogRecord).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LogRecord)) && !type.IsAbstract);
        ArchiveJson.Records.Values.Concat(leftOut).ShouldBe(records, ignoreOrder: true);
    }

    private static Interaction Mail(string id, string? batch, string to, bool isAmendment = false) =>
        ExportedServer.Mail(id, batch, to, isAmendment);

    private async Task SendAsync(params LogRecord[] records) =>
        (await ((NetworkGraph.Events.Log.IInteractionLog)_server.Services.GetService(typeof(NetworkGraph.Events.Log.IInteractionLog))!)
            .AppendAsync(records, Stop)).Overloaded.ShouldBeFalse();

    private static async Task<Answer> ImportAsync(RunningServer server, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        using var response = await server.Http.PostAsync("/v1/imports?name=archive.zip&wait=60", content, Stop);
        return await Answer.OfAsync(response);
    }

    private Task<byte[]> BytesAsync(string path) => BytesAsync(_server, path);

    private static async Task<byte[]> BytesAsync(RunningServer server, string path)
    {
        using var response = await server.Http.GetAsync(path, Stop);
        var bytes = await response.Content.ReadAsByteArrayAsync(Stop);
        ((int)response.StatusCode).ShouldBe(200, Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    private static string Records(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using var reader = new StreamReader(zip.Entries.Single().Open());
        return reader.ReadToEnd();
    }
}
