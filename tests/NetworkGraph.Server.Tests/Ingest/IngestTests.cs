using System.Net;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>What happens to good bodies, large ones, and a log that cannot follow.</summary>
public class IngestTests
{
    private const string Csv = "text/csv";

    [Fact]
    public async Task One_object_is_recorded_with_all_its_fields()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync("""
            {"id":"m1","at":"2026-05-01T14:00:00.250+02:00","from":"ann","to":["bob","cy"],"kind":"call","exchange":"unsolicited-advice",
             "setting":"social","channel":"phone","venue":"Fair","inReplyTo":"m0","about":"di","personalised":false,"lengthSeconds":61.5}
            """, "application/json; charset=utf-8");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("accepted").GetInt64().ShouldBe(1);
        answer.Json.GetProperty("rejected").GetArrayLength().ShouldBe(0);
        var recorded = host.Log.Interactions.ShouldHaveSingleItem();
        recorded.To.ShouldBe(["bob", "cy"]);
        (recorded.Id, recorded.AtMs, recorded.From, recorded.Kind).ShouldBe(("m1", 1777636800250, "ann", InteractionKind.Call));
        (recorded.Exchange, recorded.Setting, recorded.Channel, recorded.Venue)
            .ShouldBe((Exchange.UnsolicitedAdvice, Setting.Social, "phone", "Fair"));
        (recorded.InReplyTo, recorded.About, recorded.Personalised, recorded.LengthSeconds).ShouldBe(("m0", "di", false, 61.5));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("?timeUnit=s", 1_761_991_200_000)]
    [InlineData("?timeUnit=ms", 1_761_991_200)]
    public async Task A_number_that_can_only_be_seconds_is_refused_unless_the_unit_is_stated(string query, long atMs)
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(
            """{"id":"s1","at":1761991200,"from":"a@x.example","to":"b@x.example","kind":"message"}""", "application/json", query);

        if (atMs > 0)
        {
            answer.Status.ShouldBe(200, answer.Body);
            host.Log.Interactions.ShouldHaveSingleItem().AtMs.ShouldBe(atMs);
            return;
        }
        answer.Status.ShouldBe(422, answer.Body);
        var rejected = answer.Json.GetProperty("rejected")[0];
        rejected.GetProperty("field").GetString().ShouldBe("at");
        rejected.GetProperty("reason").GetString()!.ShouldContain("looks like seconds");
        host.Log.LastPosition.ShouldBe(0);
    }

    [Fact]
    public async Task Repeated_recipients_are_refused_and_left_out_on_request()
    {
        await using var host = await IngestHost.StartAsync();
        const string Twice = """{"id":"m","at":"2026-05-01T12:00:00Z","from":"ann","to":["bob","ann","bob"],"kind":"message"}""";

        (await host.PostAsync(Twice, "application/json")).Status.ShouldBe(422);
        (await host.PostAsync(Twice, "application/json", "?lenient=true")).Status.ShouldBe(200);
        (await host.PostAsync(
            Twice.Replace("\"bob\"", "\"ann\"", StringComparison.Ordinal), "application/json", "?lenient=true")).Status.ShouldBe(422);

        host.Log.Interactions.ShouldHaveSingleItem().To.ShouldBe(["bob"]);
    }

    [Fact]
    public async Task Sending_a_body_again_changes_nothing()
    {
        await using var host = await IngestHost.StartAsync();
        var body = $"[{Good("a")},{Good("b")}]";
        await host.PostAsync(body, "application/json");

        var again = await host.PostAsync(body, "application/json");

        again.Status.ShouldBe(200);
        again.Json.GetProperty("accepted").GetInt64().ShouldBe(0);
        again.Json.GetProperty("duplicates").GetInt64().ShouldBe(2);
        host.Log.LastPosition.ShouldBe(2);
    }

    [Fact]
    public async Task A_conflict_is_listed_by_line_and_id_but_not_counted_as_rejected()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync($"{Good("a")}\n{{}}\n{Good("a", to: "cy")}\n{Good("b")}\n");

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("conflicts").GetInt64().ShouldBe(1);
        answer.Json.GetProperty("rejectedCount").GetInt64().ShouldBe(1);
        var listed = answer.Json.GetProperty("rejected").EnumerateArray().ToArray();
        listed.Select(l => l.GetProperty("line").GetInt64()).ShouldBe([2, 3]);
        listed[1].GetProperty("id").GetString().ShouldBe("a");
        listed[1].GetProperty("field").GetString().ShouldBe("id");
        listed[1].GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("other content");
    }

    [Fact]
    public async Task A_body_of_conflicts_alone_is_answered_422()
    {
        await using var host = await IngestHost.StartAsync();
        await host.PostAsync(Good("a"));

        (await host.PostAsync(Good("a", to: "cy"))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task An_empty_array_and_a_header_alone_are_accepted()
    {
        await using var host = await IngestHost.StartAsync();

        (await host.PostAsync(" [ ] ", "application/json")).Status.ShouldBe(200);
        (await host.PostAsync("id,at,from,to,kind\n", Csv)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        await using var host = await IngestHost.StartAsync();

        (await host.PostAsync("\uFEFF" + Good("a"))).Status.ShouldBe(200);
        (await host.PostAsync("\uFEFF[" + Good("b") + "]", "application/json")).Status.ShouldBe(200);
        (await host.PostAsync("\uFEFFid,at,from,to,kind\r\nc,1000000000000,ann,bob,message\r\n", Csv)).Status.ShouldBe(200);
        host.Log.LastPosition.ShouldBe(3);
    }

    [Fact]
    public async Task Only_the_first_thousand_rejections_are_listed_and_all_are_counted()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(Good("a") + "\n" + string.Concat(Enumerable.Repeat("{}\n", 12_345)));

        answer.Json.GetProperty("rejectedCount").GetInt64().ShouldBe(12_345);
        answer.Json.GetProperty("rejected").GetArrayLength().ShouldBe(1000);
        answer.Json.GetProperty("rejected")[999].GetProperty("line").GetInt64().ShouldBe(1001);
    }

    [Fact]
    public async Task Csv_rows_without_ids_are_the_same_interactions_when_sent_again_and_equal_rows_are_two()
    {
        await using var host = await IngestHost.StartAsync();
        const string Body = "1 2 0\n1 2 0\n2 1 60\n";
        const string Query = "?delimiter=space&columns=from,to,at&kind=message&channel=email&epoch=2003-10-01T00:00:00Z&timeUnit=s";

        var first = await host.PostAsync(Body, Csv, Query);
        var second = await host.PostAsync(Body, Csv, Query);

        first.Json.GetProperty("accepted").GetInt64().ShouldBe(3, first.Body);
        second.Json.GetProperty("duplicates").GetInt64().ShouldBe(3);
        var last = host.Log.Interactions.Last();
        last.AtMs.ShouldBe(new DateTimeOffset(2003, 10, 1, 0, 1, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        last.Channel.ShouldBe("email");
    }

    [Fact]
    public async Task A_large_chunked_body_is_appended_in_order_and_in_batches()
    {
        await using var host = await IngestHost.StartAsync();
        const int Lines = 60_000;

        var answer = await host.PostAsync(new StreamedLines(Lines), "application/x-ndjson");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("accepted").GetInt64().ShouldBe(Lines);
        host.Log.Interactions.Select(i => i.Id).ShouldBe(Enumerable.Range(0, Lines).Select(i => $"s{i}"));
        host.Log.LargestAppend.ShouldBeLessThanOrEqualTo(4096);
    }

    [Fact]
    public async Task A_body_of_many_batches_waits_for_a_log_at_capacity()
    {
        await using var host = await IngestHost.StartAsync(log: new OrderedLog { BusyFor = 9 });

        var answer = await host.PostAsync(new StreamedLines(20_000), "application/x-ndjson");

        answer.Status.ShouldBe(200, answer.Body);
        host.Log.LastPosition.ShouldBe(20_000);
    }

    [Fact]
    public async Task A_log_at_capacity_refuses_a_small_body_at_once_and_accepts_it_later()
    {
        await using var host = await IngestHost.StartAsync(log: new OrderedLog { BusyFor = 1 });

        var refused = await host.PostAsync(Good("a"), "application/json");
        var taken = await host.PostAsync(Good("a"), "application/json");

        refused.ShouldBeProblem(429).ShouldContain("Nothing of it was kept");
        refused.Headers["Retry-After"].ShouldBe("1");
        taken.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_log_that_stays_at_capacity_ends_a_large_body_and_says_what_was_kept()
    {
        var log = new OrderedLog { BusyFor = int.MaxValue };
        await using var host = await IngestHost.StartAsync(
            new IngestOptions { Pipeline = new() { Patience = TimeSpan.FromMilliseconds(1) } }, log);

        var answer = await host.PostAsync(new StreamedLines(20_000), "application/x-ndjson");

        answer.ShouldBeProblem(429).ShouldContain("from line 1 on");
        answer.Json.GetProperty("accepted").GetInt64().ShouldBe(0);
        answer.Json.GetProperty("line").GetInt64().ShouldBe(1);
        answer.Headers.Keys.ShouldContain("Retry-After");
    }

    [Fact]
    public async Task What_a_slow_sender_has_sent_is_durable_before_the_body_ends()
    {
        await using var host = await IngestHost.StartAsync();
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var posting = host.PostAsync(new HeldBack(Good("a") + "\n", rest.Task, Good("b") + "\n"), "application/x-ndjson");
        await Until(() => host.Log.LastPosition == 1);
        rest.SetResult();

        (await posting).Json.GetProperty("accepted").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_request_and_no_other()
    {
        await using var host = await IngestHost.StartAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var body = new HeldBack(Good("a") + "\n", Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, leaving.Token), "");
        body.Headers.ContentType = new("application/x-ndjson");

        var posting = host.Http.PostAsync("/v1/interactions", body, leaving.Token);
        await Until(() => host.Log.LastPosition == 1);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(posting);

        (await host.PostAsync(Good("b"))).Status.ShouldBe(200);
        host.Log.LastPosition.ShouldBe(2);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Good(string id, string to = "bob") =>
        $"{{\"id\":\"{id}\",\"at\":\"2026-05-01T12:00:00Z\",\"from\":\"ann\",\"to\":\"{to}\",\"kind\":\"message\"}}";

    /// <summary>Lines in pieces that do not end where lines do; of unknown length, so sent chunked.</summary>
    private sealed class StreamedLines(int lines) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var text = new StringBuilder();
            for (var i = 0; i < lines; i++)
            {
                text.Append(Good($"s{i}")).Append('\n');
                if (text.Length < 40_000) continue;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString(0, 40_000)));
                text.Remove(0, 40_000);
            }
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Sends its first part, waits, and sends the second.</summary>
    private sealed class HeldBack(string first, Task until, string second) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            await until;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
