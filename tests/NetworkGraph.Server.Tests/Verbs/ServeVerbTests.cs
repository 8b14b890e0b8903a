using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.Server.Tests.Verbs;

public class ServeVerbTests
{
    private static readonly string[] s_freePorts = ["--urls", "http://127.0.0.1:0", "--grpc-urls", "127.0.0.1:0"];

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Without_a_verb_it_serves_and_stops_cleanly_on_a_signal(string signal)
    {
        using var server = new ServerProcess(s_freePorts);
        var address = (await server.WaitForLineAsync("Now listening on")).Split(' ')[^1];
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        (await http.GetStringAsync("/health/live", TestContext.Current.CancellationToken)).ShouldContain("live");
        // An erasure is handed the whole node, which is then disposed along with the services, too.
        var erased = HttpStatusCode.ServiceUnavailable;
        await Until.TrueAsync("the server is ready to erase", async () =>
        {
            erased = (await http.DeleteAsync("/v1/people/nobody", TestContext.Current.CancellationToken)).StatusCode;
            return erased is not HttpStatusCode.ServiceUnavailable;
        });
        erased.ShouldBe(HttpStatusCode.NotFound);
        server.Signal(signal);
        (await server.ExitCodeAsync()).ShouldBe(0);
        (await server.ErrorsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_and_no_stack_trace_shown()
    {
        using var server = new ServerProcess(
            ["serve", "--urls", "http://0.0.0.0:5080", "--log-level", "loud"], ("NETWORKGRAPH__SHUTDOWNSECONDS", "soon"));
        (await server.ExitCodeAsync()).ShouldBe(2);
        var errors = (await server.ErrorsAsync()).TrimEnd().Split('\n');
        errors.Length.ShouldBe(3);
        errors.ShouldContain(e => e.Contains("--allow-remote-without-keys", StringComparison.Ordinal));
        errors.ShouldContain(e => e.StartsWith("LogLevel", StringComparison.Ordinal));
        errors.ShouldContain(e => e.StartsWith("ShutdownSeconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        using var server = new ServerProcess(["serve", "--colour", "blue"]);
        (await server.ExitCodeAsync()).ShouldBe(2);
        (await server.ErrorsAsync()).ShouldContain("--colour");
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var server = new ServerProcess(["--urls", $"http://127.0.0.1:{port}", "--grpc-urls", ""]);
        (await server.ExitCodeAsync()).ShouldBe(1);
        var line = (await server.ErrorsAsync()).TrimEnd();
        line.ShouldContain($"127.0.0.1:{port}");
        line.ShouldContain("in use");
        line.ShouldContain("--urls");
        line.ShouldNotContain("\n");
    }
}
