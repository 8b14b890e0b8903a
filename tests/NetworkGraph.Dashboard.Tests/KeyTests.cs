using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>The dashboard of a server that asks for keys.</summary>
public sealed class KeyTests(Chromium chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("networkgraph-");
    private readonly Dictionary<string, string> _keys = [];
    private WebApplication _app = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var scope in new[] { "ingest", "analyst" })
        {
            var (key, text) = ApiKey.Create(
                scope, ApiKey.ReadScopes([scope], out _)!, DayClock.Fixed.GetUtcNow().ToUnixTimeMilliseconds(), null);
            KeyFile.Change(_data.FullName, known => [.. known, key]);
            _keys[scope] = text;
        }
        _app = await ServerHost.BuildAsync(
            WebApplication.CreateSlimBuilder(),
            new ServerOptions { Data = _data.FullName, Urls = "http://127.0.0.1:0", GrpcUrls = "", LogLevel = LogLevel.Error },
            DayClock.Fixed, CancellationToken.None);
        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var http = new HttpClient { BaseAddress = _address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _keys["ingest"]);
        const string Csv = "id,at,from,to,kind\n1,2026-01-05T10:00:00Z,ann@example.org,bob@example.org,message\n"
            + "2,2026-01-06T10:00:00Z,bob@example.org,ann@example.org,message\n";
        using var body = new StringContent(Csv, System.Text.Encoding.UTF8, "text/csv");
        (await http.PostAsync("/v1/interactions", body)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_key_is_asked_for_refused_used_kept_and_forgotten()
    {
        await using var visit = await Visit.BeginAsync(chromium, _address, expectedStatuses: [401, 403]);
        var page = visit.Page;
        await page.GotoAsync("/people");

        // Without a key the page asks for one; who does not give one is told why there is nothing.
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("This server asks for a key");
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("key-light-1280");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Enter a key" }).ClickAsync();

        // A wrong one is said to be wrong.
        await GiveAsync("ngk_nonsense");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not know the key");
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("key-wrong-light-1280");

        // One with too few scopes is accepted, and what is missing is named.
        await GiveAsync(_keys["ingest"]);
        await Expect(dialog).ToBeHiddenAsync();
        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("Your key does not cover this");
        await Expect(alert).ToContainTextAsync(new Regex("analyst, safety, admin"));
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("key-scope-light-1280");

        // The right one opens the page.
        await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Use another key" }).ClickAsync();
        await GiveAsync(_keys["analyst"]);
        var bob = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "bob@example.org" });
        await Expect(bob).ToBeVisibleAsync();

        // It is kept over a reload, and for the tab only.
        await page.ReloadAsync();
        await Expect(bob).ToBeVisibleAsync();
        await using (var other = await Visit.BeginAsync(chromium, _address, expectedStatuses: 401))
        {
            await other.Page.GotoAsync("/people");
            await Expect(other.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }

        // And it can be forgotten.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change the key" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Forget the key" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("This server asks for a key");
        (await page.EvaluateAsync<int>("() => sessionStorage.length")).ShouldBe(0);

        async Task GiveAsync(string key)
        {
            await dialog.GetByLabel("API key").FillAsync(key);
            await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Use this key" }).ClickAsync();
        }
    }
}
