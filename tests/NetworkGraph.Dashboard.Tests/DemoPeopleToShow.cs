namespace NetworkGraph.Dashboard.Tests;

/// <summary>People of the demo network for whom every page has something to show.</summary>
internal static class DemoPeopleToShow
{
    /// <summary>
    /// The address with people in the place of {person}, {other} and {far}, and their organisations in that of {organisation} and
    /// {farOrganisation}.
    /// </summary>
    public static string Fill(this DemoServer server, string address)
    {
        var pair = server.Truth.DormantTies[0];
        var far = server.Truth.Introductions.Select(i => i.First).First(p => p != pair.First && p != pair.Second);
        return address.Replace("{person}", Uri.EscapeDataString(pair.First), StringComparison.Ordinal)
            .Replace("{other}", Uri.EscapeDataString(pair.Second), StringComparison.Ordinal)
            .Replace("{venue}", Uri.EscapeDataString(server.Venue), StringComparison.Ordinal)
            .Replace("{organisation}", Uri.EscapeDataString(server.OrganisationOf(pair.First)), StringComparison.Ordinal)
            .Replace("{farOrganisation}", Uri.EscapeDataString(server.OrganisationOf(far)), StringComparison.Ordinal)
            .Replace("{far}", Uri.EscapeDataString(far), StringComparison.Ordinal);
    }

    private static string OrganisationOf(this DemoServer server, string id) =>
        server.Profiles.First(p => p.Id == id).Organisation ?? "nowhere";

    public static string NameOf(this DemoServer server, string id) => server.Profiles.First(p => p.Id == id).Name ?? id;
}
