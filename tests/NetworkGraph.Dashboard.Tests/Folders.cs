using System.Reflection;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>Where things lie, as the build knew it.</summary>
internal static class Folders
{
    public static string Dashboard => Read("DashboardFolder");

    public static string Pictures => Read("PicturesFolder");

    private static string Read(string key) =>
        Path.GetFullPath(typeof(Folders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == key).Value!);
}
