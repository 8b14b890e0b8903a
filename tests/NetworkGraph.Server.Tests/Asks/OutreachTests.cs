using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Asks;

/// <summary>Asks, who has asked about whom, how ties began, and webhooks, over HTTP with keys: Bob can introduce Ada to Cem.</summary>
public sealed class OutreachTests : IAsyncLifetime
{
    private const string AdaPath = "/v1/people/ada%40example.org";
    private const string CemPath = "/v1/people/cem";
    private static readonly string s_bobPath = $"/v1/people/{Uri.EscapeDataString(SmallNetwork.Bob)}";
    private KeyedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await KeyedServer.StartAsync([SmallNetwork.Ada, SmallNetwork.Bob,
        SmallNetwork.Cem], null, SmallNetwork.Records());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_ask_is_seen_by_the_broker_once_sent_and_by_the_target_once_accepted()
    {
        var proposed = await ProposeAsync();
        var id = proposed.GetProperty("id").GetString()!;
        proposed.GetProperty("state").GetString().ShouldBe("proposed");
        proposed.GetProperty("message").GetString()!.ShouldContain("get to know Cem Yilmaz");
        proposed.GetProperty("message").GetString()!.ShouldContain("last in touch in December 2025");
        (await ProposeAsync()).GetProperty("id").GetString().ShouldBe(id);
        (await AsksOfAsync(SmallNetwork.Ada, AdaPath)).ShouldBe([id]);
        (await AsksOfAsync(SmallNetwork.Bob, s_bobPath)).ShouldBeEmpty();
        (await PutAsync(SmallNetwork.Bob, s_bobPath, id, "accepted")).ShouldBeProblem(404, "ask");

        (await PutAsync(SmallNetwork.Ada, AdaPath, id, "introduced")).ShouldBeProblem(400, "state");
        (await PutAsync(SmallNetwork.Ada, AdaPath, id, "asked")).Status.ShouldBe(200);
        var seen = (await _server.GetAsync($"person:{SmallNetwork.Bob}", $"{s_bobPath}/asks")).Json.GetProperty("items")[0];
        seen.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.Null);
        seen.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        (await AsksOfAsync(SmallNetwork.Cem, CemPath)).ShouldBeEmpty();

        (await PutAsync(SmallNetwork.Bob, s_bobPath, id, "accepted")).Status.ShouldBe(200);
        (await AsksOfAsync(SmallNetwork.Cem, CemPath)).ShouldBe([id]);
        (await PutAsync(SmallNetwork.Bob, s_bobPath, id, "introduced")).Status.ShouldBe(200);
        await _server.Server.UntilVisibleAsync();
        (await _server.GetAsync("admin",
            $"/v1/interactions/{Uri.EscapeDataString($"ask:{id}")}")).Json.GetProperty("kind").GetString().ShouldBe("introduction");
    }

    [Fact]
    public async Task Who_asked_about_a_person_is_shown_to_them_and_names_nobody_else()
    {
        (await _server.GetAsync("analyst", $"{AdaPath}/ties")).Status.ShouldBe(200);
        (await _server.GetAsync("analyst", $"{AdaPath}/ties")).Status.ShouldBe(200);
        (await _server.GetAsync("safety", $"{AdaPath}/ties")).Status.ShouldBe(200);
        (await _server.GetAsync($"person:{SmallNetwork.Ada}", $"{AdaPath}/ties")).Status.ShouldBe(200);
        await _server.Server.Services.GetRequiredService<AccessLog>().FlushAsync(TestContext.Current.CancellationToken);
        await _server.Server.UntilVisibleAsync();
        var bob = (await _server.GetAsync($"person:{SmallNetwork.Bob}", $"{s_bobPath}/access")).Json.GetProperty("items");
        bob.GetArrayLength().ShouldBe(1);
        (bob[0].GetProperty("role").GetString(), bob[0].GetProperty("key").GetString(),
            bob[0].GetProperty("operation").GetString()).ShouldBe(("analyst", "for analyst", "getTies"));
        bob.GetRawText().ShouldNotContain("ada");
        (await _server.GetAsync("analyst", $"{s_bobPath}/access")).ShouldBeProblem(403);
        (await _server.SendAsync("admin", HttpMethod.Delete, s_bobPath)).Status.ShouldBe(200);
        (await _server.GetAsync("admin", $"{s_bobPath}/access")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task How_a_tie_began_can_be_corrected_and_the_correction_taken_back()
    {
        var path = $"{AdaPath}/ties/eve/beginning";
        async Task<(string? How, bool Stated)> BeganAsync()
        {
            var began = (await _server.GetAsync($"person:{SmallNetwork.Ada}", $"{AdaPath}/ties/eve")).Json.GetProperty("began");
            return (began.GetProperty("how").GetString(), began.GetProperty("stated").GetBoolean());
        }
        (await BeganAsync()).ShouldBe(("self", false));
        (await _server.SendAsync($"person:{SmallNetwork.Ada}", HttpMethod.Put, path, """{"how":"introducedBy","by":"cem"}"""))
            .Status.ShouldBe(200);
        (await BeganAsync()).ShouldBe(("introducedBy", true));
        (await _server.SendAsync($"person:{SmallNetwork.Ada}", HttpMethod.Put, path, """{"how":"magic"}""")).ShouldBeProblem(400, "how");
        (await _server.SendAsync($"person:{SmallNetwork.Ada}", HttpMethod.Put, path, """{"how":"introducedBy","by":"eve"}"""))
            .ShouldBeProblem(400, "by");
        (await _server.SendAsync($"person:{SmallNetwork.Ada}", HttpMethod.Delete, path)).Status.ShouldBe(200);
        (await BeganAsync()).ShouldBe(("self", false));
    }

    [Fact]
    public async Task A_webhook_is_shown_to_the_key_that_made_it_and_its_secret_once()
    {
        var made = (await _server.SendAsync(
            "analyst", HttpMethod.Post, "/v1/subscriptions", """{"url":"https://receiver.example/hook","events":["interaction"]}""")).Json;
        made.GetProperty("secret").GetString()!.ShouldStartWith("whsec_");
        var path = $"/v1/subscriptions/{made.GetProperty("id").GetString()}";
        (await _server.GetAsync("analyst", path)).Json.GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.GetAsync("admin", "/v1/subscriptions")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _server.SendAsync("analyst", HttpMethod.Post, "/v1/subscriptions", """{"url":"https://10.0.0.8/hook"}"""))
            .ShouldBeProblem(400, "url");
        (await _server.SendAsync(
            "analyst", HttpMethod.Post, "/v1/subscriptions", """{"url":"https://receiver.example/","events":["report"]}"""))
            .ShouldBeProblem(400, "events");
        (await _server.SendAsync("analyst", HttpMethod.Delete, path)).Json.GetProperty("state").GetString().ShouldBe("ended");
    }

    private async Task<JsonElement> ProposeAsync()
    {
        var answer = await _server.SendAsync($"person:{SmallNetwork.Ada}", HttpMethod.Post, $"{AdaPath}/asks", """{"target":"cem"}""");
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }

    private Task<Answer> PutAsync(string person, string path, string ask, string state) =>
        _server.SendAsync($"person:{person}", HttpMethod.Put, $"{path}/asks/{ask}", $$"""{"state":"{{state}}"}""");

    private async Task<List<string?>> AsksOfAsync(string person, string path) =>
        [.. (await _server.GetAsync($"person:{person}", $"{path}/asks")).Json.GetProperty("items").EnumerateArray().Select(ask =>
            ask.GetProperty("id").GetString())];
}
