using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events;
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
    private readonly PeopleOptions _options;
    private readonly List<LogRecord> _records = [];
    private int _applied;

    public NudgeStory(PeopleOptions? options = null)
    {
        _options = options ?? new PeopleOptions();
        _people = new EmbeddedPeople(new(), new ProfileStore(), new BoundaryStore(), _options);
    }

    /// <summary>Something happened, so many days after the story began.</summary>
    public NudgeStory On(
        double day, InteractionKind kind, string from, string to, Exchange exchange = Exchange.None, string? about = null,
        string? answers = null)
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
        for (var i = 0; i < messages; i++)
            On(from + i * every, InteractionKind.Message, i % 2 == 0 ? one : other, i % 2 == 0 ? other : one);
        return this;
    }

    public NudgeStory Who(string id, string[]? audience = null, string[]? offers = null, bool open = true)
    {
        _records.Add(new ProfileChanged
        {
            AtMs = StartMs,
            Profile = new Profile
            {
                Id = id,
                Name = id.ToUpperInvariant(),
                Audience = audience ?? [],
                Offers = offers ?? [],
                OpenToIntroductions = open,
            },
        });
        return this;
    }

    public NudgeStory Blocks(string by, string against)
    {
        _records.Add(new BlockChanged { AtMs = StartMs, By = by, Against = against, IsPlaced = true });
        return this;
    }

    /// <summary>The nudges of a person as of a day.</summary>
    public async Task<IReadOnlyList<Nudge>> NudgesAsync(string person, double day) =>
        (await (await ToldAsync(day)).Nudges.NudgesAsync(person, StartMs + (long)(day * DayMs), TestContext.Current.CancellationToken))
            .ShouldNotBeNull().Items;

    /// <summary>The nudges of a person as that person wants them, whatever their state, as of a day that is also today.</summary>
    public async Task<IReadOnlyList<Nudge>> PersonalAsync(string person, double day)
    {
        var (nudges, _) = await ToldAsync(day);
        var personal = new PersonalNudges(nudges, _people, _options.Nudges, new SteppedClock(StartMs + (long)(day * DayMs)));
        return (await personal.NudgesAsync(person, StartMs + (long)(day * DayMs), TestContext.Current.CancellationToken))
            .ShouldNotBeNull().Items;
    }

    public NudgeStory Wishes(string person, string other, Preference? preference)
    {
        _records.Add(new PreferenceChanged { AtMs = StartMs, Person = person, Other = other, Preference = preference });
        return this;
    }

    public NudgeStory Cadence(string person, string tag, double days)
    {
        _records.Add(new PreferenceChanged
        {
            AtMs = StartMs,
            Person = person,
            Tag = tag,
            Preference = new Preference { CadenceDays = days },
        });
        return this;
    }

    public NudgeStory Answers(string person, Nudge nudge, NudgeState state, NudgeScope scope = NudgeScope.Nudge, double? untilDay = null)
    {
        _records.Add(new NudgeChanged
        {
            AtMs = StartMs,
            Person = person,
            Nudge = nudge.Id,
            Other = nudge.Person,
            Rule = nudge.Rule,
            State = state,
            Scope = scope,
            UntilMs = untilDay is { } day ? StartMs + (long)(day * DayMs) : null,
        });
        return this;
    }

    /// <summary>The only nudge of a rule; null where there is none.</summary>
    public async Task<Nudge?> NudgeAsync(string person, double day, string rule) =>
        (await NudgesAsync(person, day)).Where(nudge => nudge.Rule == rule).ToList() switch
        {
            [] => null,
            [var only] => only,
            _ => throw new InvalidOperationException($"several {rule}"),
        };

    public async Task<Brief?> BriefAsync(string person, string other, double day, Viewer? viewer = null) =>
        (await (await ToldAsync(day)).Briefs.BriefAsync(
            viewer ?? Viewer.Admin, person, other, StartMs + (long)(day * DayMs), TestContext.Current.CancellationToken)).Brief;

    private async Task<(NudgeQueries Nudges, BriefQueries Briefs)> ToldAsync(double day)
    {
        if (_applied < _records.Count)
            await _people.ApplyAsync(new RecordBatch(_applied + 1, [.. _records.Skip(_applied)]), TestContext.Current.CancellationToken);
        _applied = _records.Count;
        var clock = new SteppedClock(StartMs + (long)(Math.Max(day, 2000) * DayMs));
        var network = new LiveNetwork(_people.Histories, _options, new LiveNetworkOptions(), clock);
        network.Build(_records.Count, TestContext.Current.CancellationToken);
        var queries = new NetworkQueries(network, _people.Histories, _people.Profiles, _people.Boundaries, _people, _options, clock);
        var referrals = new ReferralQueries(_people.Histories, _options.Referrals);
        var nudges = new NudgeQueries(
            network, queries, referrals, _people, _people.Histories, _people.Profiles, _people.Boundaries, _options);
        return (nudges, new BriefQueries(
            network, queries, nudges, referrals, _people.Histories, _people.Profiles, _people.Boundaries, _options));
    }
}
