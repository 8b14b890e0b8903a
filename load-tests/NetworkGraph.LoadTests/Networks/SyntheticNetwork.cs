using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.LoadTests.Networks;

/// <summary>
/// A professional network as measured ones look: heavy-tailed numbers of contacts (power law, exponent 2.5, at most
/// 3,000), clustered along two likenesses (half of the contacts near on a first ring of people, a third on a second),
/// the rest at random; log-normal strengths, so correlated within a dyad that two fifths of all tied pairs are not
/// reciprocated. About ten dyads a person, clustering about 0.1. Same seed, same network.
/// </summary>
public sealed class SyntheticNetwork
{
    private const double Exponent = 2.5;
    private const double MinContacts = 7.05;
    private const double MaxContacts = 3000;
    private const double Kappa = 10;
    private static readonly (double Share, double Window)[] s_likenesses = [(0.5, 10), (0.35, 14)];

    private readonly List<(int Low, int High)> _dyads = [];

    public SyntheticNetwork(int people, int seed)
    {
        Random = new Random(seed);
        People = people;
        var left = new int[people];
        for (var person = 0; person < people; person++)
        {
            var contacts = MinContacts * Math.Pow(1 - Random.NextDouble(), -1 / (Exponent - 1));
            left[person] = (int)Math.Min(contacts + Random.NextDouble(), Math.Min(MaxContacts, people / 4.0));
        }
        var wanted = (int[])left.Clone();
        foreach (var (share, window) in s_likenesses) AddNear(wanted, left, share, window);
        AddAtRandom(left);
        RemoveDuplicates();
    }

    public int People { get; }

    public IReadOnlyList<(int Low, int High)> Dyads => _dyads;

    /// <summary>For further draws from the same seed.</summary>
    public Random Random { get; }

    /// <summary>Facts of a dyad at a landmark, as seen from its lower number; a new draw each time.</summary>
    public DyadFacts DrawFacts(long landmarkMs)
    {
        var common = -1.2 + 1.3 * Gaussian();
        var mutual = Random.NextDouble() < 1 / (1 + Math.Exp(-(common + 0.85)));
        var one = Kappa * Math.Log(1 + Math.Exp(common + 0.5 * Gaussian()));
        var other = mutual ? Kappa * Math.Log(1 + Math.Exp(common + 0.5 * Gaussian())) : 0;
        var flip = !mutual && Random.Next(2) == 0;
        var silenceMs = (long)(-90 * TieDecay.DayMs * Math.Log(1 - Random.NextDouble()));
        return new DyadFacts
        {
            StrengthOut = flip ? other : one,
            StrengthIn = flip ? one : other,
            FirstContactMs = landmarkMs - silenceMs - (long)(1000 * TieDecay.DayMs * Random.NextDouble()),
            LastContactMs = landmarkMs - silenceMs,
            ContactStrengthOut = flip ? other : one,
            ContactStrengthIn = flip ? one : other,
            RhythmDays = (float)(1 + 60 * Random.NextDouble()),
            Episodes = 1 + Random.Next(7),
            Interactions = 1 + Random.Next(200),
            ContactsOut = flip ? 0 : 1 + Random.Next(15),
            ContactsIn = mutual || flip ? 1 + Random.Next(15) : 0,
        };
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());

    /// <summary>Puts people on a ring at random and ties each with people a few places on, more likely the nearer.</summary>
    private void AddNear(int[] wanted, int[] left, double share, double window)
    {
        var ring = Enumerable.Range(0, People).ToArray();
        Random.Shuffle(ring);
        var budget = new int[People];
        for (var person = 0; person < People; person++)
        {
            var part = wanted[person] * share;
            budget[person] = Math.Min((int)(part + Random.NextDouble()), left[person]);
        }
        var met = new HashSet<int>();
        for (var place = 0; place < People; place++)
        {
            var person = ring[place];
            var reach = Math.Max(window, budget[person] * 1.2);
            met.Clear();
            for (var tries = budget[person] * 5 + 5; budget[person] > 0 && tries > 0; tries--)
            {
                var step = 1 + (int)(-reach * Math.Log(1 - Random.NextDouble()));
                var other = ring[(place + step) % People];
                if (other == person || budget[other] == 0 || !met.Add(other)) continue;
                budget[person]--;
                budget[other]--;
                left[person]--;
                left[other]--;
                Add(person, other);
            }
        }
    }

    private void AddAtRandom(int[] left)
    {
        var ends = new List<int>();
        for (var person = 0; person < People; person++)
            for (var i = 0; i < left[person]; i++) ends.Add(person);
        Random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ends));
        for (var i = 0; i + 1 < ends.Count; i += 2)
            if (ends[i] != ends[i + 1]) Add(ends[i], ends[i + 1]);
    }

    private void Add(int a, int b) => _dyads.Add((Math.Min(a, b), Math.Max(a, b)));

    private void RemoveDuplicates()
    {
        _dyads.Sort();
        var kept = 0;
        for (var i = 0; i < _dyads.Count; i++)
            if (i == 0 || _dyads[i] != _dyads[i - 1]) _dyads[kept++] = _dyads[i];
        _dyads.RemoveRange(kept, _dyads.Count - kept);
    }
}
