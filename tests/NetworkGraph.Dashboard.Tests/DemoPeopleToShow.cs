namespace NetworkGraph.Dashboard.Tests;

/// <summary>People of the demo network for whom every page has something to show.</summary>
internal static class DemoPeopleToShow
{
    /// <summary>The address with people in the place of {person}, {other} and {far}.</summary>
    public static string Fill(this DemoServer server, string address)
    {
        var pair = server.Truth.DormantTies[0];
        var far = server.Truth.Introductions.Select(i => i.First).First(p => p != pair.First && p != pair.Second);
        return address.Replace("{person}", Uri.EscapeDataString(pair.First), StringComparison.Ordinal)
            .Replace("{other}", Uri.EscapeDataString(pair.Second), StringComparison.Ordinal)
            .Replace("{venue}", Uri.EscapeDataString(server.Venue), StringComparison.Ordinal)
            .Replace("{far}", Uri.EscapeDataString(far), StringComparison.Ordinal);
    }

    public static string NameOf(this DemoServer server, string id) => server.Profiles.First(p => p.Id == id).Name ?? id;
}
