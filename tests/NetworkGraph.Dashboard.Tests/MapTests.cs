using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>Looking around on the map by hand.</summary>
public class MapTests(DemoServer server, Chromium chromium)
{
    private const string PointedAt = "data-person";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Who_is_under_the_mouse_is_pointed_at_wherever_the_map_is_moved_and_nobody_once_it_has_left(ColorScheme theme)
    {
        var person = server.Truth.DormantTies[0].First;
        await using var visit = await Visit.BeginAsync(chromium, server.Address, theme);
        var page = visit.Page;
        var mouse = page.Mouse;
        var pictures = $"map-{theme.ToString().ToLowerInvariant()}-1280";
        await visit.OpenAsync("/map");
        var map = page.Locator(".network-canvas");
        var box = (await map.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var find = page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Find on the map", Exact = true });
        await find.FillAsync(server.NameOf(person));
        await page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = server.NameOf(person) }).First.ClickAsync();

        // The map comes to the mouse, which rests.
        await mouse.MoveAsync(x, y);
        await Expect(map).ToHaveAttributeAsync(PointedAt, person);
        await visit.PictureAsync($"{pictures}-pointed");

        await mouse.DownAsync();
        for (var step = 1; step <= 8; step++) await mouse.MoveAsync(x + (12 * step), y + (5 * step));
        await Expect(map).Not.ToHaveAttributeAsync(PointedAt, person);
        await visit.PictureAsync($"{pictures}-dragged");
        // So slow at the end that the map does not slide on.
        for (var step = 1; step <= 3; step++) await mouse.MoveAsync(x + 96 + step, y + 40);
        await mouse.UpAsync();
        await Expect(map).ToHaveAttributeAsync(PointedAt, person);
        await visit.PictureAsync($"{pictures}-dropped");

        await mouse.WheelAsync(0, -200);
        await Expect(map.Locator(".network-sheet.moving")).ToHaveCountAsync(0);
        await Expect(map).ToHaveAttributeAsync(PointedAt, person);
        await mouse.WheelAsync(0, 200);
        await Expect(map.Locator(".network-sheet.moving")).ToHaveCountAsync(0);
        await Expect(map).ToHaveAttributeAsync(PointedAt, person);

        await mouse.MoveAsync(box.X + box.Width + 60, y);
        await Expect(map).Not.ToHaveAttributeAsync(PointedAt, person);
        await visit.PictureAsync($"{pictures}-left");

        await mouse.MoveAsync(x + 99, y + 40);
        await Expect(map).ToHaveAttributeAsync(PointedAt, person);
        await mouse.DownAsync();
        await mouse.UpAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync(server.NameOf(person));
        await visit.UntilStillAsync();
    }
}
