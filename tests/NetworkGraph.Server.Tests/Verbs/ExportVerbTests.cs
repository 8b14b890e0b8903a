using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Verbs;
using NetworkGraph.Server.Verbs.Export;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Verbs;

public sealed class ExportVerbTests : IDisposable
{
    private static readonly Profile s_oddProfile = new()
    {
        Id = "a;b",
        Name = "Zoë \"Zed\" 😀",
        Offers = ["wine, cheese", "back\\slash"],
        Tags = ["one"],
        OpenToIntroductions = false,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("all.ndjson")]
    [InlineData("all.csv")]
    [InlineData("all.ndjson.gz")]
    [InlineData("all.csv.gz")]
    public async Task Interactions_import_again_to_the_same_records(string name)
    {
        var records = OddInteractions();
        await FillAsync(Data, [new ProfileChanged { AtMs = 1, Profile = s_oddProfile }, .. records]);
        var file = await ExportAsync(name);

        var again = Path.Combine(_folder.FullName, "again");
        (await ImportVerb.Create().Parse([file, "--data", again]).InvokeAsync(cancellationToken: Stop)).ShouldBe(0);
        (await ReadAsync(again)).Select(Json).ShouldBe(records.Select(Json));
    }

    [Fact]
    public async Task Erased_interactions_are_not_exported()
    {
        await FillAsync(Data, OddInteractions());
        await using (var log = await SqliteLog.OpenAsync(Data, Stop)) await log.EraseAsync("cem", [2, 4], 1, Stop);
        (await File.ReadAllLinesAsync(await ExportAsync("all.ndjson"), Stop)).Length.ShouldBe(OddInteractions().Length - 2);
    }

    [Fact]
    public async Task People_are_written_with_their_profile_or_without_one()
    {
        await FillAsync(Data, [.. OddInteractions(), new ProfileChanged { AtMs = 1, Profile = s_oddProfile }]);
        var lines = await File.ReadAllLinesAsync(await ExportAsync("people.ndjson", "--what", "people"), Stop);
        var profiles = lines.Select(line => ProfileJson.Parse(System.Text.Encoding.UTF8.GetBytes(line)).Profile.ShouldNotBeNull())
            .ToDictionary(p => p.Id);
        profiles.Keys.ShouldBe(["ada", "a;b", "c\\d", "cem", "e  f", "é,\"\""], ignoreOrder: true);
        profiles["a;b"].Offers.ShouldBe(s_oddProfile.Offers);
        profiles["cem"].Name.ShouldBeNull();

        var csv = await File.ReadAllLinesAsync(await ExportAsync("people.csv", "--what", "people"), Stop);
        csv[0].ShouldBe("id,name,organisation,role,industry,offers,audience,tags,entity,openToIntroductions");
        csv.ShouldContain("a;b,\"Zoë \"\"Zed\"\" 😀\",,,,\"wine, cheese;back\\\\slash\",,one,,false");
    }

    [Fact]
    public async Task Ties_have_the_measures_of_their_date()
    {
        await FillAsync(Data, SmallNetwork.Records());
        const string AsOf = "2025-06-15T12:00:00Z";
        var lines = await File.ReadAllLinesAsync(await ExportAsync("ties.ndjson", "--what", "ties", "--as-of", AsOf), Stop);
        Rfc3339.TryParse(AsOf, out var asOfMs).ShouldBeTrue();
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
        await people.ApplyAsync(new RecordBatch(1, [.. SmallNetwork.Records()]), Stop);
        var snapshot = SnapshotAssembly.Collect(
            people.Histories, PeopleOptions.Default, PeopleOptions.Default.DecayFor(asOfMs), asOfMs, long.MaxValue, null, Stop).Build(
            asOfMs);
        var forecast = TieForecast.At(people.Models, people.Histories.Dates, asOfMs, long.MaxValue, snapshot);
        var ties = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        ties.Select(tie => (Text(tie, "person"), Text(tie, "other"))).ShouldBe(
            [(SmallNetwork.Ada, SmallNetwork.Bob), (SmallNetwork.Bob, SmallNetwork.Cem), (SmallNetwork.Cem, SmallNetwork.Dee),
                (SmallNetwork.Ada, SmallNetwork.Eve)]);
        foreach (var written in ties)
        {
            var tie = (await people.TieAsync(Text(written, "person"), Text(written, "other"), asOfMs, Stop, forecast)).ShouldNotBeNull();
            Text(written, "status").ShouldBe(tie.Status);
            Text(written, "lastContact").ShouldBe(Rfc3339.Format(tie.LastContact.ShouldNotBeNull().ToUnixTimeMilliseconds()));
            written.GetProperty("strengthOut").GetDouble().ShouldBe(tie.StrengthOut);
            written.GetProperty("persistProbability").GetDouble().ShouldBe(tie.PersistProbability.ShouldNotBeNull());
            written.GetProperty("interactionsIn").GetInt32().ShouldBe(tie.InteractionsIn);
            written.GetProperty("replyHoursIn").GetDouble().ShouldBe(tie.ReplyHoursIn.ShouldNotBeNull());
            written.GetProperty("burnt").GetBoolean().ShouldBe(tie.Evidence.Burnt);
        }
    }

    [Fact]
    public async Task Ties_as_csv_have_a_cell_for_each_column()
    {
        await FillAsync(Data, SmallNetwork.Records());
        var rows = await File.ReadAllLinesAsync(await ExportAsync("ties.csv", "--what", "ties", "--as-of", "2025-06-15"), Stop);
        rows.Length.ShouldBe(5);
        rows.ShouldAllBe(row => row.Split(',', StringSplitOptions.None).Length == TieColumns.All.Count + 2);
        (await File.ReadAllLinesAsync(await ExportAsync("none.csv", "--what", "ties", "--as-of", "2019-01-01"), Stop)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Graphml_holds_people_and_ties_with_all_that_is_known_of_them()
    {
        await FillAsync(Data, SmallNetwork.Records());
        var graph = XDocument.Load(await ExportAsync("network.graphml"));
        XNamespace ns = "http://graphml.graphdrawing.org/xmlns";
        var names = graph.Descendants(ns + "key").ToDictionary(key => key.Attribute("id")!.Value, key => key.Attribute("attr.name")!.Value);
        var nodes = graph.Descendants(ns + "node").ToDictionary(node => node.Attribute("id")!.Value, DataOf);
        nodes.Values.Select(node => node["person"]).ShouldBe(
            [SmallNetwork.Ada, SmallNetwork.Bob, SmallNetwork.Cem, SmallNetwork.Dee, SmallNetwork.Eve], ignoreOrder: true);
        nodes.Values.Single(node => node["person"] == SmallNetwork.Cem)["tags"].ShouldBe("sailing;maths");
        var edges = graph.Descendants(ns + "edge").ToList();
        edges.Count.ShouldBe(4);
        edges.ShouldAllBe(edge => nodes.ContainsKey(edge.Attribute("source")!.Value) && nodes.ContainsKey(edge.Attribute("target")!.Value));
        names.Values.ShouldBe(
            ["asOf", "person", .. PersonColumns.All.Skip(1).Select(column => column.Name), .. TieColumns.All.Select(column => column.Name),
            "weight"]);
        // Here nobody who began a talk ever answered one.
        foreach (var edge in edges)
            DataOf(edge).Keys.ShouldBe(["weight", .. TieColumns.All.Select(column => column.Name).Except(["replyHoursOut"])]);

        Dictionary<string, string> DataOf(XElement of) =>
            of.Elements(ns + "data").ToDictionary(data => names[data.Attribute("key")!.Value], data => data.Value);
    }

    [Fact]
    public async Task Gexf_holds_people_and_ties_with_all_that_is_known_of_them()
    {
        await FillAsync(Data, SmallNetwork.Records());
        var graph = XDocument.Load(await ExportAsync("network.gexf"));
        XNamespace ns = "http://www.gexf.net/1.2draft";
        var nodes = graph.Descendants(ns + "node")
            .ToDictionary(node => node.Attribute("id")!.Value, node => node.Attribute("label")!.Value);
        nodes.Count.ShouldBe(5);
        nodes[NodeOf(SmallNetwork.Dee)].ShouldBe("Dee Dee");
        nodes[NodeOf(SmallNetwork.Eve)].ShouldBe(SmallNetwork.Eve);
        var edges = graph.Descendants(ns + "edge").ToList();
        edges.Count.ShouldBe(4);
        edges.ShouldAllBe(edge => nodes.ContainsKey(edge.Attribute("source")!.Value) && nodes.ContainsKey(edge.Attribute("target")!.Value));
        graph.Descendants(ns + "attribute").Count().ShouldBe(PersonColumns.All.Count + TieColumns.All.Count);
        // Here no one who began a talk ever answered one, so replyHoursOut has no value.
        edges.ShouldAllBe(edge => edge.Descendants(ns + "attvalue").Count() == TieColumns.All.Count - 1);

        string NodeOf(string person) => graph.Descendants(ns + "node")
            .Single(node => node.Descendants(ns + "attvalue")
            .Any(value => value.Attribute("for")!.Value == "0" && value.Attribute("value")!.Value == person)).Attribute("id")!.Value;
    }

    [Fact]
    public async Task What_ends_early_leaves_nothing_under_the_name()
    {
        var path = Path.Combine(_folder.FullName, "kept.csv");
        await File.WriteAllTextAsync(path, "before", Stop);
        await Should.ThrowAsync<OperationCanceledException>(() => ExportFile.WriteAsync(path, async file =>
        {
            await file.WriteAsync(new byte[10], Stop);
            throw new OperationCanceledException();
        }));
        (await File.ReadAllTextAsync(path, Stop)).ShouldBe("before");
        _folder.GetFiles().Select(file => file.Name).ShouldBe(["kept.csv"]);
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_in_words()
    {
        await using var log = await SqliteLog.OpenAsync(Data, Stop);
        var path = Path.Combine(_folder.FullName, "ties.csv");
        using var export = new ServerProcess(["export", "--what", "ties", "--data", Data, "--out", path]);
        (await export.ExitCodeAsync()).ShouldBe(1);
        var error = (await export.ErrorsAsync()).TrimEnd();
        error.ShouldContain("in use by process");
        error.ShouldContain("name it (--server)");
        error.ShouldNotContain("\n");
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_invalid_option_is_named()
    {
        using var export = new ServerProcess(
            ["export", "--what", "people", "--format", "gexf", "--as-of", "2999-01-01", "--data", "nowhere"]);
        (await export.ExitCodeAsync()).ShouldBe(2);
        var errors = (await export.ErrorsAsync()).TrimEnd().Split('\n');
        errors.Length.ShouldBe(4);
        errors[0].ShouldContain("--format");
        errors[1].ShouldContain("--as-of");
        errors[2].ShouldContain("lies in the future");
        errors[3].ShouldContain("nowhere");
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static Interaction[] OddInteractions() =>
    [
        new() { Id = "1", AtMs = 1_600_000_000_001, From = "ada", To = ["a;b"], Kind = InteractionKind.Message,
            Exchange = Exchange.UnsolicitedAdvice, Personalised = true },
        new() { Id = "2,\"x\"", AtMs = 1_600_000_000_000, From = "ada", To = ["c\\d", "cem"], Kind = InteractionKind.Meeting,
            Venue = "Bar; \"Zum\" Löwen, 😀", LengthSeconds = 0.1 + 0.2 },
        new() { Id = " 3 ", AtMs = -1, From = "e  f", To = [], Kind = InteractionKind.Attendance, Venue = " v ", Setting = Setting.Social },
        new() { Id = "4", AtMs = 1_600_000_000_000, From = "cem", To = ["e  f", "é,\"\""], Kind = InteractionKind.Introduction,
            Channel = "e;mail", InReplyTo = "2,\"x\"", About = "a;b", Personalised = false },
    ];

    private static string Json(LogRecord record)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes)) InteractionJson.Write(writer, record.ShouldBeOfType<Interaction>());
        // What is imported has the import as its source.
        var json = System.Text.Json.Nodes.JsonNode.Parse(bytes.ToArray())!.AsObject();
        json.Remove("batch");
        return json.ToJsonString();
    }

    private static async Task FillAsync(string folder, IReadOnlyList<LogRecord> records)
    {
        await using var log = await SqliteLog.OpenAsync(folder, Stop);
        (await log.AppendAsync(records, Stop)).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
    }

    private static async Task<List<LogRecord>> ReadAsync(string folder)
    {
        var records = new List<LogRecord>();
        await using var log = await SqliteLog.OpenAsync(folder, Stop);
        await foreach (var batch in log.ReadAsync(0, Stop)) records.AddRange(batch.Records.Where(record => record is not BatchChanged));
        return records;
    }

    private async Task<string> ExportAsync(string name, params string[] options)
    {
        var path = Path.Combine(_folder.FullName, name);
        (await ExportVerb.Create().Parse([.. options, "--data", Data, "--out", path]).InvokeAsync(cancellationToken: Stop)).ShouldBe(0);
        return path;
    }
}
