using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Demo;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Demo;

[assembly: AssemblyFixture(typeof(NetworkGraph.Dashboard.Tests.DemoServer))]
[assembly: AssemblyFixture(typeof(NetworkGraph.Dashboard.Tests.Chromium))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NetworkGraph.Dashboard.Tests;

/// <summary>
/// A whole server in this process, on a free port of the loopback, with a small demo network that ends at the last midnight of the server's
/// clock.
/// </summary>
public sealed class DemoServer : IAsyncLifetime
{
    private const int People = 240;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("networkgraph-");
    private WebApplication? _app;


    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public DemoGroundTruth Truth { get; private set; } = null!;

    public IReadOnlyList<NetworkGraph.Events.Records.Profile> Profiles { get; private set; } = [];

    /// <summary>A venue that many attended.</summary>
    public string Venue { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var until = new DateTimeOffset(DayClock.Fixed.GetUtcNow().Date, TimeSpan.Zero);
        var network = DemoNetwork.Generate(new DemoOptions { People = People, Seed = 7, Until = until });
        (Truth, Profiles) = (network.Truth, network.Profiles);
        Venue = network.Interactions.Where(i => i.Venue is not null).GroupBy(i => i.Venue!).MaxBy(g => g.Count())!.Key;
        await DemoFolder.FillAsync(_data.FullName, network, new DemoNote(People, 7, until), (_, _) => { }, CancellationToken.None);
        var options = new ServerOptions { Data = _data.FullName, Urls = "http://127.0.0.1:0", GrpcUrls = "", LogLevel = LogLevel.Error };
        _app = await ServerHost.BuildAsync(WebApplication.CreateSlimBuilder(), options, DayClock.Fixed, CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var http = new HttpClient { BaseAddress = Address };
        await Until.TrueAsync("the demo's log is folded", async () => (int)(await http.GetAsync("/health/ready")).StatusCode == 200);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
