using Microsoft.Extensions.Configuration;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Cluster.Tests;

public sealed class ClusterSettingsTests
{
    private static readonly (
        string, string)[] s_enabled = [("Log", "postgres"), ("Postgres", "Host=localhost"), ("Cluster:Enabled", "true")];

    [Fact]
    public void Without_settings_a_server_stands_alone()
    {
        var (options, errors) = Read();
        errors.ShouldBeEmpty();
        options.Cluster.ShouldBe(new ClusterSettings());
        options.Cluster.Enabled.ShouldBeFalse();
    }

    [Fact]
    public void Settings_of_a_silo_are_read()
    {
        var (options, errors) = Read(
            [.. s_enabled, ("Cluster:Role", "api"), ("Cluster:Id", "north"), ("Cluster:Address", "10.0.0.7"),
            ("Cluster:SiloPort", "12000")]);
        errors.ShouldBeEmpty();
        options.Cluster.ShouldBe(
            new ClusterSettings { Enabled = true, Role = SiloRole.Api, Id = "north", Address = "10.0.0.7", SiloPort = 12_000 });
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var (_, errors) = Read(
            [.. s_enabled, ("Cluster:Id", ""), ("Cluster:Address", "here"), ("Cluster:SiloPort", "70000"), ("Cluster:Role", "gateway"),
            ("Cluster:SiloPrt", "3")]);
        errors.Count.ShouldBe(5, string.Join('\n', errors));
        foreach (var named in (string[])["Cluster:Id", "Cluster:Address", "Cluster:SiloPort", "Cluster:Role", "Cluster:SiloPrt"])
            errors.ShouldContain(error => error.StartsWith(named, StringComparison.Ordinal), named);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void An_address_that_others_cannot_reach_is_refused(string address) =>
        Read([.. s_enabled, ("Cluster:Address", address)]).Errors.ShouldHaveSingleItem().ShouldStartWith("Cluster:Address");

    [Fact]
    public void A_cluster_needs_a_log_that_silos_can_share() =>
        Read(("Cluster:Enabled", "true")).Errors.ShouldHaveSingleItem().ShouldContain("--postgres");

    [Fact]
    public void A_role_needs_a_cluster() =>
        Read(("Cluster:Role", "api")).Errors.ShouldHaveSingleItem().ShouldStartWith("Cluster:Role");

    private static (ServerOptions Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] settings) =>
        ServerOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"{ServerOptions.Section}:{s.Name}", (string?)s.Value))).Build());
}
