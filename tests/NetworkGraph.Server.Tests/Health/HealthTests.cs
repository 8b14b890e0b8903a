using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Server.Host.Health;

namespace NetworkGraph.Server.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task A_server_is_ready_when_its_log_is_folded()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.GetAsync("/health/live")).Json.GetProperty("status").GetString().ShouldBe("live");
        (await server.GetAsync("/health/ready")).Json.GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task Queries_before_that_are_answered_503_with_the_progress()
    {
        await using var server = await RunningServer.StartAsync();
        server.Services.GetRequiredService<Readiness>().Report(3, 10);
        foreach (var path in new[] { "/health/ready", "/v1/network", "/v1/people/ada" })
        {
            var answer = await server.GetAsync(path);
            answer.ShouldBeProblem(503);
            answer.Json.GetProperty("position").GetInt64().ShouldBe(3);
            answer.Json.GetProperty("of").GetInt64().ShouldBe(10);
            answer.Headers["Retry-After"].ShouldBe("1");
        }
        (await server.GetAsync("/health/live")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Put, "/v1/people/ada", "{}")).Status.ShouldBe(200);
    }
}
