namespace NetworkGraph.LoadTests.Tests;

/// <summary>Where data sets lie that are not part of the project.</summary>
internal static class RealData
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A folder of the data, or the test is skipped.</summary>
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
        if (string.IsNullOrEmpty(root)) Assert.Skip("NETWORKGRAPH_DATA is not set");
        var folder = Path.Combine(root, name);
        if (!Directory.Exists(folder)) Assert.Skip($"NETWORKGRAPH_DATA has no {name}");
        return folder;
    }
}
