using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// The everyday ties: everybody begins some in proportion to their sociability, mostly within their communities and
/// partly with friends of friends. Nearly half are older than the data; three in five fade one day. How often two are
/// in touch is log-normal, so that a few ties carry most of what is said.
/// </summary>
internal static class DemoTies
{
    private const double BegunByEach = 4.2;

    public static void Lay(DemoWorld world)
    {
        var random = world.Stream("ties");
        foreach (var person in world.People)
        {
            var begun = random.Rounded(BegunByEach * person.Habits.Background * person.Sociability);
            if (person.Archetype is not null)
                begun = person.Habits.Background > 0 ? Math.Max(begun, (int)Math.Ceiling(BegunByEach * person.Habits.Background)) : 0;
            for (var i = 0; i < begun; i++)
            {
                var other = Partner(world, person, random);
                if (other >= 0) world.Add(Everyday(world, person, world.People[other], random));
            }
        }
    }

    /// <summary>A tie that goes on after a first contact: from then on, perhaps to the end.</summary>
    public static DemoTie Lasting(DemoWorld world, int a, int b, long fromMs, DemoRandom random) => new()
    {
        A = a,
        B = b,
        FromMs = fromMs,
        ToMs = random.Chance(0.6) ? world.Calendar.UntilMs : fromMs + (long)((150 + random.Exponential(250)) * DemoCalendar.DayMs),
        PerMonth = Math.Clamp(random.LogNormal(0.5, 0.6), 0.3, 4),
        Channel = random.Chance(0.6) ? DemoChannel.Email : DemoChannel.LinkedIn,
    };

    private static int Partner(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var other = random.Chance(0.22) ? FriendOfFriend(world, person.Number, random) : world.Communities.Near(person, random);
            if (other < 0 || other == person.Number || world.Knows(person.Number, other)) continue;
            if (random.Chance(world.People[other].Habits.Background)) return other;
        }
        return -1;
    }

    private static int FriendOfFriend(DemoWorld world, int person, DemoRandom random)
    {
        var mine = world.TiesOf(person);
        if (mine.Count == 0) return -1;
        var friend = random.Pick(mine).Other(person);
        return random.Pick(world.TiesOf(friend)).Other(friend);
    }

    private static DemoTie Everyday(DemoWorld world, DemoPerson a, DemoPerson b, DemoRandom random)
    {
        var calendar = world.Calendar;
        var isKept = a.Archetype is DemoArchetype.Nurturer || b.Archetype is DemoArchetype.Nurturer;
        var isOld = random.Chance(0.45);
        var from = isOld ? world.Sometime(0, calendar.SpanDays - 50, random) : world.Sometime(0, isKept ? 200 : 10, random);
        var lasts = isKept || random.Chance(0.42);
        var isColleague = a.Organisation == b.Organisation;
        return new DemoTie
        {
            A = a.Number,
            B = b.Number,
            FromMs = from,
            ToMs = lasts ? calendar.UntilMs : from + (long)((60 + random.Exponential(420)) * DemoCalendar.DayMs),
            PerMonth = isKept ? random.Between(0.9, 1.4) : Math.Clamp(
                a.Talkativeness * b.Talkativeness * random.LogNormal(isColleague ? 0.22 : 0.145, 1), 0.04, 9),
            Setting = random.Weighted([0.91, 0.075, 0.015]) switch { 1 => Setting.Social, 2 => Setting.Family, _ => Setting.Professional },
            Channel = isColleague && random.Chance(0.6) ? DemoChannel.Chat : random.Chance(0.62) ? DemoChannel.Email : DemoChannel.LinkedIn,
            IsFresh = !isOld,
            IsSteady = isKept,
        };
    }
}
