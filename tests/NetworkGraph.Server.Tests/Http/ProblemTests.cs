using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace NetworkGraph.Server.Tests.Http;

public sealed class ProblemTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(map: app =>
    {
        app.MapGet("/v1/fault", new Func<IResult>(() => throw new InvalidOperationException("the secret inside")));
        app.MapPost("/v1/body", (Body body) => body.Name);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing/here")]
    public async Task A_path_that_leads_nowhere_is_a_problem(string path) => (await _server.GetAsync(path)).ShouldBeProblem(404);

    [Fact]
    public async Task A_method_that_is_not_taken_is_a_problem_that_names_those_that_are()
    {
        var answer = await _server.SendAsync(HttpMethod.Delete, "/health/live");
        answer.ShouldBeProblem(405).ShouldContain("GET");
        answer.Headers["Allow"].ShouldBe("GET, HEAD");
    }

    [Fact]
    public async Task A_fault_is_a_problem_without_internals()
    {
        var answer = await _server.GetAsync("/v1/fault");
        answer.ShouldBeProblem(500);
        answer.Body.ShouldNotContain("secret");
        answer.Body.ShouldNotContain("InvalidOperationException");
    }

    [Fact]
    public async Task A_body_of_another_type_is_a_problem() =>
        (await _server.SendAsync(HttpMethod.Post, "/v1/body", "hello", "text/plain")).ShouldBeProblem(415, "Content-Type")
            .ShouldContain("text/plain");

    [Theory]
    [InlineData("{")]
    [InlineData("{\"name\": 7}")]
    public async Task A_body_that_is_not_json_is_a_problem(string body) =>
        (await _server.SendAsync(HttpMethod.Post, "/v1/body", body)).ShouldBeProblem(400);

    [Fact]
    public async Task A_host_that_is_not_this_machine_is_refused()
    {
        (await _server.GetRawAsync("/health/live", host: "evil.example")).ShouldBeProblem(400, "Host");
        (await _server.GetRawAsync("/health/live", host: $"localhost:{_server.Address.Port}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET /health/live HTTP/9.9\r\n\r\n", 505)]
    [InlineData("GET /v1/x HTTP/1.1\r\nno colon\r\n\r\n", 400)]
    [InlineData("\0\0\0\r\n\r\n", 400)]
    public async Task What_is_not_http_is_a_problem_too(string request, int status)
    {
        using var socket = new TcpClient();
        var cancellation = TestContext.Current.CancellationToken;
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellation);
        answer.ShouldStartWith($"HTTP/1.1 {status}");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain($"\"status\":{status}");
    }

    private sealed record Body(string Name);
}
