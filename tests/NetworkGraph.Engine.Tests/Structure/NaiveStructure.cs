namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>Structural measures as their definitions read, on full matrices; slow and independent of the kernels.</summary>
internal static class NaiveStructure
{
    public static double[] Constraint(double[,] w)
    {
        var (n, total) = (w.GetLength(0), Totals(w));
        double P(int i, int j) => total[i] > 0 ? w[i, j] / total[i] : 0;
        var constraint = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (j == i || w[i, j] == 0) continue;
                var share = P(i, j);
                for (var q = 0; q < n; q++)
                {
                    if (q != i && q != j) share += P(i, q) * P(q, j);
                }
                constraint[i] += share * share;
            }
        }
        return constraint;
    }

    public static double[] EffectiveSize(double[,] w)
    {
        var (n, total) = (w.GetLength(0), Totals(w));
        var size = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (w[i, j] == 0) continue;
                var largest = 0d;
                for (var k = 0; k < n; k++) largest = Math.Max(largest, w[j, k]);
                var redundancy = 0d;
                for (var q = 0; q < n; q++)
                {
                    if (q != i && q != j) redundancy += w[i, q] / total[i] * (w[j, q] / largest);
                }
                size[i] += 1 - redundancy;
            }
        }
        return size;
    }

    /// <summary>Ties by person with (or without) a common neighbour, among pairs that are joined.</summary>
    public static int[] TiesInTriangles(double[,] w, bool inTriangle)
    {
        var n = w.GetLength(0);
        var counts = new int[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (w[i, j] == 0) continue;
                var common = false;
                for (var q = 0; q < n; q++) common |= w[i, q] > 0 && w[j, q] > 0;
                if (common == inTriangle) counts[i]++;
            }
        }
        return counts;
    }

    /// <summary>1 where both directions are at least <paramref name="atLeast"/> and above 0.</summary>
    public static double[,] Mutual(double[,] a, double atLeast)
    {
        var n = a.GetLength(0);
        var mutual = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) mutual[i, j] = Math.Min(a[i, j], a[j, i]) > 0 && Math.Min(a[i, j], a[j, i]) >= atLeast ? 1 : 0;
        }
        return mutual;
    }

    public static double[] Totals(double[,] w)
    {
        var n = w.GetLength(0);
        var totals = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) totals[i] += w[i, j];
        }
        return totals;
    }
}
