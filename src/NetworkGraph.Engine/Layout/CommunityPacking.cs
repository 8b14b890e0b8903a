namespace NetworkGraph.Engine.Layout;

/// <summary>Circles for communities: their centres and radii, in units of the distance kept between two people.</summary>
public sealed record PackedCircles(float[] X, float[] Y, float[] Radius);

/// <summary>
/// Problem: a circle for every community, large enough for its people, those with many ties between them near each
/// other, overlapping little.
/// Preconditions: communities by size, largest first; links between them with a weight above 0.
/// Method: the largest few hundred start on a sunflower and are moved by springs along links, a pull to the middle and
/// pushes where two overlap, ending with pushes alone. All others stand around them on a sunflower that goes on, each
/// taking the area it needs.
/// Cost: O(L²) a step for the L communities that are moved, O(n) for the rest.
/// Source: Vogel, "A better way to construct the sunflower head", 1979; springs and pushes by Fruchterman, Reingold 1991.
/// </summary>
public static class CommunityPacking
{
    /// <summary>How much room a person takes: a sunflower with this factor keeps neighbours at a distance of about 1.</summary>
    internal const float Spacing = 0.6f;

    private const int MaxMoved = 300;
    private const int Steps = 150;
    private const int LastSteps = 60;
    private const double Gap = 1;
    private static readonly double s_goldenAngle = Math.PI * (3 - Math.Sqrt(5));

    /// <param name="sizes">People of each community shown, descending.</param>
    /// <param name="links">Pairs of communities with the weight between them; each pair once.</param>
    /// <param name="cancellation">Stops it.</param>
    public static PackedCircles Compute(int[] sizes, IReadOnlyList<(int A, int B, double Weight)> links, CancellationToken cancellation)
    {
        var (x, y, radius) = (new double[sizes.Length], new double[sizes.Length], new double[sizes.Length]);
        var area = 0d;
        for (var c = 0; c < sizes.Length; c++)
        {
            radius[c] = Spacing * Math.Sqrt(sizes[c]) + Gap / 2;
            (x[c], y[c]) = OnSunflower(c, area + radius[c] * radius[c] / 2);
            area += radius[c] * radius[c] * 1.3;
        }
        var moved = Math.Min(sizes.Length, MaxMoved);
        Move(x, y, radius, moved, links, cancellation);
        // What was moved may have spread or drawn together: the rest begins at its edge.
        var edge = 0d;
        for (var c = 0; c < moved; c++) edge = Math.Max(edge, Math.Sqrt(x[c] * x[c] + y[c] * y[c]) + radius[c]);
        area = edge * edge;
        for (var c = moved; c < sizes.Length; c++)
        {
            area += radius[c] * radius[c] * 1.3;
            (x[c], y[c]) = OnSunflower(c, area);
        }
        return new PackedCircles(
            Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v), Array.ConvertAll(radius, v => (float)v));
    }

    /// <summary>A place at the golden angle times its number, as far out as the area before it reaches.</summary>
    internal static (double X, double Y) OnSunflower(int number, double area)
    {
        var (distance, angle) = (Math.Sqrt(area), number * s_goldenAngle);
        return (distance * Math.Cos(angle), distance * Math.Sin(angle));
    }

    private static void Move(
        double[] x, double[] y, double[] radius, int moved, IReadOnlyList<(int A, int B, double Weight)> links,
            CancellationToken cancellation)
    {
        var heaviest = 0d;
        foreach (var (a, b, weight) in links)
            if (a < moved && b < moved) heaviest = Math.Max(heaviest, weight);
        for (var step = 0; step < Steps + LastSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (step < Steps)
            {
                foreach (var (a, b, weight) in links)
                    if (a < moved && b < moved) Pull(x, y, radius, a, b, 0.06 * Math.Sqrt(weight / heaviest));
                for (var c = 0; c < moved; c++) (x[c], y[c]) = (x[c] * 0.99, y[c] * 0.99);
            }
            for (var a = 0; a < moved; a++)
                for (var b = a + 1; b < moved; b++) Push(x, y, radius, a, b);
        }
    }

    /// <summary>Two that are linked come closer, the smaller one by more, until they touch.</summary>
    private static void Pull(double[] x, double[] y, double[] radius, int a, int b, double share)
    {
        var (dx, dy) = (x[b] - x[a], y[b] - y[a]);
        var distance = Math.Sqrt(dx * dx + dy * dy);
        var apart = distance - radius[a] - radius[b];
        if (apart <= 0) return;
        var of = share * apart / distance;
        var (areaA, areaB) = (radius[a] * radius[a], radius[b] * radius[b]);
        var shareOfA = areaB / (areaA + areaB);
        (x[a], y[a]) = (x[a] + dx * of * shareOfA, y[a] + dy * of * shareOfA);
        (x[b], y[b]) = (x[b] - dx * of * (1 - shareOfA), y[b] - dy * of * (1 - shareOfA));
    }

    /// <summary>Two that overlap part, the smaller one by more.</summary>
    private static void Push(double[] x, double[] y, double[] radius, int a, int b)
    {
        var (dx, dy) = (x[b] - x[a], y[b] - y[a]);
        var least = radius[a] + radius[b];
        var squared = dx * dx + dy * dy;
        if (squared >= least * least) return;
        var distance = Math.Sqrt(squared);
        // Two at the same place part in a direction of their own.
        if (distance < 1e-9) (dx, dy, distance) = (Math.Cos(b), Math.Sin(b), 1);
        var of = 0.5 * (least - Math.Sqrt(squared)) / distance;
        var (areaA, areaB) = (radius[a] * radius[a], radius[b] * radius[b]);
        var shareOfA = areaB / (areaA + areaB);
        (x[a], y[a]) = (x[a] - dx * of * 2 * shareOfA, y[a] - dy * of * 2 * shareOfA);
        (x[b], y[b]) = (x[b] + dx * of * 2 * (1 - shareOfA), y[b] + dy * of * 2 * (1 - shareOfA));
    }
}
