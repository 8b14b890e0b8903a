using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>The page of the person who uses the browser.</summary>
public class MyDayTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task Who_I_am_is_chosen_once_and_a_nudge_is_done_and_taken_back()
    {
        var person = server.Truth.DormantTies[0].First;
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/me");
        var input = page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "I am", Exact = true });
        await input.FillAsync(server.NameOf(person));
        await page.GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "My day" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await visit.UntilStillAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        (await visit.OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        await visit.PictureAsync("my-day-light-1280", whole: true);

        var nudges = page.Locator(".nudge");
        var first = await nudges.First.Locator(".person").First.TextContentAsync();
        var count = await nudges.CountAsync();
        await nudges.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Done", Exact = true }).ClickAsync();
        await nudges.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Undo" }).ClickAsync();
        await Expect(nudges).ToHaveCountAsync(count);
        await Expect(nudges.First.Locator(".person").First).ToHaveTextAsync(first!);

        await nudges.First.GetByRole(AriaRole.Combobox).SelectOptionAsync("snooze 7");
        await Expect(nudges.First.GetByRole(AriaRole.Status)).ToContainTextAsync("It comes back in a week.");
        await nudges.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Undo" }).ClickAsync();
        await Expect(nudges.First.Locator(".person").First).ToHaveTextAsync(first!);
    }

    [Fact]
    public async Task A_cadence_is_set_on_the_page_of_a_tie_and_is_there_after_a_reload()
    {
        var pair = server.Truth.DormantTies[0];
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync($"/people/{Uri.EscapeDataString(pair.First)}/ties/{Uri.EscapeDataString(pair.Second)}");
        var often = page.GetByLabel($"How often with {server.NameOf(pair.Second)}");
        await often.SelectOptionAsync("90");
        await visit.UntilStillAsync();
        await page.ReloadAsync();
        await visit.UntilStillAsync();
        await Expect(often).ToHaveValueAsync("90");
        await often.SelectOptionAsync("");
        await visit.UntilStillAsync();
        await Expect(often).ToHaveValueAsync("");
    }
}
