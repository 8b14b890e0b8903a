using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>A small network of a given shape, with directions and strengths, for checking kernels against oracles.</summary>
public sealed record GeneratedNetwork(string Shape, int People, IReadOnlyList<(int Low, int High, double Out, double In)> Dyads)
{
    private static readonly string[] s_shapes =
        ["empty", "sparse", "dense", "star", "clique", "cliques", "hub", "ring", "tree", "two-parts"];

    /// <summary>Networks of all shapes, from no one to a few dozen people.</summary>
    public static Arbitrary<GeneratedNetwork> Any(int mostPeople = 28) =>
        (from shape in Gen.Elements(s_shapes)
         from people in Gen.Choose(0, mostPeople)
         from seed in Gen.Choose(0, int.MaxValue)
         select Of(shape, people, seed)).ToArbitrary();

    public static GeneratedNetwork Of(string shape, int people, int seed)
    {
        var random = new Random(seed);
        var dyads = new List<(int, int, double, double)>();
        for (var low = 0; low < people; low++)
        {
            for (var high = low + 1; high < people; high++)
            {
                if (!Joined(shape, low, high, people, random)) continue;
                var direction = random.Next(4);
                dyads.Add((low, high, direction == 0 ? 0 : Strength(random), direction == 1 ? 0 : Strength(random)));
            }
        }
        return new GeneratedNetwork(shape, people, dyads);
    }

    private static bool Joined(string shape, int low, int high, int people, Random random) => shape switch
    {
        "empty" => false,
        "sparse" => random.NextDouble() < 1.5 / people,
        "dense" => random.NextDouble() < 0.5,
        "star" => low == 0,
        "clique" => true,
        "cliques" => low / 4 == high / 4,
        "hub" => low == 0 || random.NextDouble() < 2.0 / people,
        "ring" => high == low + 1 || (low == 0 && high == people - 1 && people > 2),
        "tree" => (high - 1) / 2 == low,
        "two-parts" => low % 2 == high % 2 && random.NextDouble() < 0.4,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "unknown shape"),
    };

    /// <summary>Mostly ordinary strengths, some equal, now and then one that has all but decayed.</summary>
    private static double Strength(Random random) => random.Next(12) switch
    {
        0 => 1e-12 * (1 + random.NextDouble()),
        1 or 2 or 3 => 1,
        _ => 10 * random.NextDouble() + 1e-3,
    };

    public NetworkSnapshot Snapshot(bool reversed = false)
    {
        var ids = new PersonIds();
        for (var person = 0; person < People; person++) ids.Add($"p{person}");
        var builder = new SnapshotBuilder(ids, new TieDecay(0, 180));
        foreach (var (low, high, strengthOut, strengthIn) in reversed ? Dyads.Reverse() : Dyads)
        {
            builder.Add(low, high, new DyadFacts { StrengthOut = strengthOut, StrengthIn = strengthIn, Interactions = 1 });
        }
        return builder.Build(0);
    }

    /// <summary>How many directions of each pair are tied, as a full matrix.</summary>
    public double[,] Directions()
    {
        var (strengths, directions) = (Matrix(), new double[People, People]);
        for (var i = 0; i < People; i++)
            for (var j = 0; j < People; j++) directions[i, j] = (strengths[i, j] > 0 ? 1 : 0) + (strengths[j, i] > 0 ? 1 : 0);
        return directions;
    }

    /// <summary>Strengths as a full matrix, as the snapshot holds them (single precision).</summary>
    public double[,] Matrix()
    {
        var matrix = new double[People, People];
        foreach (var (low, high, strengthOut, strengthIn) in Dyads)
        {
            matrix[low, high] = (float)strengthOut;
            matrix[high, low] = (float)strengthIn;
        }
        return matrix;
    }

    /// <summary>a_ij + a_ji, or 1 where that is above 0.</summary>
    public double[,] Weights(bool weighted = true)
    {
        var matrix = Matrix();
        var weights = new double[People, People];
        for (var i = 0; i < People; i++)
        {
            for (var j = 0; j < People; j++)
            {
                var sum = matrix[i, j] + matrix[j, i];
                weights[i, j] = weighted ? sum : sum > 0 ? 1 : 0;
            }
        }
        return weights;
    }
}
