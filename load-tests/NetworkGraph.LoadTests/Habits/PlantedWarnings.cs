using NetworkGraph.Analytics;
using NetworkGraph.Demo;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Habits;

/// <summary>
/// Question: does each warning find what it is about, and leave alone what only looks like it?
/// Method: people with a story of their own are added to a demo network: for each warning cases that anybody would call so, and near
/// misses, both told by what happened and drawn from a seed, without the rules. All are asked for their warnings as the API answers.
/// </summary>
public sealed class PlantedWarnings
{
    private const long DayMs = 86_400_000;
    private readonly List<Interaction> _events = [];
    private readonly List<(string Warning, string Person, string Other, bool IsCase)> _planted = [];
    private readonly Random _random;
    private readonly long _asOfMs;
    private int _people;

    /// <param name="seed">Same seed, same stories.</param>
    /// <param name="asOf">When they are looked at.</param>
    /// <param name="cases">Cases of each warning.</param>
    /// <param name="nearMisses">Near misses of each warning.</param>
    public PlantedWarnings(int seed, DateTimeOffset asOf, int cases = 60, int nearMisses = 200)
    {
        _random = new Random(seed);
        _asOfMs = asOf.ToUnixTimeMilliseconds();
        foreach (var warning in WarningNames.All)
        {
            for (var i = 0; i < cases; i++) Plant(warning, null);
            for (var i = 0; i < nearMisses; i++) Plant(warning, i);
        }
    }

    /// <summary>What happened, in order of time.</summary>
    public IEnumerable<Interaction> Interactions => _events.OrderBy(static happened => happened.AtMs);

    /// <summary>One line a warning: cases planted and found again, and of all planted what was found and right.</summary>
    public async Task<IReadOnlyList<Accuracy>> MeasureAsync(DemoNetwork among, CancellationToken cancellation)
    {
        var histories = new HistoryStore();
        var position = 0L;
        foreach (var interaction in among.Interactions.Concat(Interactions).OrderBy(static happened => happened.AtMs))
            histories.Apply(interaction, ++position);
        var (profiles, boundaries) = (new ProfileStore(), new BoundaryStore());
        var people = new EmbeddedPeople(histories, profiles, boundaries, PeopleOptions.Default);
        var network = new LiveNetwork(histories, PeopleOptions.Default, new LiveNetworkOptions(), new StandingClock(_asOfMs));
        var queries = new NetworkQueries(network, histories, profiles, boundaries, people, PeopleOptions.Default, TimeProvider.System);
        var found = new HashSet<(string Warning, string Person, string Other)>();
        foreach (var (_, person, _, _) in _planted)
        {
            foreach (var warning in await queries.WarningsAsync(Viewer.Admin, person, _asOfMs, cancellation) ?? [])
                found.Add((warning.Name, person, warning.Person ?? ""));
        }
        return [.. _planted.GroupBy(static planted => planted.Warning).Select(group =>
        {
            var isFound = group.ToLookup(planted => found.Contains((planted.Warning, planted.Person, planted.Other)));
            var (cases, right) = (group.Count(static planted => planted.IsCase), isFound[true].Count(static planted => planted.IsCase));
            return new Accuracy(group.Key, cases, right, isFound[true].Count(), right);
        })];
    }

    private void Plant(string warning, int? nearMiss)
    {
        var person = Somebody();
        var other = warning switch
        {
            "exploitation" => Exploitation(person, nearMiss),
            "transactional" => Transactional(person, nearMiss),
            "superficial" => Superficial(person, nearMiss),
            "premature-pitch" => PrematurePitch(person, nearMiss),
            "one-way-mentorship" => Mentorship(person, nearMiss),
            "unwanted-persistence" => Persistence(person, nearMiss),
            "spamming" => Spamming(person, nearMiss),
            "burning-bridges" => Bridges(person, nearMiss),
            "no-follow-up" => NoFollowUp(person, nearMiss),
            "monologue" => Monologue(person, nearMiss),
            _ => throw new ArgumentOutOfRangeException(nameof(warning), warning, "Nobody tells a story of it."),
        };
        _planted.Add((warning, person, other, nearMiss is null));
    }

    private string Exploitation(string person, int? nearMiss)
    {
        var other = Somebody();
        var (asks, gives, plain) = nearMiss is null ? (Between(6, 12), Between(0, 1), Between(0, 3)) : (nearMiss % 3) switch
        {
            0 => (Between(1, 4), 0, Between(3, 8)),
            1 => (Between(6, 12), Between(5, 9), Between(0, 3)),
            _ => (Between(5, 8), 0, Between(20, 30)),
        };
        Talk(person, other, 4, 400, 500);
        Repeat(asks, () => Say(person, other, Between(20, 380), Exchange.Ask));
        Repeat(gives, () => Say(person, other, Between(20, 380), Exchange.Give));
        Repeat(plain, () => Say(person, other, Between(20, 380)));
        Repeat(Between(3, 6), () => Say(other, person, Between(20, 380)));
        return other;
    }

    private string Transactional(string person, int? nearMiss)
    {
        var other = Somebody();
        Repeat(nearMiss is not null && nearMiss % 2 == 0 ? 1 : Between(3, 9), () =>
            Say(person, other, Between(10, 600), kind: InteractionKind.Transaction));
        if (nearMiss % 2 == 1) Talk(person, other, Between(1, 4), 10, 600);
        return other;
    }

    private string Superficial(string person, int? nearMiss)
    {
        var other = Somebody();
        Repeat(nearMiss is not null && nearMiss % 2 == 0 ? Between(1, 4) : Between(6, 15), () =>
            Say(person, other, Between(10, 600), kind: InteractionKind.Reaction));
        if (nearMiss % 4 == 1) Say(person, other, Between(10, 600));
        if (nearMiss % 4 == 3) Say(other, person, Between(10, 600));
        return other;
    }

    private string PrematurePitch(string person, int? nearMiss)
    {
        var other = Somebody();
        var day = Between(60, 600);
        if (nearMiss is null)
        {
            Say(person, other, day, kind: InteractionKind.Connect);
            Say(other, person, day - 0.5, kind: InteractionKind.Accept);
            for (var i = 0; i < Between(2, 4); i++) Say(person, other, day - 1 - 3 * i, Exchange.Pitch);
            if (_random.Next(2) == 0) Say(other, person, day - 20);
        }
        else if (nearMiss % 2 == 0)
        {
            Say(person, other, day, Exchange.Pitch);
            Talk(person, other, Between(3, 6), day - 40, day - 2);
        }
        else
        {
            for (var i = 0; i < 4; i++)
            {
                Say(person, other, day - 3 * i);
                Say(other, person, day - 3 * i - 1);
            }
            Repeat(Between(2, 4), () => Say(person, other, Between(5, (int)day - 20), Exchange.Pitch));
        }
        return other;
    }

    private string Mentorship(string person, int? nearMiss)
    {
        var other = Somebody();
        var kind = nearMiss is null ? -1 : nearMiss.Value % 4;
        var pieces = kind == 0 ? Between(2, 4) : Between(7, 12);
        for (var i = 0; i < pieces; i++)
        {
            var day = kind == 1 ? 200 - 0.2 * i : 400 - 20 * i;
            Say(person, other, day, Exchange.Advice);
            Say(other, person, day - 0.1, kind == 2 ? Exchange.Advice : Exchange.Thanks);
        }
        if (kind == 3)
        {
            Repeat(4 * pieces, () => Say(person, other, Between(5, 400)));
            Repeat(4 * pieces, () => Say(other, person, Between(5, 400)));
        }
        return other;
    }

    /// <summary>The one who is persisted upon is the person; the other persists.</summary>
    private string Persistence(string person, int? nearMiss)
    {
        var other = Somebody();
        var day = Between(40, 300);
        if (nearMiss is null && _random.Next(2) == 0)
        {
            Say(other, person, day, kind: InteractionKind.Connect);
            Say(person, other, day - 1, kind: InteractionKind.Decline);
            for (var i = 0; i < Between(3, 6); i++) Say(other, person, day - 2 - 3 * i);
        }
        else if (nearMiss is null)
        {
            for (var i = 0; i < Between(9, 14); i++) Say(other, person, day - 2 * i);
        }
        else
        {
            switch (nearMiss % 4)
            {
                case 0:
                    Say(other, person, day, kind: InteractionKind.Connect);
                    Say(person, other, day - 1, kind: InteractionKind.Decline);
                    Repeat(Between(1, 2), () => Say(other, person, day - Between(2, 30)));
                    break;
                case 1:
                    for (var i = 0; i < Between(3, 7); i++) Say(other, person, day - 3 * i);
                    break;
                case 2:
                    Say(person, other, day + Between(20, 150));
                    for (var i = 0; i < Between(9, 14); i++) Say(other, person, day - 2 * i);
                    break;
                default:
                    for (var i = 0; i < 10; i++) Say(other, person, 300 - 12 * i);
                    break;
            }
        }
        return other;
    }

    private string Spamming(string person, int? nearMiss)
    {
        var kind = nearMiss is null ? -1 : nearMiss.Value % 4;
        // Whoever writes to one stranger every four days needs 180 days for 45 of them; answers have had their two weeks of time.
        var day = kind == 1 ? Between(200, 300) : Between(40, 300);
        var strangers = kind == 0 ? Between(5, 15) : Between(25, 45);
        for (var i = 0; i < strangers; i++)
        {
            var other = Somebody();
            var on = kind == 1 ? day - 4.0 * i : day - 0.1 * i;
            if (kind == 2) Say(other, person, day + Between(10, 100));
            Say(person, other, on, Exchange.Promotion);
            if (kind == 3 && i % 4 == 0) Say(other, person, on - 1);
        }
        return "";
    }

    private string Bridges(string person, int? nearMiss)
    {
        var kind = nearMiss is null ? -1 : nearMiss.Value % 3;
        for (var i = 0; i < (kind == 0 ? Between(1, 2) : Between(4, 6)); i++)
        {
            var other = Somebody();
            var day = Between(60, 300);
            // A bridge that hardly stood is none; nor is one that stands again.
            if (kind != 1) Talk(person, other, Between(6, 12), day + 5, day + 120);
            Say(person, other, day, kind: InteractionKind.Decline);
            if (kind == 2) Talk(person, other, 2, day - 20, day - 2);
        }
        return "";
    }

    private string NoFollowUp(string person, int? nearMiss)
    {
        var kind = nearMiss is null ? -1 : nearMiss.Value % 2;
        for (var i = 0; i < (kind == 0 ? Between(3, 8) : Between(16, 30)); i++)
        {
            var other = Somebody();
            var day = Between(60, 500);
            Say(person, other, day, kind: InteractionKind.Meeting);
            if (kind == 1 && i % 2 == 0) Say(person, other, day - 2);
        }
        return "";
    }

    private string Monologue(string person, int? nearMiss)
    {
        var kind = nearMiss is null ? -1 : nearMiss.Value % 4;
        for (var i = 0; i < (kind == 0 ? 1 : Between(3, 5)); i++)
        {
            var other = Somebody();
            var last = kind == 3 ? Between(120, 300) : Between(3, 50);
            Talk(person, other, 3, last + 150, last + 300);
            var run = kind == 1 ? Between(2, 4) : Between(6, 9);
            for (var j = 0; j < run; j++) Say(person, other, last + 6 * j);
            if (kind == 2) Say(other, person, Math.Max(1, last - 2));
        }
        for (var i = 0; i < Between(2, 4); i++) Talk(person, Somebody(), 5, 5, 300);
        return "";
    }

    private string Somebody() => $"planted{_people++}";

    private int Between(int least, int most) => _random.Next(least, most + 1);

    private static void Repeat(int times, Action act)
    {
        for (var i = 0; i < times; i++) act();
    }

    /// <summary>So many messages with an answer within a day each, between so many days ago.</summary>
    private void Talk(string one, string other, int times, double laterDays, double earlierDays)
    {
        for (var i = 0; i < times; i++)
        {
            var day = laterDays + (earlierDays - laterDays) * (times - i) / times;
            Say(one, other, day);
            Say(other, one, day - Math.Min(0.8, day / 2));
        }
    }

    private void Say(string from, string to, double daysAgo, Exchange exchange = Exchange.None,
        InteractionKind kind = InteractionKind.Message) => _events.Add(new Interaction
        {
            Id = $"planted-{_events.Count}",
            AtMs = _asOfMs - (long)(daysAgo * DayMs) - _random.Next(60_000),
            From = from,
            To = [to],
            Kind = kind,
            Exchange = exchange,
        });

    private sealed class StandingClock(long nowMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
    }
}
