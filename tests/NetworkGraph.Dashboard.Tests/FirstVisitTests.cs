using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>What somebody sees who has just started a server of their own: nothing yet, and then what they bring in.</summary>
public sealed class FirstVisitTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] s_pages = [
        "/", "/people", "/map", "/venues", "/introductions", "/dormant-ties", "/huddles", "/live", "/import"];
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("networkgraph-");
    private WebApplication _app = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await ServerHost.BuildAsync(
            WebApplication.CreateSlimBuilder(),
            new ServerOptions { Data = _data.FullName, Urls = "http://127.0.0.1:0", GrpcUrls = "", LogLevel = LogLevel.Error },
            DayClock.Fixed, CancellationToken.None);
        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task An_empty_server_leads_to_the_import_on_every_page_and_what_is_imported_is_there()
    {
        await using var visit = await Visit.BeginAsync(chromium, _address);
        var page = visit.Page;
        foreach (var address in s_pages)
        {
            await visit.OpenAsync(address);
            (await page.Locator(".state[role=alert]").CountAsync()).ShouldBe(0, address);
            (await visit.AxeAsync()).ShouldBeEmpty(address);
            await visit.PictureAsync($"empty{address.Replace('/', '-').TrimEnd('-')}-light-1280");
            // From where there is nothing to see, one click leads to where something can be brought in.
            if (address is "/" or "/people" or "/venues" or "/introductions" or "/dormant-ties")
                await Expect(page.Locator("main").GetByRole(
                    AriaRole.Link, new LocatorGetByRoleOptions { NameRegex = new Regex("import", RegexOptions.IgnoreCase) }).First)
                    .ToBeVisibleAsync();
        }

        const string Csv = "at,from,to,kind\n2026-01-05T10:00:00Z,ann@example.org,bob@example.org,message\n"
            + "2026-01-06T10:00:00Z,bob@example.org,ann@example.org,reply\n";
        await page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "mails.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Csv) });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("2 interactions of mails.csv are in")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "People", Exact = true }).First.ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("BOB");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "bob@example.org" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("bob@example.org");
        await visit.UntilStillAsync();
        await Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Ties", Exact = true }).GetByRole(
            AriaRole.Link, new LocatorGetByRoleOptions { Name = "ann@example.org", Exact = true })).ToBeVisibleAsync();
    }
}
