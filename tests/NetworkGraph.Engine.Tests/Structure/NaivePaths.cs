namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>Paths, components and PageRank as their definitions read, on full matrices; slow and independent of the kernels.</summary>
internal static class NaivePaths
{
    /// <summary>All distances by Floyd and Warshall; <paramref name="length"/> is infinite where there is no arc.</summary>
    public static double[,] Distances(int n, Func<int, int, double> length)
    {
        var distances = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) distances[i, j] = i == j ? 0 : length(i, j);
        }
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) distances[i, j] = Math.Min(distances[i, j], distances[i, k] + distances[k, j]);
            }
        }
        return distances;
    }

    /// <summary>The smallest person each can reach, arcs taken both ways.</summary>
    public static int[] Components(double[,] w)
    {
        var n = w.GetLength(0);
        var distances = Distances(n, (i, j) => w[i, j] > 0 || w[j, i] > 0 ? 1 : double.PositiveInfinity);
        var components = new int[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = n - 1; j >= 0; j--)
            {
                if (!double.IsPositiveInfinity(distances[i, j])) components[i] = j;
            }
        }
        return components;
    }

    /// <summary>PageRank by many steps of the full transition matrix.</summary>
    public static double[] PageRank(double[,] a, double damping, int steps)
    {
        var n = a.GetLength(0);
        var ranks = Enumerable.Repeat(1.0 / n, n).ToArray();
        var outSums = NaiveStructure.Totals(a);
        for (var step = 0; step < steps; step++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    var follow = outSums[i] > 0 ? a[i, j] / outSums[i] : 1.0 / n;
                    next[j] += ranks[i] * (damping * follow + (1 - damping) / n);
                }
            }
            ranks = next;
        }
        return ranks;
    }
}
