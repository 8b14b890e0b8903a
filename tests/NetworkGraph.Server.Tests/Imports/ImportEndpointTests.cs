using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Imports;

/// <summary>Files sent to a server: previewed, imported, followed, stopped, undone.</summary>
public sealed class ImportEndpointTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _data = "";

    private string Uploads => Path.Combine(_data, "uploads");

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(options =>
    {
        _data = options.Data;
        return options with { ImportMaxBytes = 64 << 20 };
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_mailbox_is_previewed_imported_listed_undone_and_nothing_of_the_file_stays()
    {
        var preview = await PostAsync(SampleFiles.Mbox, "?name=in.mbox&dryRun=true");
        preview.Status.ShouldBe(200, preview.Body);
        var said = preview.Json.GetProperty("report");
        (said.GetProperty("interactions").GetInt64(), said.GetProperty("newInteractions").GetInt64(),
            said.GetProperty("newPeople").GetInt32()).ShouldBe((2, 2, 2));
        said.GetProperty("formats")[0].GetProperty("format").GetString().ShouldBe("mbox");
        said.GetProperty("leftOut")[0].GetProperty("name").GetString().ShouldBe("list or bulk mail");
        said.GetProperty("examples").GetArrayLength().ShouldBe(2);
        _server.LastPosition.ShouldBe(0);

        var import = await PostAsync(SampleFiles.Mbox, "?name=in.mbox");
        import.Status.ShouldBe(200, import.Body);
        (import.Json.GetProperty("state").GetString(), import.Json.GetProperty("rejectedCount").GetInt64()).ShouldBe(("done", 0));
        import.Json.GetProperty("progress").GetProperty("bytes").GetInt64().ShouldBe(Encoding.UTF8.GetByteCount(SampleFiles.Mbox));
        (await _server.GetAsync("/v1/people/a%40x.example")).Json.GetProperty("name").GetString().ShouldBe("Ann");
        Directory.EnumerateFiles(Uploads).ShouldBeEmpty();

        var again = await PostAsync(SampleFiles.Mbox, "?name=in.mbox");
        (again.Json.GetProperty("accepted").GetInt64(), again.Json.GetProperty("duplicates").GetInt64()).ShouldBe((0, 3));
        var batch = import.Json.GetProperty("batch").GetString()!;
        var listed = (await _server.GetAsync("/v1/imports")).Json.GetProperty("items");
        listed.GetArrayLength().ShouldBe(1);
        (listed[0].GetProperty("batch").GetString(), listed[0].GetProperty("fileName").GetString(),
            listed[0].GetProperty("accepted").GetInt64()).ShouldBe((batch, "in.mbox", 3));

        var undone = await _server.SendAsync(HttpMethod.Delete, $"/v1/imports/{Uri.EscapeDataString(batch)}");
        undone.Json.GetProperty("withdrawn").GetInt64().ShouldBe(2);
        (await _server.GetAsync("/v1/interactions/mail%3A1%40x")).Status.ShouldBe(404);
        (await _server.GetAsync($"/v1/imports/{Uri.EscapeDataString(batch)}")).Json.GetProperty("state").GetString().ShouldBe("undone");
    }

    [Fact]
    public async Task A_zip_archive_of_many_formats_is_one_import_packed_or_not()
    {
        var preview = await PostAsync(SampleFiles.Archive(), "?name=all.zip&dryRun=true&timeZone=UTC&at=2026-01-01T00:00:00Z&kind=message");
        preview.Json.GetProperty("report").GetProperty("formats").EnumerateArray().Select(
            f => f.GetProperty("format").GetString()).ShouldContain("telegram");
        preview.Json.GetProperty("report").GetProperty("formats").GetArrayLength().ShouldBeGreaterThan(8);

        var packed = await PostAsync(SampleFiles.Gzip(Encoding.UTF8.GetBytes(SampleFiles.Mbox)), "?name=in.mbox.gz");
        packed.Json.GetProperty("report").GetProperty("interactions").GetInt64().ShouldBe(2, packed.Body);
    }

    [Fact]
    public async Task What_a_person_set_by_hand_stays_and_a_card_adds_to_it()
    {
        await _server.SendAsync(HttpMethod.Put, "/v1/people/ann%40x.example", "{\"name\":\"Ann by hand\"}");
        const string Card =
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ann of the card\nORG:Acme\nEMAIL:ann@x.example\nEMAIL:other@x.example\nEND:VCARD\n";

        var import = await PostAsync(Card, "?name=ann.vcf");
        import.Json.GetProperty("report").GetProperty("idsMerged").GetInt32().ShouldBe(1, import.Body);
        var person = (await _server.GetAsync("/v1/people/other%40x.example")).Json;
        (person.GetProperty("id").GetString(), person.GetProperty("name").GetString(), person.GetProperty("organisation").GetString())
            .ShouldBe(("ann@x.example", "Ann by hand", "Acme"));
        (await PostAsync(Card, "?name=ann.vcf")).Json.GetProperty("duplicates").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_table_says_what_its_columns_are_taken_for_and_a_mapping_changes_it()
    {
        const string Table = "Who;Wrote to;Day\nann;bob;05.01.2026 10:00\nbob;ann;06.01.2026 10:00\n";
        var unknown = await PostAsync(Table, "?name=table.csv&dryRun=true");
        unknown.Json.GetProperty("state").GetString().ShouldBe("failed", unknown.Body);
        var columns = unknown.Json.GetProperty("report").GetProperty("columns").EnumerateArray().ToList();
        columns.Select(c => c.GetProperty("heading").GetString()).ShouldBe(["Who", "Wrote to", "Day"]);
        columns.Select(c => c.GetProperty("field").GetString()).ShouldBe(["from", null, null]);
        columns[2].GetProperty("samples")[0].GetString().ShouldBe("05.01.2026 10:00");

        var mapped = await PostAsync(Table, "?name=table.csv&format=csv&map=to%3DWrote%20to&map=at%3DDay&kind=message&dryRun=true");
        mapped.Json.GetProperty("report").GetProperty("interactions").GetInt64().ShouldBe(2, mapped.Body);
        mapped.Json.GetProperty("report").GetProperty("columns")[1].GetProperty("field").GetString().ShouldBe("to");
    }

    [Fact]
    public async Task Wrong_rows_are_named_by_line_and_what_cannot_be_imported_says_why()
    {
        var partly = await PostAsync(SampleFiles.All.First(f => f.Name == "mails.csv").Text, "?name=mails.csv");
        partly.Status.ShouldBe(200, partly.Body);
        partly.Json.GetProperty("report").GetProperty("rejected").EnumerateArray().Select(
            r => (r.GetProperty("line").GetInt64(), r.GetProperty("field").GetString())).ShouldBe([(4L, "at"), (5L, "to")]);

        var poem = await PostAsync("Roses are red\n", "?name=poem.txt");
        poem.Status.ShouldBe(422, poem.Body);
        poem.Json.GetProperty("failure").GetString().ShouldNotBeNull().ShouldContain("not in a known format");
        (await PostAsync("", "")).ShouldBeProblem(400);
        (await PostAsync("x", "?format=cats")).ShouldBeProblem(400, "format");
        (await PostAsync("x", "?timeZone=Moon")).ShouldBeProblem(400, "timeZone");
        (await PostAsync("x", "?cats=1")).ShouldBeProblem(400, "cats");
        using (var large = new HttpRequestMessage(
            HttpMethod.Post, "/v1/imports?name=large")
        { Content = new ByteArrayContent(new byte[(64 << 20) + 1]) })
        {
            // Asks before it sends.
            large.Headers.ExpectContinue = true;
            using var refused = await _server.Http.SendAsync(large, TestContext.Current.CancellationToken);
            (await Answer.OfAsync(refused)).ShouldBeProblem(413);
        }
        Directory.EnumerateFiles(Uploads).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_import_is_followed_and_stopped_and_what_came_in_is_undone()
    {
        var started = await PostAsync(Many(1_000_000), "?name=many.ndjson.gz&wait=0");
        started.Status.ShouldBe(202, started.Body);
        var address = started.Headers["Location"];
        started.Json.GetProperty("state").GetString().ShouldBe("running");
        await _server.UntilAsync("rows are in", address, answer => answer.Json.GetProperty("progress").GetProperty("rows").GetInt64() > 0);
        (await PostAsync(Many(1), "?name=many.ndjson.gz&batch=" + address.Split('/')[^1])).ShouldBeProblem(400, "batch");

        var stopped = await _server.SendAsync(HttpMethod.Delete, address);
        stopped.Status.ShouldBe(200, stopped.Body);
        var import = (await _server.GetAsync(address)).Json;
        import.GetProperty("state").GetString().ShouldBe("cancelled");
        var kept = import.GetProperty("accepted").GetInt64();
        kept.ShouldBe(stopped.Json.GetProperty("kept").GetInt64());
        kept.ShouldBeInRange(1, 999_999);
        (await _server.SendAsync(HttpMethod.Delete, address)).Json.GetProperty("withdrawn").GetInt64().ShouldBe(kept);
        (await _server.GetAsync(address)).Json.GetProperty("state").GetString().ShouldBe("undone");
    }

    [Fact]
    public async Task Several_import_at_once_and_beyond_the_bound_are_told_to_come_later()
    {
        var holding = new TaskCompletionSource();
        var held = Enumerable.Range(0, 4).Select(i => SendAsync(new HeldContent(i, holding.Task), $"?name=held{i}.csv")).ToList();
        await Until.TrueAsync(
            "four files are on their way", () => Directory.Exists(Uploads) && Directory.EnumerateFiles(Uploads).Count() == 4);
        var refused = await PostAsync(SampleFiles.Mbox, "?name=in.mbox");
        refused.ShouldBeProblem(429);
        refused.Headers.ContainsKey("Retry-After").ShouldBeTrue();
        // What is lying there is nobody's but the owner's.
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(Uploads))
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        holding.SetResult();
        (await Task.WhenAll(held)).ShouldAllBe(answer => answer.Status == 200 && answer.Json.GetProperty("accepted").GetInt64() == 1);
        (await PostAsync(SampleFiles.Mbox, "?name=in.mbox")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_imports_for_itself_and_learns_nothing_of_others()
    {
        await using var keyed = await KeyedServer.StartAsync([]);
        var second = KeyedServer.AddKey(
            keyed.Server.Services.GetService(typeof(ServerOptions)) is ServerOptions options ? options.Data : "", "ingest");
        (await PostAsync(keyed, keyed.KeyOf("analyst"), "?name=in.mbox")).Status.ShouldBe(403);
        (await PostAsync(keyed, "nonsense", "?name=in.mbox")).Status.ShouldBe(401);

        var own = await PostAsync(keyed, keyed.KeyOf("ingest"), "?name=in.mbox");
        own.Status.ShouldBe(200, own.Body);
        var batch = Uri.EscapeDataString(own.Json.GetProperty("batch").GetString()!);
        await Until.TrueAsync("the key is read", async () => (await AskAsync(keyed, second, HttpMethod.Get, "/v1/imports")).Status == 200);
        (await AskAsync(keyed, second, HttpMethod.Get, $"/v1/imports/{batch}")).Status.ShouldBe(404);
        (await AskAsync(keyed, second, HttpMethod.Delete, $"/v1/imports/{batch}")).Status.ShouldBe(404);
        (await AskAsync(keyed, keyed.KeyOf("admin"), HttpMethod.Get, $"/v1/imports/{batch}")).Json.GetProperty(
            "key").GetString().ShouldNotBeNull();

        var preview = await PostAsync(keyed, second, "?name=in.mbox&dryRun=true");
        var report = preview.Json.GetProperty("report");
        report.GetProperty("newInteractions").ValueKind.ShouldBe(JsonValueKind.Null);
        report.GetProperty("newPeople").ValueKind.ShouldBe(JsonValueKind.Null);
        // A calendar of another key takes back nothing that this key did not bring.
        await AskAsync(keyed, keyed.KeyOf("ingest"), HttpMethod.Post, "/v1/imports?name=work.ics", SampleFiles.Calendar());
        var cancel = await AskAsync(keyed, second, HttpMethod.Post, "/v1/imports?name=cancel.ics", SampleFiles.CancelledCalendar());
        cancel.Json.GetProperty("report").GetProperty("meetingsRetracted").GetInt32().ShouldBe(0, cancel.Body);
        var taken = await AskAsync(
            keyed, keyed.KeyOf("ingest"), HttpMethod.Post, "/v1/imports?name=cancel.ics", SampleFiles.CancelledCalendar());
        taken.Json.GetProperty("report").GetProperty("meetingsRetracted").GetInt32().ShouldBe(1, taken.Body);
    }

    private static byte[] Many(int rows)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
            text.Append("{\"at\":").Append(1761990000000 + i).Append(",\"from\":\"p").Append(i % 100).Append("\",\"to\":\"q").Append(
                i % 77).Append("\",\"kind\":\"message\"}\n");
        return SampleFiles.Gzip(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private Task<Answer> PostAsync(string body, string query) => PostAsync(Encoding.UTF8.GetBytes(body), query);

    private Task<Answer> PostAsync(byte[] body, string query) => SendAsync(new ByteArrayContent(body), query);

    private async Task<Answer> SendAsync(HttpContent content, string query)
    {
        using (content)
        {
            using var response = await _server.Http.PostAsync("/v1/imports" + query, content, TestContext.Current.CancellationToken);
            return await Answer.OfAsync(response);
        }
    }

    private static Task<Answer> PostAsync(KeyedServer keyed, string key, string query) =>
        AskAsync(keyed, key, HttpMethod.Post, "/v1/imports" + query, SampleFiles.Mbox);

    private static async Task<Answer> AskAsync(KeyedServer keyed, string key, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(
            method, path)
        { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await keyed.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>A table whose last row comes when it may.</summary>
    private sealed class HeldContent(int number, Task until) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync("at,from,to,kind\n"u8.ToArray());
            await stream.FlushAsync();
            await until;
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"2026-01-05T10:00:00Z,ann{number},bob,message\n"));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
