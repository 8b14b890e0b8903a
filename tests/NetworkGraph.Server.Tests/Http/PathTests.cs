using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Tests.Http;

public sealed class PathTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await RunningServer.StartAsync(map: app => app.MapGet("/v1/echo/{id}/of/{other}", (HttpContext http) =>
    {
        var query = new QueryReader(new RequestParameters(http), TimeProvider.System);
        var ids = new[] { query.PersonInPath(), query.PersonInPath("other") };
        return query.Problem is { } problem ? new ProblemResult(problem) : Results.Json(ids);
    }));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@example.org")]
    [InlineData("https://example.org/people/ada?x=1#top")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("100%25")]
    [InlineData("%")]
    [InlineData("a+b")]
    [InlineData("a b")]
    [InlineData("a;b=c,d")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a/../b")]
    [InlineData("\\")]
    [InlineData("Zoë")]
    [InlineData("李雷")]
    [InlineData("👩‍💻🚀")]
    [InlineData("{id}")]
    [InlineData("\"quoted\"")]
    public async Task An_id_comes_through_a_path_as_it_is(string id)
    {
        var segment = PersonIdSegment.Write(id);
        var answer = await _server.GetRawAsync($"/v1/echo/{segment}/of/{segment}");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.EnumerateArray().Select(i => i.GetString()).ShouldBe([id, id]);
    }

    [Fact]
    public void Every_id_is_read_as_it_was_written() =>
        Prop.ForAll<string>(text =>
        {
            var id = text is null ? "" : new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(128)]);
            return id.Length == 0 || (PersonIdSegment.TryRead(PersonIdSegment.Write(id), out var read, out _) && read == id);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("..", "..")]
    [InlineData(".", ".")]
    [InlineData("a+b", "a+b")]
    [InlineData("a%2fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%41da", "Ada")]
    public async Task A_segment_is_decoded_exactly_once_and_never_normalised(string segment, string id)
    {
        var answer = await _server.GetRawAsync($"/v1/echo/{segment}/of/x");
        answer.Json[0].GetString().ShouldBe(id);
    }

    [Fact]
    public async Task A_target_in_absolute_form_is_read_the_same()
    {
        var answer = await _server.GetRawAsync($"{_server.Address}v1/echo/a%2Fb/of/x?");
        answer.Json[0].GetString().ShouldBe("a/b");
    }

    [Theory]
    [InlineData("%0A")]
    [InlineData("a%1Fb")]
    [InlineData("%7F")]
    [InlineData("%C2%85")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    public async Task An_invalid_id_is_refused_by_name(string segment) =>
        (await _server.GetRawAsync($"/v1/echo/{segment}/of/x")).ShouldBeProblem(400, "id");

    [Theory]
    [InlineData("/v1/echo/%00/of/x")]
    [InlineData("/v1/echo/x/of/a%00b")]
    public async Task A_null_character_is_refused_with_a_reason(string target) =>
        (await _server.GetRawAsync(target)).ShouldBeProblem(400).ShouldContain("an id must not have a control character");

    [Fact]
    public async Task An_id_of_128_characters_is_taken_and_one_more_is_not()
    {
        (await _server.GetRawAsync($"/v1/echo/{new string('x', 128)}/of/x")).Status.ShouldBe(200);
        (await _server.GetRawAsync($"/v1/echo/x/of/{new string('x', 129)}")).ShouldBeProblem(400, "other").ShouldContain("128");
        (await _server.GetRawAsync($"/v1/echo/{string.Concat(Enumerable.Repeat("%E6%9D%8E", 128))}/of/x")).Status.ShouldBe(200);
        (await _server.GetRawAsync($"/v1/echo/{string.Concat(Enumerable.Repeat("%E6%9D%8E", 129))}/of/x")).ShouldBeProblem(400, "id")
            .ShouldContain("128");
    }

    [Theory]
    [InlineData("/%761/echo/a/of/b")]
    [InlineData("/x/../v1/echo/a/of/b")]
    [InlineData("/v1/echo//of/b")]
    [InlineData("/v1/echo/a/b/of/c")]
    [InlineData("/v1/../health/live")]
    public async Task Other_ways_to_write_a_path_lead_nowhere(string target) => (await _server.GetRawAsync(target)).ShouldBeProblem(404);
}
