using NetworkGraph.Demo;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>A server that holds a made-up network of a hundred people, for all tests that only ask.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    /// <summary>What tests ask for, so that two answers are of the same moment.</summary>
    public static readonly DateTimeOffset AsOf = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Id of the one report there is.</summary>
    public const string Report = "r-1";

    /// <summary>A webhook of another server, which this one does not send.</summary>
    public const string Subscription = "s-1";

    /// <summary>Id of the one import there is.</summary>
    public const string Batch = "demo/import 1";

    /// <summary>Id of an interaction.</summary>
    public string Interaction { get; private set; } = "";

    public RunningServer Server { get; private set; } = null!;

    /// <summary>Ids of people, those with the most interactions first.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    /// <summary>By person, somebody they wrote to.</summary>
    public IReadOnlyDictionary<string, string> Partners { get; private set; } = new Dictionary<string, string>();

    /// <summary>Venues where somebody attended, the most visited first.</summary>
    public IReadOnlyList<string> Venues { get; private set; } = [];

    /// <summary>Where some of the people work.</summary>
    public string Organisation { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var demo = DemoNetwork.Generate(new DemoOptions { People = 100, Years = 2, Until = AsOf });
        Server = await RunningServer.StartAsync();
        await Server.AppendAsync([.. demo.Records()]);
        People = [.. demo.Interactions.CountBy(i => i.From).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Key)];
        Partners = demo.Interactions.Where(i => i.Kind == InteractionKind.Message).GroupBy(i => i.From)
            .ToDictionary(sent => sent.Key, sent => sent.First().To[0]);
        await Server.AppendAsync(
            new BlockChanged { AtMs = AsOf.ToUnixTimeMilliseconds(), By = People[0], Against = People[2], IsPlaced = true },
            new ReportFiled
            {
                Id = Report,
                AtMs = AsOf.ToUnixTimeMilliseconds(),
                Reporter = People[0],
                About = People[2],
                Reason = ReportReason.Spam,
                Evidence = ["i1"]
            });
        await Server.AppendAsync(new SubscriptionChanged
        {
            AtMs = AsOf.ToUnixTimeMilliseconds(),
            Id = Subscription,
            Url = "https://hooks.example.org/",
            Events = [],
            Signer = "another",
            IsActive = true,
        });
        await Server.AppendAsync(new BatchChanged
        {
            AtMs = AsOf.ToUnixTimeMilliseconds(),
            Batch = Batch,
            Phase = BatchPhase.Finished,
            Format = "csv",
            FileName = "demo.csv",
            Counts = new BatchCounts(5, 4, 3, 2, 1),
        });
        Interaction = demo.Interactions.First().Id;
        Organisation = demo.Profiles.First(profile => profile.Organisation is not null).Organisation!;
        Venues = [.. demo.Interactions.Where(i => i.Venue is not null).CountBy(i => i.Venue!).OrderByDescending(v => v.Value)
            .Select(v => v.Key)];
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
