using NetworkGraph.Cluster.Tests.SameAnswers;
using NetworkGraph.Server.Tests.Telemetry;

namespace NetworkGraph.Cluster.Tests.Telemetry;

/// <summary>What Orleans measures goes out where the product's own numbers do.</summary>
[Collection(Beside.Name)]
public sealed class OrleansMetersTests(ClusterBesideEmbedded both, ITestOutputHelper output)
{
    [Fact(Timeout = 120_000)]
    public async Task A_scrape_of_a_silo_holds_what_Orleans_measures()
    {
        await both.Silo.GetAsync("admin", $"/v1/people/{Uri.EscapeDataString(both.People[0])}/ties");
        var families = PrometheusParser.Parse((await both.Silo.GetAsync("admin", "/metrics")).Body);
        var ofOrleans = families.Keys.Where(name => name.StartsWith("orleans_", StringComparison.Ordinal)).Order().ToList();
        output.WriteLine(string.Join(", ", ofOrleans));
        ofOrleans.Count.ShouldBeGreaterThan(10);
        families.ShouldContainKey("networkgraph_log_position");
        families["orleans_grains"].Samples.ShouldContain(sample => sample.Value > 0);
        families.Values.SelectMany(family => family.Samples).SelectMany(sample => sample.Labels.Values).ShouldNotContain(
            value => value.Contains(both.People[0], StringComparison.Ordinal));
    }
}
