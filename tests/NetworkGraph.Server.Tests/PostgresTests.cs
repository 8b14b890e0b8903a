using System.Net;
using NetworkGraph.Events.Records;
using NetworkGraph.LoadTests.Postgres;

namespace NetworkGraph.Server.Tests;

/// <summary>A whole server whose log is in PostgreSQL.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Servers_share_a_log_in_PostgreSQL_and_live_through_its_absence()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var postgres = await PostgresServer.StartNewAsync(durable: false, TestContext.Current.CancellationToken);
        await using var one = await RunningServer.StartAsync(
            options => options with { Log = "postgres", Postgres = postgres.ConnectionString });
        await using var other = await RunningServer.StartAsync(
            options => options with { Log = "postgres", Postgres = postgres.ConnectionString });

        (await one.SendAsync(
            HttpMethod.Post, "/v1/interactions", """{"id":"1","at":"2026-01-05T09:00:00Z","from":"ann","to":"bob","kind":"message"}"""))
            .Status.ShouldBe(200);
        (await other.SendAsync(
            HttpMethod.Post, "/v1/interactions", """{"id":"1","at":"2026-01-05T09:00:00Z","from":"ann","to":"bob","kind":"message"}"""))
            .Json.GetProperty("duplicates").GetInt32().ShouldBe(1);
        await UntilKnownAsync(one, "bob", HttpStatusCode.OK);
        await UntilKnownAsync(other, "bob", HttpStatusCode.OK);

        (await one.Http.DeleteAsync("/v1/people/bob", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilKnownAsync(other, "bob", HttpStatusCode.NotFound);

        await other.AppendAsync(new ProfileChanged { AtMs = 1, Profile = new Profile { Id = "cem" } });
        await postgres.StopAsync(immediately: true);
        (await other.GetAsync("/v1/people/cem")).Status.ShouldBe(200);
        await postgres.StartAsync(TestContext.Current.CancellationToken);
        (await one.SendAsync(
            HttpMethod.Post, "/v1/interactions", """{"id":"2","at":"2026-01-05T09:00:00Z","from":"ann","to":"cem","kind":"message"}"""))
            .Json.GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    private static async Task UntilKnownAsync(RunningServer server, string person, HttpStatusCode status)
    {
        await server.UntilAsync($"{person} is answered with {status}", $"/v1/people/{person}", answer => answer.Status == (int)status);
    }
}
