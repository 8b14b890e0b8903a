using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>Random networks, the same for the same seed: some ties go one way, some both, some people have none.</summary>
internal static class GeneratedNetwork
{
    public static NetworkSnapshot Make(int seed, int people, double degree, bool oneWay = true)
    {
        var random = new Random(seed);
        var ids = new PersonIds();
        for (var person = 0; person < people; person++) ids.Add($"p{person}");
        var builder = new SnapshotBuilder(ids, new TieDecay(0, 180));
        var dyads = new HashSet<(int, int)>();
        while (dyads.Count < people * degree / 2)
        {
            var (a, b) = (random.Next(people), random.Next(people));
            if (a == b || !dyads.Add((Math.Min(a, b), Math.Max(a, b)))) continue;
            var strengthOut = oneWay && random.Next(3) == 0 ? 0 : 0.5 + random.NextDouble() * 20;
            var strengthIn = oneWay && random.Next(4) == 0 ? 0 : 0.5 + random.NextDouble() * 20;
            builder.Add(Math.Min(a, b), Math.Max(a, b), new DyadFacts
            {
                StrengthOut = strengthOut,
                StrengthIn = strengthIn,
                ContactStrengthOut = strengthOut,
                ContactStrengthIn = strengthIn,
                ContactsOut = strengthOut > 0 ? 1 : 0,
                ContactsIn = strengthIn > 0 ? 1 : 0,
                LastContactMs = -1000,
                FirstContactMs = -2000,
                RhythmDays = 30,
                Interactions = 2,
            });
        }
        return builder.Build(0);
    }
}
