using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Keys;

public class KeyedRequestTests
{
    [Fact]
    public async Task A_key_is_sent_in_either_header_and_nowhere_else()
    {
        await using var server = await KeyedServer.StartAsync([]);
        var key = server.KeyOf("analyst");
        foreach (var (headers, status) in new ((string, string)[], int)[]
        {
            ([("Authorization", $"Bearer {key}")], 200),
            ([("Authorization", $"bearer  {key} ")], 200),
            ([("X-Api-Key", key)], 200),
            ([("Authorization", key)], 401),
            ([("Authorization", $"Basic {key}")], 401),
            ([("Authorization", "Bearer ")], 401),
            ([("Authorization", $"Bearer {key}x")], 401),
            ([("Authorization", "Bearer wrong"), ("X-Api-Key", key)], 401),
            ([("X-Api-Key", "")], 401),
            ([("Cookie", $"key={key}")], 401),
        })
        {
            (await server.SendWithAsync(headers, HttpMethod.Get, "/v1/network")).Status.ShouldBe(status, string.Join(' ', headers));
        }
        (await server.GetAsync(null, $"/v1/network?key={key}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Keys_come_and_go_while_the_server_runs()
    {
        var folder = "";
        await using var server = await RunningServer.StartAsync(options =>
        {
            folder = options.Data;
            return options;
        });
        (await server.GetAsync("/v1/network")).Status.ShouldBe(200);

        var key = KeyedServer.AddKey(folder, "analyst");
        await UntilAsync(server, 401);
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        (await server.GetAsync("/v1/network")).Status.ShouldBe(200);

        KeyFile.Change(folder, keys => [.. keys.Where(k => k.Id != ApiKey.IdIn(key))]);
        await UntilAsync(server, 401);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Behind_keys_a_server_answers_to_any_name()
    {
        await using var server = await KeyedServer.StartAsync([]);
        (await server.SendWithAsync(
            [("X-Api-Key", server.KeyOf("analyst")), ("Host", "graph.example.org")], HttpMethod.Get, "/v1/network")).Status.ShouldBe(200);
        await using var open = await RunningServer.StartAsync();
        (await open.GetRawAsync("/v1/network", host: "graph.example.org")).ShouldBeProblem(400, "Host");
    }

    [Fact]
    public async Task With_keys_it_may_listen_on_any_address_and_a_damaged_key_file_keeps_it_from_starting()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-keys-");
        try
        {
            Errors(folder).ShouldHaveSingleItem().ShouldContain("keys create");
            KeyedServer.AddKey(folder.FullName, "admin");
            Errors(folder).ShouldBeEmpty();
            await File.WriteAllTextAsync(KeyFile.PathIn(folder.FullName), "{", TestContext.Current.CancellationToken);
            Errors(folder).ShouldHaveSingleItem().ShouldContain("keys.json' cannot be read");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<string> Errors(DirectoryInfo folder) =>
        ServerOptions.Read(new Microsoft.Extensions.Configuration.ConfigurationManager
        {
            ["NetworkGraph:Data"] = folder.FullName,
            ["NetworkGraph:Urls"] = "http://0.0.0.0:5080",
        }).Errors;

    private static async Task UntilAsync(RunningServer server, int status)
    {
        await server.UntilAsync($"the network is answered with {status}", "/v1/network", answer => answer.Status == status);
    }
}
