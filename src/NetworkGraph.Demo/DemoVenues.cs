using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// Events: conferences in spring and autumn, monthly meetups, chamber-of-commerce lunches, trade fairs, clubs. Who comes
/// depends on town, trade and appetite; each series has its regulars. Those present talk in rounds of two to four; a
/// pair that had not met makes a first contact there. What becomes of it is the venue's verdict: at a graveyard next to
/// nothing, at a fruitful one half of it lasts.
/// </summary>
internal static class DemoVenues
{
    private sealed record Series(int Venue, DemoVenue About, IReadOnlyList<int> Pool, List<int> Regulars, int Size);

    private sealed record Edition(Series Series, long AtMs, double Hours, List<int> Guests);

    private static readonly string[] s_conferences = ["Summit", "Days", "Congress", "Forum"];
    private static readonly string[] s_meetups = ["Meetup", "Circle", "Roundtable", "Evening"];
    private static readonly string[] s_lunches = ["Lunch", "Breakfast", "Table", "Members' Evening"];
    private static readonly string[] s_grand = ["Grand", "Mega", "Global", "World"];
    private static readonly string[] s_fairs = ["Expo", "Fair", "Networking Night"];
    private static readonly string[] s_clubs = ["Running Club", "Choir", "Sailing Club", "Chess Club", "Allotment Society", "Cycling Club"];

    public static void Hold(DemoWorld world)
    {
        var random = world.Stream("venues");
        var editions = new List<Edition>();
        foreach (var kind in Enum.GetValues<DemoVenueKind>())
        {
            var count = Math.Max(2, world.Options.People / PeoplePerSeries(kind));
            for (var i = 0; i < count; i++) Schedule(world, Found(world, kind, i, random), editions, random);
        }
        Send(world, editions, random);
        foreach (var edition in editions) Hold(world, edition, random);
    }

    private static int PeoplePerSeries(DemoVenueKind kind) => kind switch
    {
        DemoVenueKind.Conference => 200,
        DemoVenueKind.Meetup => 80,
        DemoVenueKind.ChamberLunch => 170,
        DemoVenueKind.TradeFair => 400,
        _ => 330,
    };

    private static Series Found(DemoWorld world, DemoVenueKind kind, int number, DemoRandom random)
    {
        var (name, anchor) = Name(world, kind, number, random);
        var pool = kind switch
        {
            DemoVenueKind.Conference => world.Communities.InTrade(anchor.Industry),
            DemoVenueKind.TradeFair => world.Ordinary,
            _ => world.Communities.InCity(anchor.City),
        };
        var verdict = kind switch
        {
            DemoVenueKind.TradeFair => DemoVerdict.Graveyard,
            DemoVenueKind.Meetup or DemoVenueKind.Club when number % 3 == 0 => DemoVerdict.Fruitful,
            _ => DemoVerdict.Ordinary,
        };
        var venue = new DemoVenue(name, kind, verdict, DemoTrades.Cities[anchor.City].Name, DemoTrades.Industries[anchor.Industry].Name);
        world.Planted.Venues.Add(venue);
        var size = kind switch
        {
            DemoVenueKind.Conference => random.Whole(40, 80),
            DemoVenueKind.TradeFair => random.Whole(70, 130),
            _ => verdict is DemoVerdict.Fruitful ? random.Whole(8, 12) : random.Whole(11, 19),
        };
        size = Math.Min(size, Math.Max(6, pool.Count * 6 / 10));
        var regulars = new List<int>();
        Invite(world, pool, size * 3 / 2, regulars, random);
        return new Series(world.Planted.Venues.Count - 1, venue, pool, regulars, size);
    }

    /// <summary>A name no one has yet, after the town and trade of somebody; numbered where all are taken.</summary>
    private static (string Name, DemoPerson Anchor) Name(DemoWorld world, DemoVenueKind kind, int number, DemoRandom random)
    {
        for (var attempt = 0; ; attempt++)
        {
            var anchor = world.People[random.Pick(world.Ordinary)];
            var city = DemoTrades.Cities[anchor.City].Name;
            var industry = DemoTrades.Industries[anchor.Industry].Name;
            var name = kind switch
            {
                DemoVenueKind.Conference => $"{industry} {random.Pick(s_conferences)} {city}",
                DemoVenueKind.Meetup => $"{city} {industry} {random.Pick(s_meetups)}",
                DemoVenueKind.ChamberLunch => $"{city} Chamber of Commerce {random.Pick(s_lunches)}",
                DemoVenueKind.TradeFair => $"{random.Pick(s_grand)} {industry} {random.Pick(s_fairs)}",
                _ => $"{city} {random.Pick(s_clubs)}",
            };
            if (attempt >= 12) name = $"{name} {number + 1}";
            if (world.Planted.VenueNames.Add(name)) return (name, anchor);
        }
    }

    private static void Schedule(DemoWorld world, Series series, List<Edition> editions, DemoRandom random)
    {
        var hoursAhead = DemoTrades.Cities.First(c => c.Name == series.About.City).HoursAhead;
        var (every, hour, hours) = series.About.Kind switch
        {
            DemoVenueKind.Conference or DemoVenueKind.TradeFair => (364.0, 9.0, 8.0),
            DemoVenueKind.Meetup => (42.0, 18.5, 2.5),
            DemoVenueKind.ChamberLunch => (31.0, 12.0, 1.5),
            _ => (56.0, 18.0, 3.0),
        };
        for (var day = random.Between(5, Math.Min(every, 240)); day < world.Calendar.SpanDays - 2; day += every)
        {
            var at = world.Calendar.StartMs + (long)(day * DemoCalendar.DayMs);
            while (every > 300 && world.Calendar.Season(at) < 1) at += 7 * DemoCalendar.DayMs;
            if (world.Calendar.Season(at) < 0.5) continue;
            at = series.About.Kind is DemoVenueKind.Club
                ? world.Calendar.PrivateMoment(at, hoursAhead, random)
                : world.Calendar.OnWeekday(at, hour, hoursAhead);
            var guests = new List<int>();
            foreach (var regular in series.Regulars)
                if (random.Chance(0.4)) guests.Add(regular);
            Invite(world, series.Pool, series.Size - guests.Count, guests, random);
            editions.Add(new Edition(series, at, hours, guests));
        }
    }

    /// <summary>Adds up to <paramref name="count"/> people of the pool who are not there yet, the keen ones more readily.</summary>
    private static void Invite(DemoWorld world, IReadOnlyList<int> pool, int count, List<int> guests, DemoRandom random)
    {
        for (var attempts = count * 12; count > 0 && attempts > 0 && pool.Count > 0; attempts--)
        {
            var person = random.Pick(pool);
            var habits = world.People[person].Habits;
            if (!random.Chance(habits.Appetite / 4) || guests.Contains(person)) continue;
            guests.Add(person);
            count--;
        }
    }

    /// <summary>Wallflowers and card collectors go to one event after another, wherever.</summary>
    private static void Send(DemoWorld world, List<Edition> editions, DemoRandom random)
    {
        foreach (var person in world.People)
        {
            var visits = person.Archetype switch
            {
                DemoArchetype.Wallflower => random.Whole(14, 30),
                DemoArchetype.CardCollector => random.Whole(8, 16),
                _ => 0,
            };
            for (; visits > 0; visits--)
            {
                var guests = random.Pick(editions).Guests;
                if (!guests.Contains(person.Number)) guests.Add(person.Number);
            }
        }
    }

    private static void Hold(DemoWorld world, Edition edition, DemoRandom random)
    {
        foreach (var guest in edition.Guests)
        {
            world.Ledger.Add(new DemoDraft
            {
                AtMs = edition.AtMs + random.Whole(-20, 40) * 60_000L + random.Below(60_000),
                From = guest,
                Kind = InteractionKind.Attendance,
                Setting = SettingOf(edition),
                Channel = DemoChannel.InPerson,
                Venue = edition.Series.Venue,
            });
        }
        var rounds = edition.Series.About.Kind is DemoVenueKind.Conference ? 3 : 2;
        for (var round = 0; round < rounds; round++)
        {
            var mingling = edition.Guests.FindAll(g => random.Chance(world.People[g].Habits.Mingles));
            random.Shuffle(mingling);
            var at = edition.AtMs + (long)((0.15 + 0.8 * round / rounds) * edition.Hours * DemoCalendar.HourMs);
            for (var next = 0; next < mingling.Count;)
            {
                var size = random.Weighted([0.35, 0.45, 0.2]) + 2;
                Meet(world, edition, Circle(world, mingling, ref next, size), at + random.Below(1_200_000), random);
            }
        }
    }

    /// <summary>The next few of the row, without those who must not meet one of the others.</summary>
    private static List<int> Circle(DemoWorld world, List<int> row, ref int next, int size)
    {
        var circle = new List<int>(size);
        for (; next < row.Count && circle.Count < size; next++)
        {
            var person = row[next];
            var isShy = world.People[person].Archetype is DemoArchetype.Wallflower;
            if (circle.Exists(o => world.IsReserved(o, person)) || (isShy && circle.Count > 1)) continue;
            circle.Add(person);
            if (isShy) size = 2;
        }
        return circle;
    }

    private static void Meet(DemoWorld world, Edition edition, List<int> circle, long atMs, DemoRandom random)
    {
        if (circle.Count < 2) return;
        var met = world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = circle[0],
            To = circle.Count == 2 ? circle[1] : -1,
            Group = circle.Count == 2 ? null : [.. circle.Skip(1)],
            Kind = InteractionKind.Meeting,
            Setting = SettingOf(edition),
            Channel = DemoChannel.InPerson,
            Venue = edition.Series.Venue,
            Seconds = random.Whole(240, 2400),
        });
        if (met < 0) return;
        for (var i = 0; i < circle.Count; i++)
            for (var j = i + 1; j < circle.Count; j++)
                if (!world.Knows(circle[i], circle[j])) Acquaint(world, edition, circle[i], circle[j], atMs, random);
    }

    private static void Acquaint(DemoWorld world, Edition edition, int a, int b, long atMs, DemoRandom random)
    {
        world.Meet(a, b);
        var (quality, lasts) = edition.Series.About.Verdict switch
        {
            DemoVerdict.Graveyard => (0.11, 0.0),
            DemoVerdict.Fruitful => (1.3, 0.5),
            _ => (1.15, 0.13),
        };
        var tie = DemoTies.Lasting(world, a, b, atMs, random);
        var end = DemoContacts.FollowUp(world, tie, atMs, quality, random);
        if (end < 0) return;
        if (random.Chance(0.3)) DemoContacts.Connect(world, a, b, end + DemoCalendar.HourMs, random);
        if (random.Chance(lasts)) world.Add(tie);
    }

    private static Setting SettingOf(Edition edition) => edition.Series.About.Kind is DemoVenueKind.Club
        ? Setting.Social : Setting.Professional;
}
