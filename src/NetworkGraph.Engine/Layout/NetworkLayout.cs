using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Layout;

/// <summary>Where people stand on a map, and the circles of their communities; all within the unit circle.</summary>
/// <param name="X">By place.</param>
/// <param name="Y">By place.</param>
/// <param name="Circles">By community as given.</param>
public sealed record MapLayout(float[] X, float[] Y, PackedCircles Circles);

/// <summary>
/// Problem: a map of people on which communities are apart and people who are tied lie near each other.
/// Preconditions: communities numbered from 0 by the number of people shown, largest first; within a community the
/// people given first are put in its middle; ties name places.
/// Method: communities get circles (<see cref="CommunityPacking"/>), people a sunflower within theirs. Then steps in which
/// ties pull, people nearer than a distance push each other, and people who leave the circle are pulled back. Pushes come
/// from the cells of a grid around a person only. A step reads the positions of the step before, so that the threads
/// change nothing.
/// Cost: O(n + ties) a step; 32 bytes a person.
/// Source: Fruchterman, Reingold, "Graph drawing by force-directed placement", 1991 (the grid variant).
/// </summary>
public static class NetworkLayout
{
    private const int Steps = 40;
    private const int PeoplePerBlock = 1 << 10;
    private const int MaxPerCell = 16;
    private const float Cell = 2;
    private const float PullOfTies = 0.08f;
    private const float PullOfCircle = 0.3f;
    private const float PushOfPeople = 0.6f;

    /// <param name="communityOf">By place.</param>
    /// <param name="communities">How many there are.</param>
    /// <param name="ties">Between places.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">0: all processors.</param>
    public static MapLayout Compute(
        int[] communityOf, int communities, SparsifiedEdge[] ties, CancellationToken cancellation, int threads = 0)
    {
        var sizes = new int[communities];
        foreach (var community in communityOf) sizes[community]++;
        var circles = CommunityPacking.Compute(sizes, Links(communityOf, ties), cancellation);
        var (x, y) = Sunflowers(communityOf, circles);
        var graph = Rows(communityOf.Length, ties);
        var (nextX, nextY) = (new float[x.Length], new float[y.Length]);
        for (var step = 0; step < Steps; step++)
        {
            var grid = new Grid(x, y);
            var most = 1.5f * (1 - (float)step / Steps) + 0.05f;
            var (fromX, fromY, toX, toY) = (x, y, nextX, nextY);
            ParallelBlocks.Run(communityOf.Length, PeoplePerBlock, threads, (from, to) =>
            {
                for (var place = from; place < to; place++)
                    (toX[place], toY[place]) = Moved(place, communityOf, circles, graph, grid, fromX, fromY, most);
            }, cancellation);
            (x, y, nextX, nextY) = (nextX, nextY, x, y);
        }
        return Scaled(x, y, circles);
    }

    private static (float X, float Y) Moved(
        int place, int[] communityOf, PackedCircles circles, Adjacency graph, Grid grid, float[] x, float[] y, float most)
    {
        var (ownX, ownY) = (x[place], y[place]);
        var (moveX, moveY) = grid.Push(place, ownX, ownY);
        foreach (var other in graph.NeighboursOf(place))
        {
            // A tie that leads elsewhere turns people towards it, and does not tear them out of their circle.
            var pull = communityOf[other] == communityOf[place] ? PullOfTies : PullOfTies / 40;
            moveX += (x[other] - ownX) * pull;
            moveY += (y[other] - ownY) * pull;
        }
        var community = communityOf[place];
        var (outX, outY) = (ownX - circles.X[community], ownY - circles.Y[community]);
        var distance = MathF.Sqrt(outX * outX + outY * outY);
        if (distance > circles.Radius[community])
        {
            var back = PullOfCircle * (distance - circles.Radius[community]) / distance;
            moveX -= outX * back;
            moveY -= outY * back;
        }
        var length = MathF.Sqrt(moveX * moveX + moveY * moveY);
        var scale = length > most ? most / length : 1;
        return (ownX + moveX * scale, ownY + moveY * scale);
    }

    private static (float[] X, float[] Y) Sunflowers(int[] communityOf, PackedCircles circles)
    {
        var (x, y) = (new float[communityOf.Length], new float[communityOf.Length]);
        var placed = new int[circles.X.Length];
        for (var place = 0; place < communityOf.Length; place++)
        {
            var community = communityOf[place];
            var number = placed[community]++;
            var (dx, dy) = CommunityPacking.OnSunflower(number, CommunityPacking.Spacing * CommunityPacking.Spacing * (number + 0.5));
            (x[place], y[place]) = (circles.X[community] + (float)dx, circles.Y[community] + (float)dy);
        }
        return (x, y);
    }

    private static List<(int A, int B, double Weight)> Links(int[] communityOf, SparsifiedEdge[] ties)
    {
        var weights = new Dictionary<(int, int), double>();
        foreach (ref readonly var tie in ties.AsSpan())
        {
            var (a, b) = (communityOf[tie.From], communityOf[tie.To]);
            if (a != b) CollectionsMarshal.GetValueRefOrAddDefault(weights, (Math.Min(a, b), Math.Max(a, b)), out _) += 1;
        }
        return [.. weights.OrderBy(w => w.Key).Select(w => (w.Key.Item1, w.Key.Item2, w.Value))];
    }

    private static Adjacency Rows(int people, SparsifiedEdge[] ties) =>
        Adjacency.Undirected(people, Array.ConvertAll(ties, tie => (tie.From, tie.To, 1f)));

    private static MapLayout Scaled(float[] x, float[] y, PackedCircles circles)
    {
        var farthest = 1e-6f;
        for (var place = 0; place < x.Length; place++) farthest = Math.Max(farthest, MathF.Sqrt(x[place] * x[place] + y[place] * y[place]));
        for (var c = 0; c < circles.X.Length; c++)
            farthest = Math.Max(farthest, MathF.Sqrt(circles.X[c] * circles.X[c] + circles.Y[c] * circles.Y[c]) + circles.Radius[c]);
        return new MapLayout(Scaled(x), Scaled(y), new PackedCircles(Scaled(circles.X), Scaled(circles.Y), Scaled(circles.Radius)));

        float[] Scaled(float[] values) => Array.ConvertAll(values, value => value / farthest);
    }

    /// <summary>People by cell of a square grid, in order of place; cells are found by hash, so that the map may be any size.</summary>
    private sealed class Grid
    {
        private readonly float[] _x;
        private readonly float[] _y;
        private readonly int[] _starts;
        private readonly int[] _people;
        private readonly int _mask;

        public Grid(float[] x, float[] y)
        {
            (_x, _y) = (x, y);
            var slots = 64;
            while (slots < 2 * x.Length) slots *= 2;
            _mask = slots - 1;
            _starts = new int[slots + 1];
            var slotOf = new int[x.Length];
            for (var place = 0; place < x.Length; place++)
            {
                slotOf[place] = Slot(CellOf(x[place]), CellOf(y[place]));
                _starts[slotOf[place] + 1]++;
            }
            for (var slot = 0; slot < slots; slot++) _starts[slot + 1] += _starts[slot];
            var next = _starts.AsSpan(0, slots).ToArray();
            _people = new int[x.Length];
            for (var place = 0; place < x.Length; place++) _people[next[slotOf[place]]++] = place;
        }

        /// <summary>What everyone within a cell's width does to a person.</summary>
        public (float X, float Y) Push(int place, float ownX, float ownY)
        {
            var (moveX, moveY) = (0f, 0f);
            var (cellX, cellY) = (CellOf(ownX), CellOf(ownY));
            for (var i = cellX - 1; i <= cellX + 1; i++)
            {
                for (var j = cellY - 1; j <= cellY + 1; j++)
                {
                    var slot = Slot(i, j);
                    var end = Math.Min(_starts[slot + 1], _starts[slot] + MaxPerCell);
                    for (var at = _starts[slot]; at < end; at++)
                    {
                        var other = _people[at];
                        var (dx, dy) = (ownX - _x[other], ownY - _y[other]);
                        var squared = dx * dx + dy * dy;
                        if (other == place || squared >= Cell * Cell) continue;
                        var distance = MathF.Sqrt(squared);
                        if (distance < 1e-4f) (dx, dy, distance) = (MathF.Cos(place), MathF.Sin(place), 1);
                        var push = PushOfPeople * (1 - MathF.Sqrt(squared) / Cell) / distance;
                        moveX += dx * push;
                        moveY += dy * push;
                    }
                }
            }
            return (moveX, moveY);
        }

        private static int CellOf(float value) => (int)MathF.Floor(value / Cell);

        private int Slot(int cellX, int cellY) => (int)((uint)cellX * 2654435769u ^ (uint)cellY * 2246822519u) & _mask;
    }
}
