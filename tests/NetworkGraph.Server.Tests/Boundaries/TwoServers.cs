using System.Globalization;
using NetworkGraph.Demo;
using NetworkGraph.Events;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Boundaries;

/// <summary>
/// Two servers with the same network. In the one a person is blocked by three of their contacts and by somebody far from
/// them, and reported; and so is a stranger, whom nothing else names.
/// </summary>
public sealed class TwoServers : IAsyncLifetime
{
    public const string AsOf = "2025-06-01T12:00:00Z";
    public const string Stranger = "stranger@example.org";

    internal KeyedServer Without { get; private set; } = null!;

    internal KeyedServer With { get; private set; } = null!;

    /// <summary>Ids, those with the most interactions first.</summary>
    public string[] People { get; private set; } = [];

    public string Blocked => People[0];

    /// <summary>Contacts of the blocked: the two of the strongest ties, and the one of the weakest.</summary>
    public string[] Blockers { get; private set; } = [];

    public string FarBlocker => People[^1];

    public async ValueTask InitializeAsync()
    {
        var at = DateTimeOffset.Parse(AsOf, CultureInfo.InvariantCulture);
        var demo = DemoNetwork.Generate(new DemoOptions { People = 100, Years = 2, Until = at });
        LogRecord[] records = [.. demo.Records()];
        People = [.. demo.Interactions.CountBy(i => i.From).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Key)];
        Without = await KeyedServer.StartAsync([Blocked, Stranger], new FrozenDate(at), records);
        With = await KeyedServer.StartAsync([Blocked, Stranger], new FrozenDate(at), records);
        var answer = await Without.GetAsync("admin", $"/v1/people/{Uri.EscapeDataString(Blocked)}/ties?limit=1000");
        var ties = answer.Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("person").GetString()!).ToList();
        Blockers = [ties[0], ties[1], ties[^1]];
        var atMs = at.ToUnixTimeMilliseconds();
        await With.Server.AppendAsync(
        [
            .. Blockers.Append(FarBlocker).SelectMany(by => new[] { Blocked, Stranger }.Select(LogRecord (against) =>
                new BlockChanged { AtMs = atMs, By = by, Against = against, IsPlaced = true })),
            new ReportFiled { Id = "r-1", AtMs = atMs, Reporter = Blockers[0], About = Blocked, Reason = ReportReason.Harassment,
                Evidence = ["1"] },
            new ReportFiled { Id = "r-2", AtMs = atMs, Reporter = People[5], About = Stranger, Reason = ReportReason.Spam },
            new ReportMoved { Id = "r-1", AtMs = atMs, State = ReportState.Upheld },
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Without.DisposeAsync();
        await With.DisposeAsync();
    }

    /// <summary>It is always the same moment, while timers go on: so two servers say the same to the byte.</summary>
    private sealed class FrozenDate(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
