using Microsoft.Playwright;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>Every page on the demo network, in both themes and at both widths.</summary>
public class PageTests(DemoServer server, Chromium chromium)
{
    private const double MaxShift = 0.05;
    private const int Wide = 1280;
    private const int Narrow = 375;

    /// <summary>A name for the pictures, and the address; {person}, {other} and {far} stand for people of the demo.</summary>
    public static readonly TheoryData<string, string> Pages = new()
    {
        { "overview", "/" },
        { "people", "/people" },
        { "person", "/people/{person}" },
        { "tie", "/people/{person}/ties/{other}" },
        { "brief", "/people/{person}/brief/{other}" },
        { "map", "/map" },
        { "introductions", "/introductions?from={person}&to={far}" },
        { "introductions-empty", "/introductions" },
        { "my-day-empty", "/me" },
        { "team-empty", "/team" },
        { "team", "/team?from={organisation}&to={farOrganisation}" },
        { "duplicates", "/duplicates" },
        { "dormant-ties", "/dormant-ties?person={person}" },
        { "venues", "/venues" },
        { "venue", "/venues/{venue}" },
        { "huddles", "/huddles" },
        { "live", "/live" },
        { "import", "/import" },
        { "measures", "/measures" },
        { "measure", "/measures/tie-strength" },
        { "nowhere", "/nowhere" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_whole_accessible_and_still_in_the_light_theme_on_a_wide_window(string name, string address) =>
        await CheckAsync(name, address, ColorScheme.Light, Wide, Narrow);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_whole_accessible_and_still_in_the_dark_theme_on_a_narrow_window(string name, string address) =>
        await CheckAsync(name, address, ColorScheme.Dark, Narrow, Wide);

    /// <summary>Loads the page in a window of one width, and makes it the other one.</summary>
    private async Task CheckAsync(string name, string address, ColorScheme theme, int width, int thenWidth)
    {
        var themeName = theme == ColorScheme.Dark ? "dark" : "light";
        await using var visit = await Visit.BeginAsync(chromium, server.Address, theme, width);
        await visit.OpenAsync(server.Fill(address));
        (await visit.Page.Locator("h1, .state strong").First.TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
        (await visit.Page.Locator(".state[role=alert]").CountAsync()).ShouldBe(0);
        // Every number at the head of a page says what is counted, and leads to its definition.
        (await visit.Page.Locator(".fact dt:not(:has(a[href*='/measures/']))").AllTextContentsAsync()).ShouldBeEmpty();
        var (shift, what) = await visit.ShiftAsync();
        shift.ShouldBeLessThan(MaxShift, what);
        (await visit.OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        await visit.PictureAsync($"{name}-{themeName}-{width}", whole: true);
        (await visit.AxeAsync()).ShouldBeEmpty();

        await visit.Page.SetViewportSizeAsync(thenWidth, 800);
        await visit.UntilStillAsync();
        (await visit.OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        await visit.PictureAsync($"{name}-{themeName}-{thenWidth}", whole: true);
    }
}
