using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Nudges;

/// <summary>A few people's dealings, told day by day, and what their nudges and briefs are on the last day.</summary>
internal sealed class NudgeStory
{
    public static readonly long StartMs = new DateTimeOffset(2025, 1, 1, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private const long DayMs = 86_400_000;
    private readonly EmbeddedPeople _people;
    private readonly MeasureOptions _options;
    private readonly List<LogRecord> _records = [];

    public NudgeStory(MeasureOptions? options = null)
    {
        _options = options ?? new MeasureOptions();
        _people = new EmbeddedPeople(new(), new ProfileStore(), new BoundaryStore(), _options);
    }

    /// <summary>Something happened, so many days after the story began.</summary>
    public NudgeStory On(
        double day, InteractionKind kind, string from, string to, Exchange exchange = Exchange.None, string? about = null, string? answers = null)
    {
        _records.Add(new Interaction
        {
            Id = $"i{_records.Count}",
            AtMs = StartMs + (long)(day * DayMs),
            From = from,
            To = to.Split(','),
            Kind = kind,
            Exchange = exchange,
            About = about,
            InReplyTo = answers,
            Personalised = true,
        });
        return this;
    }

    /// <summary>Two people write to each other, each in turn, so many times from a day on, so many days apart.</summary>
    public NudgeStory Talk(string one, string other, double from, int messages, double every)
    {
        for (var i = 0; i < messages; i++) On(from + i * every, InteractionKind.Message, i % 2 == 0 ? one : other, i % 2 == 0 ? other : one);
        return this;
    }

    public NudgeStory Who(string id, string[]? audience = null, string[]? offers = null, bool open = true)
    {
        _records.Add(new ProfileChanged { AtMs = StartMs, Profile = new Profile { Id = id, Name = id.ToUpperInvariant(), Audience = audience ?? [], Offers = offers ?? [], OpenToIntroductions = open } });
        return this;
    }

    public NudgeStory Blocks(string by, string against)
    {
        _records.Add(new BlockChanged { AtMs = StartMs, By = by, Against = against, IsPlaced = true });
        return this;
    }

    /// <summary>The nudges of a person as of a day.</summary>
    public async Task<IReadOnlyList<Nudge>> NudgesAsync(string person, double day) =>
        (await (await ToldAsync(day)).Nudges.NudgesAsync(person, StartMs + (long)(day * DayMs), TestContext.Current.CancellationToken)).ShouldNotBeNull().Items;

    /// <summary>The only nudge of a rule; null where there is none.</summary>
    public async Task<Nudge?> NudgeAsync(string person, double day, string rule) =>
        (await NudgesAsync(person, day)).Where(nudge => nudge.Rule == rule).ToList() switch { [] => null, [var only] => only, _ => throw new InvalidOperationException($"several {rule}") };

    public async Task<Brief?> BriefAsync(string person, string other, double day, Viewer? viewer = null) =>
        (await (await ToldAsync(day)).Briefs.BriefAsync(viewer ?? Viewer.Admin, person, other, StartMs + (long)(day * DayMs), TestContext.Current.CancellationToken)).Brief;

    private async Task<(NudgeQueries Nudges, BriefQueries Briefs)> ToldAsync(double day)
    {
        if (_people.Histories.People.Count == 0)
            await _people.ApplyAsync(new RecordBatch(1, [.. _records]), TestContext.Current.CancellationToken);
        var clock = new SteppedClock(StartMs + (long)(Math.Max(day, 2000) * DayMs));
        var network = new LiveNetwork(_people.Histories, _options, new LiveNetworkOptions(), clock);
        network.Build(_records.Count, TestContext.Current.CancellationToken);
        var queries = new NetworkQueries(network, _people.Histories, _people.Profiles, _people.Boundaries, _people, _options, clock);
        var referrals = new ReferralQueries(_people.Histories, _options);
        var nudges = new NudgeQueries(network, queries, referrals, _people, _people.Histories, _people.Profiles, _people.Boundaries, _options);
        return (nudges, new BriefQueries(network, queries, nudges, referrals, _people.Histories, _people.Profiles, _people.Boundaries, _options));
    }
}
