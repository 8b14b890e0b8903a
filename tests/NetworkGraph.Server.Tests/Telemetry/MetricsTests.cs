using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host.Telemetry;

namespace NetworkGraph.Server.Tests.Telemetry;

[Collection(Scrapes.Name)]
public class MetricsTests
{
    [Fact]
    public async Task A_scrape_is_strictly_prometheus_text_and_holds_requests_by_route()
    {
        await using var server = await RunningServer.StartAsync(map: app => app.MapGet("/v1/echo/{id}", () => "x"));
        await server.GetAsync("/v1/echo/ada@example.org");
        await server.GetAsync("/v1/network");
        var answer = await server.GetAsync("/metrics");
        answer.ContentType.ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        answer.Body.ShouldNotContain("ada@");
        var families = PrometheusParser.Parse(answer.Body);

        var requests = families["http_server_request_duration_seconds"];
        requests.Type.ShouldBe("histogram");
        var count = requests.Samples.Single(
            s => s.Name.EndsWith("_count", StringComparison.Ordinal) && s.Labels.GetValueOrDefault("http_route") == "/v1/echo/{id}");
        count.Labels["http_response_status_code"].ShouldBe("200");
        count.Labels["http_request_method"].ShouldBe("GET");
        count.Value.ShouldBe(1);
        families["dotnet_process_cpu_time_seconds_total"].Type.ShouldBe("counter");
        families["dotnet_process_memory_working_set_bytes"].Type.ShouldBe("gauge");
        requests.Samples.ShouldContain(s => s.Labels.GetValueOrDefault("http_route") == "/v1/network");
        families["kestrel_active_connections"].Type.ShouldBe("gauge");
    }

    [Fact]
    public async Task A_scrape_holds_the_network_in_numbers()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(Http.SmallNetwork.Records());
        var families = PrometheusParser.Parse((await server.GetAsync("/metrics")).Body);
        Value("networkgraph_people").ShouldBe(5);
        Value("networkgraph_ties").ShouldBe(8);
        Value("networkgraph_dyads").ShouldBe(4);
        Value("networkgraph_dormant_ties").ShouldBeGreaterThanOrEqualTo(1);
        Value("networkgraph_reciprocity").ShouldBe(1);
        Value("networkgraph_reciprocity_weighted").ShouldBeInRange(0.9, 1);
        Value("networkgraph_log_position").ShouldBe(87);
        Value("networkgraph_fold_lag").ShouldBe(0);
        Value("networkgraph_snapshot_age_seconds").ShouldBeGreaterThanOrEqualTo(0);
        families["networkgraph_dyads_by_status"].Samples.Sum(s => s.Value).ShouldBe(4);

        double Value(string name) => families[name].Samples.ShouldHaveSingleItem().Value;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_scrape_counts_open_follow_ups_and_referral_loops()
    {
        await using var server = await RunningServer.StartAsync();
        var now = DayClock.Fixed.GetUtcNow();
        await server.AppendAsync(
            Http.OutcomeServer.Told("1", now.AddHours(-3), InteractionKind.Meeting, "ann", ["bob"], "Fair"),
            Http.OutcomeServer.Told("2", now.AddDays(-5), InteractionKind.Meeting, "ann", ["cai"], "Fair"),
            Http.OutcomeServer.Told("3", now.AddDays(-9), InteractionKind.Referral, "bob", ["dan"], null, about: "eve"));

        // Counted beside the scrapes: the first one starts it.
        await server.UntilAsync(
            "open loops are counted", "/metrics", answer =>
            answer.Body.Contains("networkgraph_referral_loops_open", StringComparison.Ordinal));
        var families = PrometheusParser.Parse((await server.GetAsync("/metrics")).Body);

        families["networkgraph_referral_loops_open"].Samples.ShouldHaveSingleItem().Value.ShouldBe(1);
        families["networkgraph_follow_ups_open"].Samples.Select(s => (s.Labels["state"], s.Value))
            .ShouldBe([("due", 1), ("overdue", 1)], ignoreOrder: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Requests_and_appends_are_activities_without_ids()
    {
        var ended = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await RunningServer.StartAsync();
        (await server.SendAsync(HttpMethod.Put, "/v1/people/traced%20person", "{}")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
        // An activity ends after its answer was sent, so it may come a little later than the answer.
        await Until.TrueAsync("the append is a child of its request",
            () => Puts().Any(put => ended.Any(a => a.DisplayName == "append" && a.TraceId == put.TraceId && a.ParentSpanId == put.SpanId)));
        ended.ShouldContain(a => a.DisplayName == "publish");
        ended.ShouldAllBe(a => !a.DisplayName.Contains("traced") && a.TagObjects.All(t => !$"{t.Value}".Contains("traced")));

        IEnumerable<Activity> Puts() => ended.Where(a => a.DisplayName == "PUT /v1/people/{id}");
    }

    [Fact]
    public async Task Requests_for_blocks_and_reports_cannot_be_counted()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, "/v1/people/ann/blocks/bob");
        await server.SendAsync(HttpMethod.Post, "/v1/reports", """{"reporter":"ann","about":"bob","reason":"spam"}""");
        var metrics = (await server.GetAsync("/metrics")).Body;
        metrics.ShouldNotContain("blocks");
        metrics.ShouldNotContain("reports");
    }

    [Fact]
    public async Task The_thread_pools_size_and_queue_are_gauges()
    {
        await using var server = await RunningServer.StartAsync();
        var families = PrometheusParser.Parse((await server.GetAsync("/metrics")).Body);
        families["dotnet_thread_pool_thread_count"].Type.ShouldBe("gauge");
        families["dotnet_thread_pool_thread_count"].Samples.ShouldHaveSingleItem().Value.ShouldBeGreaterThan(0);
        families["dotnet_thread_pool_queue_length"].Type.ShouldBe("gauge");
        families.Keys.ShouldNotContain(name => name.StartsWith("dotnet_thread_pool_thread_count_", StringComparison.Ordinal));
        families["dotnet_thread_pool_work_item_count_total"].Type.ShouldBe("counter");
    }

    [Fact]
    public async Task Labels_and_help_are_escaped()
    {
        await using var server = await RunningServer.StartAsync();
        using var meter = new Meter(Observability.Name);
        var counter = meter.CreateCounter<long>("test.odd-name.count", "By", "A \\ and a\nnew line");
        counter.Add(3, new("odd key", "a\"b\\c\nd"), new("0digit", true));
        var family = PrometheusParser.Parse((await server.GetAsync("/metrics")).Body)["test_odd_name_count_bytes_total"];
        family.Help.ShouldBe("A \\ and a\nnew line");
        family.Samples.ShouldHaveSingleItem().Labels["odd_key"].ShouldBe("a\"b\\c\nd");
    }

    [Fact]
    public async Task A_scrape_is_answered_to_HEAD_and_takes_no_other_method()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.SendAsync(HttpMethod.Head, "/metrics")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Post, "/metrics", "{}")).ShouldBeProblem(405);
    }
}
