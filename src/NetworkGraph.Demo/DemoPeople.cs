using NetworkGraph.Events.Records;

namespace NetworkGraph.Demo;

internal sealed class DemoPerson
{
    public required int Number { get; init; }

    public required Profile Profile { get; init; }

    public required int Organisation { get; init; }

    public required int Industry { get; init; }

    public required int City { get; init; }

    public required int School { get; init; }

    /// <summary>Of their clock against UTC.</summary>
    public required int HoursAhead { get; init; }

    public required bool IsSenior { get; init; }

    /// <summary>How many ties they begin; log-normal around 1, so that a few know very many.</summary>
    public required double Sociability { get; init; }

    /// <summary>How often they are in touch with those they know, relative to others.</summary>
    public required double Talkativeness { get; init; }

    /// <summary>Median hours until they answer.</summary>
    public required double ReplyHours { get; init; }

    /// <summary>Probability that their follow-up comes within a day.</summary>
    public required double Promptness { get; init; }

    public required DemoArchetype? Archetype { get; init; }

    public required DemoHabits Habits { get; init; }
}

/// <summary>
/// The people: organisations of heavy-tailed size (Pareto, exponent 1.1) fill up with staff of one industry, most of
/// them in its home town; names mostly of the town's culture; every archetype is planted in the same share of people.
/// </summary>
internal static class DemoPeople
{
    /// <summary>Share of people that carry one given archetype: 18 of 2,000 people.</summary>
    private const double ArchetypeShare = 0.009;

    private sealed record Organisation(int Number, string Name, string Domain, int Industry, int City);

    public static DemoPerson[] Cast(DemoOptions options)
    {
        var random = new DemoRandom(options.Seed, "people");
        var archetypes = Plant(options.People, random);
        var people = new DemoPerson[options.People];
        var names = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        var left = 0;
        var organisations = 0;
        Organisation? employer = null;
        for (var number = 0; number < people.Length; number++)
        {
            if (left-- == 0)
            {
                employer = Found(organisations++, names, random);
                left = (int)Math.Min(people.Length / 12.0, Math.Pow(1 - random.Unit(), -1 / 1.1)) - 1;
            }
            people[number] = Hire(number, employer!, archetypes[number], addresses, random);
        }
        return people;
    }

    private static DemoArchetype?[] Plant(int people, DemoRandom random)
    {
        var archetypes = new DemoArchetype?[people];
        var each = Math.Max(2, (int)Math.Round(people * ArchetypeShare));
        foreach (var archetype in DemoArchetypes.All)
        {
            for (var i = 0; i < each; i++)
            {
                int number;
                do number = random.Below(people);
                while (archetypes[number] is not null);
                archetypes[number] = archetype;
            }
        }
        return archetypes;
    }

    private static Organisation Found(int number, HashSet<string> names, DemoRandom random)
    {
        var industry = random.Below(DemoTrades.Industries.Length);
        string name;
        var again = 0;
        do name = DemoTrades.OrganisationName(DemoTrades.Industries[industry], again++, random);
        while (!names.Add(DemoNames.Address(name, '-')));
        return new Organisation(number, name, DemoNames.Address(name, '-') + ".example", industry, random.Below(DemoTrades.Cities.Length));
    }

    private static DemoPerson Hire(
        int number, Organisation employer, DemoArchetype? archetype, HashSet<string> addresses, DemoRandom random)
    {
        var cityNumber = random.Chance(0.82) ? employer.City : random.Below(DemoTrades.Cities.Length);
        var city = DemoTrades.Cities[cityNumber];
        var industry = DemoTrades.Industries[employer.Industry];
        var school = random.Chance(0.5) ? (cityNumber * 7 + 3) % DemoTrades.Schools.Length : random.Below(DemoTrades.Schools.Length);
        var (given, surname) = DemoNames.Draw(city.Culture, random);
        var local = $"{DemoNames.Address(given, '-')}.{DemoNames.Address(surname, '-')}";
        var id = $"{local}@{employer.Domain}";
        for (var again = 2; !addresses.Add(id); again++) id = $"{local}{again}@{employer.Domain}";
        var rank = random.Weighted([0.3, 0.27, 0.22, 0.14, 0.07]);
        return new DemoPerson
        {
            Number = number,
            Organisation = employer.Number,
            Industry = employer.Industry,
            City = cityNumber,
            School = school,
            HoursAhead = city.HoursAhead,
            IsSenior = rank >= 3,
            Sociability = Math.Min(14, random.LogNormal(0.6, 1)),
            Talkativeness = random.LogNormal(1, 0.7),
            ReplyHours = Math.Clamp(random.LogNormal(4.5, 0.9), 0.2, 40),
            Promptness = Math.Clamp(0.55 + 0.2 * random.Normal(), 0.1, 0.95),
            Archetype = archetype,
            Habits = DemoHabits.Of(archetype),
            Profile = new Profile
            {
                Id = id,
                Name = $"{given} {surname}",
                Organisation = employer.Name,
                Role = industry.Roles[rank],
                Industry = industry.Name,
                Offers = Some(industry.Offers, random.Whole(1, 3), random),
                Audience = Some(industry.Audience, random.Whole(1, 2), random),
                Tags = [city.Name, DemoTrades.Schools[school], .. Some(industry.Tags, random.Whole(1, 3), random)],
                OpenToIntroductions = random.Chance(0.95) || archetype is DemoArchetype.Connector,
            },
        };
    }

    private static string[] Some(string[] items, int count, DemoRandom random)
    {
        var rest = items.ToList();
        random.Shuffle(rest);
        return [.. rest.Take(count)];
    }
}
