using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>How the network is doing, and from there to the people it is about.</summary>
public class OverviewTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task Who_shows_a_warning_is_one_click_away_and_why_another()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        var warning = page.Locator(".warned details").First;
        var name = (await warning.Locator("summary .first-capital").TextContentAsync())!;
        await warning.Locator("summary").ClickAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await warning.Locator("li a").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/people/"));
        await visit.UntilStillAsync();
        await Expect(page.Locator(".finding").Filter(
            new LocatorFilterOptions { HasTextRegex = new Regex(name, RegexOptions.IgnoreCase) }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_changed_names_the_strongest_and_leads_to_their_tie()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        await page.Locator(".changes a").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/people/.+/ties/.+"));
        await visit.UntilStillAsync();
        await Expect(page.GetByText("How they are with each other")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reciprocity_is_shown_spread_over_people_and_over_relationships()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        await Expect(page.Locator(".spread")).ToContainTextAsync("Half of all people get back at most");
        await page.GetByLabel("What is shown").SelectOptionAsync("balance");
        await Expect(page.Locator(".spread")).ToContainTextAsync("Half of all relationships have a balance of at most");
    }
}
