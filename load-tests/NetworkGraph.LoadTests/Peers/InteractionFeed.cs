using System.Globalization;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.LoadTests.Networks;

namespace NetworkGraph.LoadTests.Peers;

/// <summary>
/// The interactions behind a synthetic network, in the order in which they happened. Each dyad's interactions are drawn
/// such that their decayed weights add up to the strengths the network draws for it: meetings for what is mutual,
/// favours for the rest, and a last one of the lightest kind that suffices, just as long ago as makes it fit.
/// </summary>
public sealed class InteractionFeed
{
    private const double MeanAgeDays = 60;
    private const double HeaviestWeight = 3;

    private static readonly (InteractionKind Kind, double Weight)[] s_lastKinds =
    [
        (InteractionKind.Reaction, 0.1), (InteractionKind.Comment, 0.3), (InteractionKind.Message, 1),
            (InteractionKind.Favour, HeaviestWeight),
    ];

    private readonly List<long> _dates = [];
    private readonly List<Drawn> _drawn = [];
    private readonly SyntheticNetwork _network;
    private readonly long _untilMs;
    private readonly double _halfLifeDays;
    private readonly string[][] _people;

    /// <param name="network">Who knows whom; its random numbers are drawn on.</param>
    /// <param name="untilMs">The date at which strengths are as drawn, Unix ms; no interaction is later.</param>
    /// <param name="halfLifeDays">Of a tie's strength.</param>
    public InteractionFeed(SyntheticNetwork network, long untilMs, double halfLifeDays)
    {
        _network = network;
        _untilMs = untilMs;
        _halfLifeDays = halfLifeDays;
        _people = [.. Enumerable.Range(0, network.People).Select(person => new[] { IdOf(person) })];
        foreach (var (low, high) in network.Dyads) DrawDyad(low, high);
        CollectionsMarshal.AsSpan(_dates).Sort(CollectionsMarshal.AsSpan(_drawn));
    }

    public int Count => _dates.Count;

    public static string IdOf(int person) => string.Create(CultureInfo.InvariantCulture, $"person-{person:D8}@example.org");

    /// <summary>All of them, oldest first.</summary>
    public IEnumerable<Interaction> Read()
    {
        for (var i = 0; i < _dates.Count; i++)
        {
            var (from, to, kind) = _drawn[i];
            yield return Of(i, _dates[i], from, to, kind);
        }
    }

    /// <summary>New interactions at one date: nine of ten within dyads that exist, one between any two people.</summary>
    public List<Interaction> More(int count, long atMs, int firstNumber, Random random)
    {
        var interactions = new List<Interaction>(count);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = random.Next(10) > 0 ? _network.Dyads[random.Next(_network.Dyads.Count)] : AnyTwo(random);
            if (random.Next(2) == 0) (from, to) = (to, from);
            interactions.Add(Of(firstNumber + i, atMs, from, to, InteractionKind.Message));
        }
        return interactions;
    }

    private readonly record struct Drawn(int From, int To, InteractionKind Kind);

    private (int, int) AnyTwo(Random random)
    {
        var one = random.Next(_people.Length);
        return (one, (one + 1 + random.Next(_people.Length - 1)) % _people.Length);
    }

    private Interaction Of(int number, long atMs, int from, int to, InteractionKind kind) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"i{number:D9}"),
        AtMs = atMs,
        From = _people[from][0],
        To = _people[to],
        Kind = kind,
    };

    private void DrawDyad(int low, int high)
    {
        var facts = _network.DrawFacts(_untilMs);
        var (toHigh, toLow) = (facts.StrengthOut, facts.StrengthIn);
        while (Math.Min(toHigh, toLow) > HeaviestWeight)
        {
            var worth = AddAtRandomDate(low, high, InteractionKind.Meeting);
            toHigh -= worth;
            toLow -= worth;
        }
        DrawDirection(low, high, toHigh);
        DrawDirection(high, low, toLow);
    }

    private void DrawDirection(int from, int to, double strength)
    {
        if (strength <= 0) return;
        while (strength > HeaviestWeight) strength -= AddAtRandomDate(from, to, InteractionKind.Favour);
        var (kind, weight) = Array.Find(s_lastKinds, last => last.Weight >= strength);
        Add(from, to, kind, _halfLifeDays * Math.Log2(weight / strength));
    }

    /// <summary>Returns what is left of its weight at the end.</summary>
    private double AddAtRandomDate(int from, int to, InteractionKind kind)
    {
        var ageDays = -MeanAgeDays * Math.Log(1 - _network.Random.NextDouble());
        Add(from, to, kind, ageDays);
        return HeaviestWeight * Math.Pow(2, -ageDays / _halfLifeDays);
    }

    private void Add(int from, int to, InteractionKind kind, double ageDays)
    {
        _dates.Add(_untilMs - (long)(ageDays * TieDecay.DayMs));
        _drawn.Add(new Drawn(from, to, kind));
    }
}
