using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>What people come to do, from the first click to the last.</summary>
public class FlowTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task A_path_of_introductions_is_found_by_typing_two_names()
    {
        var pair = server.Truth.DormantTies[0];
        var far = server.Truth.Introductions.Select(i => i.First).First(p => p != pair.First && p != pair.Second);
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/introductions");
        await PickAsync(page, "From", server.NameOf(pair.First));
        await PickAsync(page, "Person", server.NameOf(far));
        await Expect(page).ToHaveURLAsync(new Regex("from=.+to=|to=.+from="));
        await visit.UntilStillAsync();
        var paths = page.Locator(".path");
        await Expect(paths.First).ToBeVisibleAsync();
        await Expect(paths.First.GetByRole(AriaRole.Heading)).ToContainTextAsync("Ask ");
        await Expect(paths.First.Locator(".stop").First).ToContainTextAsync(server.NameOf(pair.First));
        await Expect(paths.First.Locator(".stop").Last).ToContainTextAsync(server.NameOf(far));

        // The way back is the browser's.
        await page.GoBackAsync();
        await Expect(page.GetByText("To whom?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Anyone_at_an_organisation_can_be_asked_for()
    {
        var person = server.Truth.DormantTies[0].First;
        var organisation = server.Profiles.Where(p => p.Organisation is not null && p.Id != person).GroupBy(p => p.Organisation!).MaxBy(
            g => g.Count())!.Key;
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        await visit.OpenAsync($"/introductions?from={Uri.EscapeDataString(person)}");
        await visit.Page.GetByLabel("To", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("organisation");
        await visit.Page.GetByLabel("Organisation", new PageGetByLabelOptions { Exact = true }).FillAsync(organisation);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find", Exact = true }).ClickAsync();
        await visit.UntilStillAsync();
        await Expect(visit.Page.GetByText(new Regex("Among \\d+ (people|person) who fit"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Moving_the_date_changes_every_page_and_stays_in_its_links()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/");
        var interactions = page.Locator(".fact").Nth(1).Locator(".value");
        var now = await interactions.TextContentAsync();
        var slider = page.GetByRole(AriaRole.Slider);
        await slider.EvaluateAsync(
            "(input) => { input.value = Math.round(input.max / 2); input.dispatchEvent(new Event('input', { bubbles: true })); }");
        await Expect(page).ToHaveURLAsync(new Regex("asOf=\\d{4}-\\d{2}-\\d{2}"));
        await visit.UntilStillAsync();
        (await interactions.TextContentAsync()).ShouldNotBe(now);
        await Expect(slider).Not.ToHaveAttributeAsync("aria-valuetext", "now");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "People", Exact = true }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/people\\?.*asOf="));
        await page.ReloadAsync();
        await Expect(slider).Not.ToHaveAttributeAsync("aria-valuetext", "now");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Back to now" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("asOf"));
    }

    [Fact]
    public async Task Play_moves_through_time_until_it_is_stopped()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/map");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Play through time" }).ClickAsync();
        var slider = page.GetByRole(AriaRole.Slider);
        var first = await slider.GetAttributeAsync("aria-valuetext");
        await Expect(slider).Not.ToHaveAttributeAsync("aria-valuetext", first!);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Play through time" })).ToBeVisibleAsync();
        await visit.UntilStillAsync();
    }

    [Fact]
    public async Task An_import_keeps_the_good_lines_and_names_the_bad_ones()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync("/import");
        var csv = "When;Sender;To;Note\n2026-01-05T10:00:00Z;imported-a@example.org;imported-b@example.org;x\n"
            + "yesterday;imported-a@example.org;imported-b@example.org;x\n"
            + "2026-01-06T10:00:00Z;imported-b@example.org;imported-a@example.org;x\n"
            + "2026-01-07T10:00:00Z;imported-a@example.org;imported-a@example.org;x\n";
        await page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "talks.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
        await Expect(page.GetByLabel("Column Sender holds")).ToHaveValueAsync("from");
        await Expect(page.GetByLabel("Column Note holds")).ToHaveValueAsync("");
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("import-mapping-light-1280");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("2 interactions of talks.csv are in")).ToBeVisibleAsync();
        var rows = page.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Nth(0)).ToContainTextAsync("3");
        await Expect(rows.Nth(0)).ToContainTextAsync("at");
        await Expect(rows.Nth(1)).ToContainTextAsync("5");
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("import-outcome-light-1280");

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "CSV" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        text.ShouldStartWith("line,id,field,reason");
        text.Split("\r\n").Length.ShouldBe(4);

        // Sending it again changes nothing.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change the settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("All of talks.csv was there already")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_mailbox_is_looked_at_imported_and_undone()
    {
        const string Mbox =
            "From ines@mail.example Mon Mar  2 09:15:00 2026\nMessage-ID: <1@mail>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: Ines "
            + "<ines@mail.example>\nTo: jo@mail.example\n\nhello\n\n"
            + "From jo@mail.example Mon Mar  2 10:15:00 2026\nMessage-ID: <2@mail>\nIn-Reply-To: <1@mail>\nDate: Mon, 2 Mar 2026 10:15:00 "
                + "+0000\nFrom: jo@mail.example\nTo: ines@mail.example\n\nhi\n\n"
            + "From news@mail.example Mon Mar  2 11:15:00 2026\nMessage-ID: <3@mail>\nList-Id: <n.mail.example>\nPrecedence: bulk\nDate: "
                + "Mon, 2 Mar 2026 11:15:00 +0000\nFrom: news@mail.example\nTo: all@mail.example\n\nnews\n";
        await using var visit = await Visit.BeginAsync(chromium, server.Address, width: 1440);
        var page = visit.Page;
        await visit.OpenAsync("/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "Inbox.mbox", MimeType = "application/mbox", Buffer = System.Text.Encoding.UTF8.GetBytes(Mbox) });
        await Expect(page.GetByText("Read as mbox")).ToBeVisibleAsync();
        await Expect(page.GetByText("2 of them new").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Left out: 1 list or bulk mail")).ToBeVisibleAsync();
        await visit.UntilStillAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("import-preview-light-1440", whole: true);
        await page.SetViewportSizeAsync(375, 800);
        await visit.UntilStillAsync();
        (await visit.OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        await visit.PictureAsync("import-preview-light-375", whole: true);

        // Who says how it is to be read looks again before anything is written.
        await page.GetByLabel(new Regex("Whose data is it")).FillAsync("ines@mail.example");
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import", Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Look again" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Your own page" })).ToHaveAttributeAsync(
            "href", new Regex("/people/ines%40mail\\.example"));
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("import-done-light-375", whole: true);
        await page.SetViewportSizeAsync(1440, 860);
        await visit.PictureAsync("import-done-light-1440", whole: true);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Undo this import" }).ClickAsync();
        await Expect(page.GetByText("Undone: 2 interactions no longer count")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Import another file" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Inbox.mbox" });
        await Expect(row).ToContainTextAsync("undone");
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("import-list-light-1440", whole: true);
    }

    [Fact]
    public async Task Evidence_opens_the_interactions_behind_a_score()
    {
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync(server.Fill("/people/{person}/ties/{other}"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "show them" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.Locator(".events li").First).ToBeVisibleAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("evidence-light-1280");
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_persons_page_shows_what_they_brought_about_and_where_they_go_and_opens_what_it_rests_on()
    {
        // The one who introduces most.
        using var http = new HttpClient { BaseAddress = server.Address };
        var (connector, most) = ("", 0);
        foreach (var person in server.Truth.Introductions.Select(i => i.First).Concat(server.Profiles.Select(p => p.Id)).Distinct())
        {
            var referrals = await http.GetFromJsonAsync<JsonElement>(
                $"/v1/people/{Uri.EscapeDataString(person)}/referrals?limit=1", TestContext.Current.CancellationToken);
            if (referrals.GetProperty("introductions").GetProperty("items").GetArrayLength() is var made && made > most)
                (connector, most) = (person, made);
        }
        most.ShouldBeGreaterThan(1);
        await using var visit = await Visit.BeginAsync(chromium, server.Address);
        var page = visit.Page;
        await visit.OpenAsync($"/people/{Uri.EscapeDataString(connector)}");
        var introductions = page.Locator("section.card").Filter(new LocatorFilterOptions { HasText = "Introductions they made" });
        await Expect(introductions.Locator(".rows > li").First).ToContainTextAsync(" and ");
        await introductions.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "show it" }).First.ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.Locator(".events li")).ToHaveCountAsync(1);
        await Expect(drawer.Locator(".events li")).ToContainTextAsync("introduction");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".ledger").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "introduction" }).ClickAsync();
        await Expect(drawer.Locator(".events li").First).ToContainTextAsync("introduction");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Venues" }).GetByRole(AriaRole.Link).First)
            .ToBeVisibleAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.PictureAsync("connector-light-1280", whole: true);
    }

    private static async Task PickAsync(IPage page, string label, string name)
    {
        var box = page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = label, Exact = true });
        await box.FillAsync(name);
        await page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = name }).First.ClickAsync();
    }
}
