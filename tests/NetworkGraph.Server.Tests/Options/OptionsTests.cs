using Microsoft.Extensions.Configuration;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Tests.Options;

public class OptionsTests
{
    [Fact]
    public void Nothing_configured_is_the_defaults()
    {
        var (options, errors) = Read();
        errors.ShouldBeEmpty();
        options.Urls.ShouldBe(ServerOptions.DefaultUrls);
        options.Measures.HalfLifeDays.ShouldBe(180);
        options.HttpAddresses.Single().Port.ShouldBe(5080);
        options.GrpcAddresses.Single().Port.ShouldBe(5081);
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var (_, errors) = Read(
            ("Urls", "ftp://x"), ("LogLevel", "loud"), ("HeavyQueriesAtOnce", "many"), ("ShutdownSeconds", "-1"), ("Colour", "blue"),
            ("Telemetry", "smoke"));
        errors.Count.ShouldBe(6);
        foreach (var named in new[] { "Urls", "LogLevel", "HeavyQueriesAtOnce", "ShutdownSeconds", "Colour", "Telemetry" })
            errors.ShouldContain(e => e.StartsWith(named, StringComparison.Ordinal), named);
    }

    [Theory]
    [InlineData("postgres", "", "Postgres")]
    [InlineData("sqlite", "Host=db", "Postgres")]
    [InlineData("postgres", "Hots=db", "Postgres")]
    [InlineData("postgres", "Database=x", "Postgres")]
    [InlineData("oracle", "", "Log")]
    public void A_log_in_PostgreSQL_goes_with_the_way_there(string log, string postgres, string named) =>
        Read(("Log", log), ("Postgres", postgres)).Errors.ShouldHaveSingleItem().ShouldStartWith(named);

    [Fact]
    public void Measures_are_tuned_and_checked()
    {
        var (options, errors) = Read(
            ("Measures:HalfLifeDays", "90"), ("Measures:Weights:meeting", "5"), ("Measures:Status:NewWithinDays", "7"),
            ("Network:PublishEvery", "00:00:00.2"));
        errors.ShouldBeEmpty();
        options.Measures.HalfLifeDays.ShouldBe(90);
        options.Measures.Weights["meeting"].ShouldBe(5);
        options.Network.PublishEvery.ShouldBe(TimeSpan.FromMilliseconds(200));
        Read(("Measures:HalfLifeDays", "0"), ("Measures:Weights:shout", "1"), ("Measures:Weights:call", "x"),
            ("Measures:Colour", "blue")).Errors.Count.ShouldBe(4);
        new ServerOptions().Measures.HalfLifeDays.ShouldBe(180);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("https://a.example.org; http://localhost:3000", 0)]
    [InlineData("https://a.example.org/", 0)]
    [InlineData("a.example.org", 1)]
    [InlineData("https://a.example.org/page", 1)]
    [InlineData("ftp://a.example.org;https://ann@b.example.org", 2)]
    [InlineData("*", 1)]
    [InlineData("*;https://a.example.org", 2)]
    public void Origins_of_web_pages_are_checked(string origins, int errors)
    {
        var read = Read(("CorsOrigins", origins)).Errors;
        read.Count.ShouldBe(errors);
        read.ShouldAllBe(error => error.StartsWith("CorsOrigins", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.9:0/")]
    [InlineData("http://localhost:80")]
    [InlineData("http://[::1]:5080;http://127.0.0.1:5080")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("https://localhost")]
    public void Loopback_needs_no_keys(string urls) => Read(("Urls", urls)).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("http://127.0.0.1:5080;http://0.0.0.0:5082")]
    public void Other_addresses_are_refused_without_keys_unless_asked_for(string urls)
    {
        Read(("Urls", urls)).Errors.ShouldHaveSingleItem().ShouldContain("--allow-remote-without-keys");
        Read(("GrpcUrls", urls)).Errors.ShouldHaveSingleItem().ShouldContain("--allow-remote-without-keys");
        Read(("Urls", urls), ("AllowRemoteWithoutKeys", "true")).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense url")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("http://example.org:5080")]
    [InlineData("http://localhost:0")]
    [InlineData("ws://127.0.0.1:5080")]
    [InlineData(";")]
    public void Invalid_addresses_are_refused(string urls) =>
        Read(("Urls", urls)).Errors.ShouldHaveSingleItem().ShouldStartWith("Urls (--urls)");

    private static (ServerOptions Options, IReadOnlyList<string> Errors) Read(params (string Setting, string Value)[] settings) =>
        ServerOptions.Read(
            new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"NetworkGraph:{s.Setting}", (string?)s.Value))).Build());
}
