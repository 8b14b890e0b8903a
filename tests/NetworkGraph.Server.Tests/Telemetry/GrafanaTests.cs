using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Tests.Telemetry;

/// <summary>The Grafana dashboard and the alert rules name metrics that there are.</summary>
[Collection(Scrapes.Name)]
public sealed partial class GrafanaTests
{
    private static readonly string[] s_ofPrometheus = ["up"];

    [Fact]
    public async Task Every_metric_that_the_dashboard_and_the_alerts_name_is_one_that_the_server_has()
    {
        var counters = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Tracing.SourceName) lock (counters)
                    counters.UnionWith(new[] { "", "_total", "_seconds", "_bytes" }.Select(
                        suffix => $"{instrument.Name.Replace('.', '_')}{suffix}"));
            },
        };
        listener.Start();
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(Http.SmallNetwork.Records());
        (await server.SendAsync(
            HttpMethod.Post, "/v1/interactions", """{"id":"g-1","at":"2025-03-01T09:00:00Z","from":"ann","to":"bob","kind":"message"}"""))
            .Status.ShouldBe(200);
        string[] named = [.. Expressions().SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).Distinct()];
        named.Length.ShouldBeGreaterThan(12);
        await Until.TrueAsync("all metrics are scraped", async () =>
        {
            var scraped = PrometheusParser.Parse((await server.GetAsync("/metrics")).Body).Keys.ToHashSet();
            lock (counters) scraped.UnionWith(counters);
            return named.All(metric => scraped.Contains(metric) || scraped.Contains(Suffix().Replace(metric, "")));
        });
        (await File.ReadAllTextAsync(PathOf("alerts.yml"), TestContext.Current.CancellationToken)).ShouldContain(s_ofPrometheus[0]);
    }

    private static IEnumerable<string> Expressions()
    {
        var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("networkgraph.json"))).RootElement;
        foreach (var panel in dashboard.GetProperty("panels").EnumerateArray())
            foreach (var target in panel.GetProperty("targets").EnumerateArray()) yield return target.GetProperty("expr").GetString()!;
        foreach (var line in File.ReadLines(PathOf("alerts.yml")))
            if (line.TrimStart().StartsWith("expr:", StringComparison.Ordinal)) yield return line;
    }

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NetworkGraph.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "grafana", file);
    }

    [GeneratedRegex("(networkgraph|http_server)_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
