using Microsoft.Extensions.Configuration;

namespace NetworkGraph.Cluster.Tests;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void Nothing_configured_is_the_defaults()
    {
        var (options, errors) = Read();
        errors.ShouldBeEmpty();
        options.ShouldBe(new ClusterOptions());
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var (_, errors) = Read(("Id", ""), ("Address", "here"), ("SiloPort", "70000"), ("GatewayPort", "x"), ("IdleMinutes", "0"), ("SiloPrt", "3"));
        errors.Count.ShouldBe(6);
        foreach (var named in (string[])["Cluster:Id", "Cluster:Address", "Cluster:SiloPort", "Cluster:GatewayPort", "Cluster:IdleMinutes", "Cluster:SiloPrt"])
            errors.ShouldContain(error => error.StartsWith(named, StringComparison.Ordinal), named);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void An_address_that_is_none_for_others_is_refused(string address) =>
        Read(("Address", address)).Errors.ShouldHaveSingleItem().ShouldStartWith("Cluster:Address");

    [Fact]
    public void One_port_does_not_do_for_both() => Read(("SiloPort", "30000")).Errors.ShouldHaveSingleItem().ShouldContain("both 30000");

    private static (ClusterOptions Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] settings) => ClusterOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{ClusterOptions.Section}:{s.Name}", (string?)s.Value))).Build());
}
