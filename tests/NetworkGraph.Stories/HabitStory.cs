using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Stories;

/// <summary>
/// What some people had with each other, told in days after the start, and what it says of their habits. "ann" is the
/// one the stories are about.
/// </summary>
public sealed class HabitStory
{
    public static readonly long StartMs = new DateTimeOffset(2022, 1, 3, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public List<Interaction> Past { get; } = [];

    public static long At(double day) => StartMs + (long)Math.Round(day * 86_400_000);

    public HabitStory Says(
        double day, string from, string to, Exchange exchange = Exchange.None, InteractionKind kind = InteractionKind.Message) =>
        Add(day, from, [to], kind, exchange);

    /// <summary>A message, and an answer half a day later.</summary>
    public HabitStory Talk(double day, string from, string to, Exchange exchange = Exchange.None, Exchange answer = Exchange.None) =>
        Says(day, from, to, exchange).Says(day + 0.5, to, from, answer);

    /// <summary>One asks to connect, the other accepts an hour later.</summary>
    public HabitStory Connect(double day, string from, string to) =>
        Says(day, from, to, kind: InteractionKind.Connect).Says(day + 0.04, to, from, kind: InteractionKind.Accept);

    public HabitStory Meet(double day, string one, string other, string? venue = null) =>
        Add(day, one, [other], InteractionKind.Meeting, venue: venue);

    public HabitStory Call(double day, string from, string to, double? seconds = null)
    {
        Past.Add(new Interaction
        {
            Id = $"i{Past.Count + 1}",
            AtMs = At(day),
            From = from,
            To = [to],
            Kind = InteractionKind.Call,
            LengthSeconds = seconds
        });
        return this;
    }

    public HabitStory Attend(double day, string person, string venue) => Add(day, person, [], InteractionKind.Attendance, venue: venue);

    public HabitStory Introduce(double day, string broker, string one, string other) =>
        Add(day, broker, [one, other], InteractionKind.Introduction, Exchange.Give);

    public HabitStory ToMany(double day, string from, IEnumerable<string> to, bool personalised = false) =>
        Add(day, from, [.. to], InteractionKind.Message, Exchange.Promotion, personalised: personalised);

    public HabitStory Add(
        double day, string from, string[] to, InteractionKind kind, Exchange exchange = Exchange.None, string? venue = null,
            bool? personalised = null)
    {
        Past.Add(new Interaction
        {
            Id = $"i{Past.Count + 1}",
            AtMs = At(day),
            From = from,
            To = to,
            Kind = kind,
            Exchange = exchange,
            Venue = venue,
            Personalised = personalised,
        });
        return this;
    }

    /// <summary>The archetypes a person carries on a day, by name.</summary>
    public Dictionary<string, HabitFinding> Archetypes(double asOfDay, string person = "ann") =>
        Told().ArchetypesAsync(person, At(asOfDay), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()
            .ShouldNotBeNull().Archetypes.ToDictionary(a => a.Name);

    /// <summary>The warnings on a person's list on a day, as somebody sees it; as the person does where no one is named.</summary>
    public IReadOnlyList<HabitFinding> Warnings(double asOfDay, string person = "ann", Viewer? viewer = null) =>
        Told().WarningsAsync(viewer ?? new Viewer(Scopes.None, person), person, At(asOfDay), TestContext.Current.CancellationToken)
            .AsTask().GetAwaiter().GetResult().ShouldNotBeNull();

    /// <summary>The one warning of that name that ann has, on a tie or in general; null where she has none.</summary>
    public HabitFinding? Warning(string name, double asOfDay, string? other = null) =>
        Warnings(asOfDay).SingleOrDefault(w => w.Name == name && w.Person == other);

    /// <summary>Ids of the interactions a finding rests on.</summary>
    public IEnumerable<string> Ids(HabitFinding finding) => finding.Positions.Select(position => Past[(int)position - 1].Id);

    public NetworkQueries Told() => Queries(Fold());

    /// <summary>The people, to be asked one by one.</summary>
    public EmbeddedPeople PeopleHost() => new(Fold(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);

    private HistoryStore Fold()
    {
        var store = new HistoryStore();
        for (var i = 0; i < Past.Count; i++) store.Apply(Past[i], i + 1);
        return store;
    }

    public static NetworkQueries Queries(HistoryStore store)
    {
        var clock = new SteppedClock(At(3000));
        var (profiles, boundaries) = (new ProfileStore(), new BoundaryStore());
        var people = new EmbeddedPeople(store, profiles, boundaries, PeopleOptions.Default);
        var network = new LiveNetwork(store, PeopleOptions.Default, new LiveNetworkOptions(), clock);
        network.Build(store.EventCount, TestContext.Current.CancellationToken);
        return new NetworkQueries(
            network, store, profiles, boundaries, people, PeopleOptions.Default, clock);
    }
}
