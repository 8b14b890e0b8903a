using System.Text;
using System.Text.Json;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>Each malformed interaction, between two good ones: it is refused by line and field, they are kept, and nothing fails.</summary>
public class MalformedLineTests
{
    private const string GoodBefore =
        "{\"id\":\"before\",\"at\":\"2026-05-01T12:00:00Z\",\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}";
    private const string GoodAfter =
        "{\"id\":\"after\",\"at\":1777636800000,\"from\":\"bob\",\"to\":[\"ann\"],\"kind\":\"reply\",\"inReplyTo\":\"before\"}";

    public static TheoryData<string> Names => [.. MalformedLines.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Among_lines_it_is_rejected_and_the_others_are_kept(string name)
    {
        var bad = MalformedLines.All[name];
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(Join(GoodBefore + "\n", bad.Bytes, "\n" + GoodAfter), "application/x-ndjson");

        answer.Status.ShouldBe(200, answer.Body);
        ShouldRejectLine2(answer.Json, bad);
        host.Log.Interactions.Select(i => i.Id).ShouldBe(["before", "after"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_an_array_it_is_rejected_and_the_others_are_kept(string name)
    {
        var bad = MalformedLines.All[name];
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(Join($"[{GoodBefore},", bad.Bytes, $",{GoodAfter}]"), "application/json");

        if (bad.BreaksArrays)
        {
            answer.ShouldBeProblem(400);
            answer.Json.GetProperty("line").GetInt64().ShouldBe(2);
            answer.Json.GetProperty("accepted").GetInt64().ShouldBe(host.Log.LastPosition);
            host.Log.Interactions.Select(i => i.Id).ShouldContain("before");
            return;
        }
        answer.Status.ShouldBe(200, answer.Body);
        ShouldRejectLine2(answer.Json, bad);
        host.Log.Interactions.Select(i => i.Id).ShouldBe(["before", "after"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Alone_it_is_refused_and_nothing_is_kept(string name)
    {
        var bad = MalformedLines.All[name];
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(new ByteArrayContent(bad.Bytes), "application/json");

        host.Log.Records.ShouldBeEmpty();
        if (bad.Json == "[]")
        {
            // As a whole body it is an array of nothing, which is no error.
            answer.Status.ShouldBe(200);
        }
        else if (bad.IsMalformed)
        {
            var detail = answer.ShouldBeProblem(400);
            answer.Json.GetProperty("field").GetString().ShouldBe(bad.Field);
            answer.Json.GetProperty("line").GetInt64().ShouldBe(1);
            detail.ShouldContain("Nothing of it was kept");
        }
        else
        {
            answer.Status.ShouldBe(422, answer.Body);
            answer.ContentType.ShouldNotBeNull().ShouldStartWith("application/json");
            ShouldReject(answer.Json, bad, line: 1);
        }
    }

    private static ByteArrayContent Join(string before, byte[] bad, string after) =>
        new([.. Encoding.UTF8.GetBytes(before), .. bad, .. Encoding.UTF8.GetBytes(after)]);

    private static void ShouldRejectLine2(JsonElement answer, MalformedLine bad)
    {
        answer.GetProperty("accepted").GetInt64().ShouldBe(2);
        ShouldReject(answer, bad, line: 2);
    }

    private static void ShouldReject(JsonElement answer, MalformedLine bad, long line)
    {
        answer.GetProperty("rejectedCount").GetInt64().ShouldBe(1);
        answer.GetProperty("duplicates").GetInt64().ShouldBe(0);
        answer.GetProperty("conflicts").GetInt64().ShouldBe(0);
        var rejected = answer.GetProperty("rejected").EnumerateArray().ShouldHaveSingleItem();
        rejected.GetProperty("line").GetInt64().ShouldBe(line);
        rejected.GetProperty("field").GetString().ShouldBe(bad.Field);
        rejected.GetProperty("id").GetString().ShouldBe(bad.Id);
        foreach (var word in bad.Words) rejected.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain(word);
    }
}
