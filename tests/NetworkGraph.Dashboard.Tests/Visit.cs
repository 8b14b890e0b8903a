using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using NetworkGraph.Server.Dashboard;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>
/// One browser window on the dashboard. It notes what a page must never do (errors, violations of its own policy, calls
/// to other hosts, shifts of its layout) and says so at the end, whatever the test was about.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Runs before the page's own code.</summary>
    private const string Watcher = """
        window.watched = { violations: [], shift: 0, shifted: [] };
        document.addEventListener(
          'securitypolicyviolation', (event) => window.watched.violations.push(event.violatedDirective + ' ' + event.blockedURI));
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            window.watched.shift += entry.value;
            for (const source of entry.sources ?? []) {
              const name = source.node?.className || source.node?.nodeName;
              window.watched.shifted.push(
                name + ' ' + JSON.stringify(source.previousRect) + ' to ' + JSON.stringify(source.currentRect));
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
        """;

    /// <summary>Nothing is loading: no placeholder, no request under way, no code on its way, for a few frames in a row.</summary>
    private const string Still = """
        () => {
          const busy = document.querySelector('.bone, .older, .busy');
          window.still = busy ? 0 : (window.still ?? 0) + 1;
          if (window.still <= 12) return false;
          window.still = 0;
          return true;
        }
        """;

    private readonly IBrowserContext _context;
    private readonly List<string> _wrong = [];
    private readonly Uri _address;

    private Visit(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text)) _wrong.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => _wrong.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is not ("blob" or "data") && url.Authority != address.Authority)
                _wrong.Add($"called another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Statuses that this test provokes, which the browser notes as errors.</summary>
    public IReadOnlyList<int> ExpectedStatuses { get; init; } = [];

    public static async Task<Visit> BeginAsync(
        Chromium chromium, Uri address, ColorScheme theme = ColorScheme.Light, int width = 1280, params int[] expectedStatuses)
    {
        var browser = chromium.Browser;
        if (!DashboardFiles.Load(typeof(DashboardFiles).Assembly).IsBuilt)
            Assert.Skip("The server was built without its dashboard, since npm was missing.");
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 800 : 860 },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Pacific/Auckland",
        });
        await context.AddInitScriptAsync(Watcher);
        await context.AddInitScriptAsync(DateOf(DayClock.Fixed));
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return new Visit(context, page, address) { ExpectedStatuses = expectedStatuses };
    }

    /// <summary>Moves the page's dates to those of a clock; timers go on as they do.</summary>
    private static string DateOf(TimeProvider clock) => string.Create(CultureInfo.InvariantCulture, $$"""
        (() => {
          const moved = {{(clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalMilliseconds:0}};
          const Real = Date;
          window.Date = class extends Real {
            constructor(...given) { given.length === 0 ? super(Real.now() + moved) : super(...given); }
            static now() { return Real.now() + moved; }
          };
        })();
        """);

    /// <summary>Opens an address and returns when all its answers are there.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await UntilStillAsync();
    }

    /// <summary>Returns when nothing is loading any more.</summary>
    public async Task UntilStillAsync()
    {
        await Page.WaitForSelectorAsync("h1");
        await Page.WaitForFunctionAsync(Still);
    }

    public async Task PictureAsync(string name, bool whole = false)
    {
        Directory.CreateDirectory(Folders.Pictures);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folders.Pictures, name + ".png"), FullPage = whole });
    }

    /// <summary>What axe-core finds on the page as it is now, a line each.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        var source = await File.ReadAllTextAsync(
            Path.Combine(Folders.Dashboard, "node_modules/axe-core/axe.min.js"), TestContext.Current.CancellationToken);
        await Page.EvaluateAsync(source);
        var found = await Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
            """);
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }

    /// <summary>How much wider than the window the page is, pixels.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");

    /// <summary>The cumulative layout shift since the page was opened; and what shifted.</summary>
    public async Task<(double Shift, string What)> ShiftAsync()
    {
        var watched = await Page.EvaluateAsync<JsonElement>("() => window.watched");
        return (watched.GetProperty("shift").GetDouble(),
            string.Join("\n", watched.GetProperty("shifted").EnumerateArray().Select(s => s.GetString())));
    }

    public async ValueTask DisposeAsync()
    {
        var violations = await Page.EvaluateAsync<string[]>("() => window.watched?.violations ?? []");
        await _context.DisposeAsync();
        _wrong.AddRange(violations.Select(v => $"violates the page's policy: {v}"));
        _wrong.ShouldBeEmpty();
    }

    private bool IsExpected(string text) => ExpectedStatuses.Any(status => text.Contains($"status of {status}", StringComparison.Ordinal));
}
