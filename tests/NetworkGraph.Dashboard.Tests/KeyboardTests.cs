using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>The dashboard without a mouse.</summary>
public class KeyboardTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task A_person_is_found_and_opened_by_the_keyboard_alone()
    {
        var person = server.Truth.DormantTies[0].First;
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(server.NameOf(person));
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync(server.NameOf(person));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync(server.NameOf(person));
        // A new page begins where its content does.
        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_first_stop_skips_to_the_page_and_tables_sort_and_scroll()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/people");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to the page")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        var sort = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sort by name" });
        await TabToAsync(page, sort);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("th[aria-sort]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_date_moves_by_the_arrow_keys()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page).ToHaveURLAsync(new Regex("asOf="));
        await page.Keyboard.PressAsync("End");
        await Expect(page).Not.ToHaveURLAsync(new Regex("asOf="));
        await visit.UntilStillAsync();
    }

    [Fact]
    public async Task A_measure_explains_itself_to_the_keyboard_and_leads_to_its_definition()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        var measure = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Reciprocity r" });
        await TabToAsync(page, measure);
        await Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("share of ties that are answered");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/measures/network-reciprocity"));
        await Expect(page.GetByText("Garlaschelli")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task At_375_pixels_the_menu_opens_and_closes()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address, width: 375);
        var page = visit.Page;
        await visit.OpenAsync("/");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Menu", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation)).ToBeVisibleAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("menu-light-375");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Dormant ties" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/dormant-ties"));
        await Expect(page.GetByRole(AriaRole.Navigation)).ToBeHiddenAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        const int mostStops = 60;
        for (var stop = 0; stop < mostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("(element) => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{target} is not reached by {mostStops} presses of Tab.");
    }
}
