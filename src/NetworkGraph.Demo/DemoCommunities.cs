namespace NetworkGraph.Demo;

/// <summary>
/// Who is near whom: the same organisation, the same trade in the same town, the same trade, the same school, the same
/// town. Ties are drawn from these, which gives the network its communities.
/// </summary>
internal sealed class DemoCommunities
{
    private readonly Dictionary<int, List<int>> _byOrganisation = [];
    private readonly Dictionary<int, List<int>> _byTradeAndCity = [];
    private readonly Dictionary<int, List<int>> _byTrade = [];
    private readonly Dictionary<int, List<int>> _bySchool = [];
    private readonly Dictionary<int, List<int>> _byCity = [];
    private readonly DemoPerson[] _people;

    public DemoCommunities(DemoPerson[] people)
    {
        _people = people;
        foreach (var person in people)
        {
            Put(_byOrganisation, person.Organisation, person.Number);
            Put(_byTradeAndCity, TradeAndCity(person), person.Number);
            Put(_byTrade, person.Industry, person.Number);
            Put(_bySchool, person.School, person.Number);
            Put(_byCity, person.City, person.Number);
        }
    }

    public IReadOnlyList<int> InCity(int city) => _byCity.GetValueOrDefault(city, []);

    public IReadOnlyList<int> InTrade(int industry) => _byTrade.GetValueOrDefault(industry, []);

    /// <summary>Somebody near; of two candidates the more sociable one, two times in three. May be the person themselves.</summary>
    public int Near(DemoPerson person, DemoRandom random)
    {
        var pool = random.Weighted([0.36, 0.26, 0.14, 0.08, 0.1, 0.06]) switch
        {
            0 => _byOrganisation[person.Organisation],
            1 => _byTradeAndCity[TradeAndCity(person)],
            2 => _byTrade[person.Industry],
            3 => _bySchool[person.School],
            4 => _byCity[person.City],
            _ => null,
        };
        var first = pool is null ? random.Below(_people.Length) : random.Pick(pool);
        var second = pool is null ? random.Below(_people.Length) : random.Pick(pool);
        return _people[second].Sociability > _people[first].Sociability && random.Chance(0.67) ? second : first;
    }

    private static int TradeAndCity(DemoPerson person) => person.Industry * DemoTrades.Cities.Length + person.City;

    private static void Put(Dictionary<int, List<int>> groups, int key, int person)
    {
        if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
        group.Add(person);
    }
}
