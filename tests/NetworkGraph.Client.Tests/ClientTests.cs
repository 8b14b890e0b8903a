using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using NetworkGraph.V1;

namespace NetworkGraph.Client.Tests;

/// <summary>The three clients against one running server.</summary>
public sealed class ClientTests(ServedFolder server) : IClassFixture<ServedFolder>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dotnet_client_records_reads_pages_and_listens()
    {
        await using var client = new NetworkGraphClient(new NetworkGraphClientOptions { Address = server.Grpc });
        var interactions = Enumerable.Range(0, 1200).Select(i => Message($"d-{i}", "dot@net.example",
            $"friend{i % 600}@net.example")).ToList();
        var recorded = await client.RecordAsync(interactions, Stop);
        (recorded.Accepted, recorded.Duplicates, recorded.RejectedCount).ShouldBe((1200L, 0L, 0L));
        (await client.RecordAsync(interactions.Take(3), Stop)).Duplicates.ShouldBe(3);
        (await client.RecordAsync([Message("d-x", "dot@net.example", "")], Stop).ContinueWith(sent =>
            sent.Exception?.GetBaseException() is RpcException { StatusCode: StatusCode.InvalidArgument },
            TaskScheduler.Default)).ShouldBeTrue();
        await Until.TrueAsync("all ties are visible", async () => await client.TiesAsync("dot@net.example", Stop).CountAsync(Stop) == 600);
        (await client.TiesAsync("dot@net.example", Stop).Select(tie => tie.Person).Distinct().CountAsync(Stop)).ShouldBe(600);
        await foreach (var happened in client.LiveAsync(Stop))
        {
            happened.Counters.ShouldNotBeNull();
            break;
        }
    }

    [Fact]
    public async Task A_call_is_tried_again_while_the_server_is_away()
    {
        using var away = new Away(2, new SocketsHttpHandler());
        await using var client = new NetworkGraphClient(new NetworkGraphClientOptions
        {
            Address = server.Grpc,
            Handler = away,
            FirstWait = TimeSpan.FromMilliseconds(1)
        });
        (await client.Network.GetNetworkAsync(new GetNetworkRequest(), cancellationToken: Stop)).ShouldNotBeNull();
        away.Refused.ShouldBe(2);
        using var gone = new Away(int.MaxValue, new SocketsHttpHandler());
        await using var other = new NetworkGraphClient(new NetworkGraphClientOptions
        {
            Address = server.Grpc,
            Handler = gone,
            FirstWait = TimeSpan.FromMilliseconds(1)
        });
        (await Should.ThrowAsync<RpcException>(async () => await other.Network.GetNetworkAsync(new GetNetworkRequest(),
            cancellationToken: Stop))).StatusCode.ShouldBe(StatusCode.Unavailable);
        gone.Refused.ShouldBe(5);
    }

    [Fact]
    public async Task The_python_client_made_from_the_api_document_asks_a_running_server()
    {
        var folder = Path.Combine(ServedFolder.Root, "clients", "python");
        await ServedFolder.RunAsync("python3", ["generate.py", "--check"], folder);
        (await ServedFolder.RunAsync("python3", ["smoke_test.py", $"{server.Http}"], folder)).ShouldContain("ok");
    }

    [Fact]
    public async Task The_typescript_client_made_from_the_api_document_asks_a_running_server()
    {
        var folder = Path.Combine(ServedFolder.Root, "clients", "typescript");
        var tools = Path.Combine(ServedFolder.Root, "src", "dashboard", "node_modules");
        if (!Directory.Exists(tools))
            Assert.Skip("the dashboard's packages, which hold TypeScript and the generator, are not installed: build with the dashboard");
        (await ServedFolder.RunAsync("node", ["scripts/smoke-test.mjs", $"{server.Http}", tools], folder)).ShouldContain("ok");
    }

    private static Interaction Message(string id, string from, string to) => new()
    {
        Id = id,
        At = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.Zero)),
        From = from,
        To = { to },
        Kind = InteractionKind.Message,
    };

    /// <summary>A network over which the first calls find nobody.</summary>
    private sealed class Away(int refusals, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Refused { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Refused == refusals) return base.SendAsync(request, cancellationToken);
            Refused++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            {
                RequestMessage = request,
                Version = HttpVersion.Version20
            });
        }
    }
}
