using System.Text;
using NetworkGraph.Server.Tests.Verbs;
using NetworkGraph.Server.Verbs.Backups;

namespace NetworkGraph.Server.Tests.Identity;

public sealed class SuppressionTests
{
    private const string Eve = "eve-who-left@work.example", Home = "eve-who-left@home.example", Bea = "bea@work.example",
        Cy = "cy@work.example";

    [Fact]
    public async Task An_erased_person_stays_out_by_every_way_in_until_lifted()
    {
        var folder = "";
        await using var server = await RunningServer.StartAsync(options => options with { Data = folder = options.Data });
        await RecordAsync(server, Message("m1", Eve, Bea), Message("m2", Bea, Home), Message("m3", Bea, Cy));
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Eve}/aliases/{Home}")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
        var erased = await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Home}");
        erased.Json.GetProperty("records").GetInt32().ShouldBe(3);
        erased.Json.GetProperty("suppressed").GetBoolean().ShouldBeTrue();

        var position = server.LastPosition;
        foreach (var id in new[] { Eve, Home, "EVE-who-left@Home.example" })
        {
            (await SuppressedAsync(server, Message($"a-{id}", id, Bea))).ShouldBe(1);
            var toTwo =
                $$"""{"id":"b-{{id}}","at":"2026-01-05T10:00:00Z","from":"{{Bea}}","to":["{{Cy}}","{{id}}"],"kind":"message"}""";
            (await SuppressedAsync(server, toTwo)).ShouldBe(1);
            var csv = await server.SendAsync(
                HttpMethod.Post, "/v1/interactions", $"id,at,from,to,kind\nc-{id},2026-01-05T10:00:00Z,{Bea},{id},message\n", "text/csv");
            (csv.Status, csv.Json.GetProperty("suppressed").GetInt64()).ShouldBe((200, 1));
            var profiles = await server.SendAsync(
                HttpMethod.Post, "/v1/people", $$"""{"id":"{{id}}","name":"Eve"}""", "application/x-ndjson");
            profiles.Json.GetProperty("suppressed").GetInt64().ShouldBe(1);
            (await server.SendAsync(HttpMethod.Put, $"/v1/people/{id}", """{"name":"Eve"}"""))
                .ShouldBeProblem(409).ShouldNotContain("eve", Case.Insensitive);
            (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Bea}/aliases/{id}")).ShouldBeProblem(409);
            (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Bea}/blocks/{id}")).ShouldBeProblem(409);
            (await server.SendAsync(HttpMethod.Put, "/v1/interactions/m3",
                $$"""{"at":"2026-01-05T10:00:00Z","from":"{{id}}","to":"{{Cy}}","kind":"message"}"""))
                .ShouldBeProblem(409);
            (await server.GetAsync($"/v1/people/{id}")).Status.ShouldBe(404);
        }
        server.LastPosition.ShouldBe(position, "nothing of it was recorded");
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != "lock" && Holds(file, "eve-who-left")).ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(folder, "suppression.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var listed = (await server.GetAsync("/v1/suppressions")).Json;
        (listed.GetProperty("people").GetInt32(), listed.GetProperty("ids").GetInt32()).ShouldBe((1, 2));
        (await server.SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Cy}")).ShouldBeProblem(404, "id");
        (await server.SendAsync(HttpMethod.Delete, $"/v1/suppressions/{Eve}")).Json.GetProperty("ids").GetInt32().ShouldBe(2);
        (await server.GetAsync("/v1/suppressions")).Json.GetProperty("people").GetInt32().ShouldBe(0);
        (await SuppressedAsync(server, Message("again", Home, Bea))).ShouldBe(0);
        await server.UntilVisibleAsync();
        (await server.GetAsync($"/v1/people/{Home}")).Json.GetProperty("aliases").GetArrayLength().ShouldBe(
            0, "what was erased does not come back");
    }

    [Fact]
    public async Task Where_nobody_is_suppressed_nothing_is_kept()
    {
        var folder = "";
        await using var server = await RunningServer.StartAsync(
            options => options with { Data = folder = options.Data, SuppressErased = false });
        await RecordAsync(server, Message("m1", Eve, Bea));
        (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Eve}")).Json.GetProperty("suppressed").GetBoolean().ShouldBeFalse();
        File.Exists(Path.Combine(folder, "suppression.json")).ShouldBeFalse();
        (await SuppressedAsync(server, Message("m1", Eve, Bea))).ShouldBe(0);
    }

    [Fact]
    public async Task Suppression_outlives_a_restart_and_a_restore_and_is_lifted_from_the_command_line()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-");
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            await using (var server = await RunningServer.StartAsync(options => options with { Data = data }))
            {
                await RecordAsync(server, Message("m1", Eve, Bea), Message("m2", Bea, Cy));
                (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Eve}")).Status.ShouldBe(200);
            }
            var (archive, restored) = (Path.Combine(folder.FullName, "backup.zip"), Path.Combine(folder.FullName, "restored"));
            BackupArchive.Write(data, archive, 1, static (_, _) => { }, TestContext.Current.CancellationToken);
            BackupArchive.Restore(archive, restored, static (_, _) => { }, TestContext.Current.CancellationToken);
            await using (var server = await RunningServer.StartAsync(options => options with { Data = restored }))
                (await SuppressedAsync(server, Message("m1", Eve, Bea), Message("m3", Bea, Cy))).ShouldBe(1);

            (await VerbAsync(restored, "people", "suppressed")).ShouldContain("1 person");
            (await VerbAsync(restored, "people", "lift", Eve.ToUpperInvariant())).ShouldContain("1 id");
            await using (var server = await RunningServer.StartAsync(options => options with { Data = restored }))
                (await SuppressedAsync(server, Message("m1", Eve, Bea))).ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> VerbAsync(string data, params string[] args)
    {
        using var process = new ServerProcess([.. args, "--data", data]);
        var output = await process.OutputAsync();
        (await process.ExitCodeAsync()).ShouldBe(0, output);
        return output;
    }

    private static string Message(string id, string from, string to) =>
        $$"""{"id":"{{id}}","at":"2026-01-05T10:00:00Z","from":"{{from}}","to":"{{to}}","kind":"message"}""";

    private static async Task RecordAsync(RunningServer server, params string[] interactions)
    {
        (await SuppressedAsync(server, interactions)).ShouldBe(0);
        await server.UntilVisibleAsync();
    }

    private static async Task<long> SuppressedAsync(RunningServer server, params string[] interactions)
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/interactions", string.Join('\n', interactions), "application/x-ndjson");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("rejectedCount").GetInt64().ShouldBe(0);
        return answer.Json.GetProperty("suppressed").GetInt64();
    }

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.Latin1.GetString(bytes.ToArray()).Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
