using Microsoft.AspNetCore.Builder;
using NetworkGraph.Server.Http.Limits;

namespace NetworkGraph.Server.Tests.Http;

public class LimitTests
{
    [Fact]
    public async Task What_is_beyond_the_limit_is_answered_at_once_with_when_to_try_again()
    {
        using var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(
            options => options with { HeavyQueriesAtOnce = 1, HeavyQueriesWaiting = 0 },
            app => app.MapGet("/v1/heavy", async () =>
            {
                entered.Release();
                await leave.Task;
                return "done";
            }).IsHeavy());

        var first = server.GetAsync("/v1/heavy");
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        var second = await server.GetAsync("/v1/heavy");
        second.ShouldBeProblem(429);
        second.Headers["Retry-After"].ShouldBe("1");
        (await server.GetAsync("/health/live")).Status.ShouldBe(200);
        leave.SetResult();
        (await first).Status.ShouldBe(200);
        (await server.GetAsync("/v1/heavy")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task All_requests_together_are_bounded_and_health_is_not_among_them()
    {
        using var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(options => options with { RequestsAtOnce = 1 }, app => app.MapGet("/v1/slow", async () =>
        {
            entered.Release();
            await leave.Task;
            return "done";
        }));

        var first = server.GetAsync("/v1/slow");
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        (await server.GetAsync("/v1/slow")).ShouldBeProblem(429);
        (await server.GetAsync("/metrics")).Status.ShouldBe(200);
        leave.SetResult();
        (await first).Status.ShouldBe(200);
    }
}
