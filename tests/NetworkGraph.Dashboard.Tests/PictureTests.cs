namespace NetworkGraph.Dashboard.Tests;

/// <summary>What README.md shows of the dashboard.</summary>
public class PictureTests(DemoServer server, Chromium chromium)
{
    private const int MaxBytes = 150_000;

    /// <summary>To take it anew, run this test with NETWORKGRAPH_WRITE_PICTURES=1 and look at it.</summary>
    [Fact]
    public async Task The_picture_of_the_dashboard_is_there_and_small()
    {
        var path = Path.GetFullPath(Path.Combine(Folders.Dashboard, "../../docs/dashboard.png"));
        if (Environment.GetEnvironmentVariable("NETWORKGRAPH_WRITE_PICTURES") == "1")
        {
            await using var visit = await Visit.BeginAsync(chromium, server.Address);
            await visit.OpenAsync("/");
            await File.WriteAllBytesAsync(path, await visit.Page.ScreenshotAsync(), TestContext.Current.CancellationToken);
        }
        new FileInfo(path).Length.ShouldBeInRange(1, MaxBytes);
    }
}
