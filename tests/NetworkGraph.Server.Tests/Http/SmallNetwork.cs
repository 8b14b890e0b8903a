using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>
/// Ada and Bob write to each other, Bob and Cem, Cem and Dee: so Bob can introduce Ada to Cem, and Bob and Cem Ada to Dee.
/// Ada and Eve were close once, long ago. Everything lies between 2020 and 2025.
/// </summary>
internal static class SmallNetwork
{
    public const string Ada = "ada@example.org";
    public const string Bob = "https://example.org/people/bob";
    public const string Cem = "cem";
    public const string Dee = "d/e%2Fe +";
    public const string Eve = "eve";

    public static LogRecord[] Records()
    {
        var records = new List<LogRecord>();
        foreach (var (a, b) in new[] { (Ada, Bob), (Bob, Cem), (Cem, Dee) })
            for (var month = 1; month <= 12; month++) AddTalk(records, a, b, new DateTimeOffset(2025, month, 3, 9, 0, 0, TimeSpan.Zero));
        for (var month = 1; month <= 6; month++) AddTalk(records, Ada, Eve, new DateTimeOffset(2020, month, 3, 9, 0, 0, TimeSpan.Zero));
        records.Add(Profile(Ada, "Ada Lovelace", "Engines", "founder", ["maths"]));
        records.Add(Profile(Cem, "Cem Yilmaz", "Acme", "buyer", ["sailing", "maths"]));
        records.Add(Profile(Dee, "Dee Dee", "Acme", "seller", []));
        return [.. records];
    }

    private static void AddTalk(List<LogRecord> records, string a, string b, DateTimeOffset at)
    {
        records.Add(Message(records.Count, a, b, at));
        records.Add(Message(records.Count, b, a, at.AddHours(2)));
    }

    private static Interaction Message(int number, string from, string to, DateTimeOffset at) =>
        new()
        {
            Id = $"i{number}",
            AtMs = at.ToUnixTimeMilliseconds(),
            From = from,
            To = [to],
            Kind = InteractionKind.Message,
            Channel = "email"
        };

    private static ProfileChanged Profile(string id, string name, string organisation, string role, string[] tags) =>
        new()
        {
            AtMs = 1_700_000_000_000,
            Profile = new Profile { Id = id, Name = name, Organisation = organisation, Role = role, Tags = tags }
        };
}

/// <summary>One server that holds the <see cref="SmallNetwork"/>, for all tests that only ask.</summary>
public sealed class SmallNetworkServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        await Server.AppendAsync(SmallNetwork.Records());
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
