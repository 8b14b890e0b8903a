using System.Diagnostics;

namespace NetworkGraph.Engine.Groups;

/// <summary>
/// Problem: a table of numbers with the totals of its rows and columns, some of whose cells must not be disclosed: which further
/// cells are to be left out, so that no cell left out can be worked out from the others and the totals.
/// Preconditions: a square table with one more row and column for totals; the total of totals is always disclosed.
/// Method: cells left out are edges between their row and their column. Each row and each column says one sum, so a cell is
/// determined exactly where its edge is a bridge: it lies on no circle. While there is a bridge, the cheapest way of disclosed
/// cells between its two ends is left out too, which closes a circle.
/// Encoding: cell (r, c) is entry r·n + c of a table of n = groups + 1; row and column n − 1 are totals.
/// Invariants: what was left out stays so; afterwards no edge is a bridge, but where every cell that could help is left out.
/// Cost: O(bridges × n²); n is some hundred.
/// Source: Gusfield, "A graph theoretic approach to statistical data security", 1988; Cox 1980.
/// </summary>
public static class CellSuppression
{
    /// <param name="groups">How many rows and columns there are, without totals.</param>
    /// <param name="isLeftOut">By cell, (groups + 1)²; is extended.</param>
    /// <param name="costOf">By cell: what leaving it out costs, at least 1.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Complete(int groups, bool[] isLeftOut, Func<int, int, double> costOf, CancellationToken cancellation)
    {
        var n = groups + 1;
        ArgumentOutOfRangeException.ThrowIfNotEqual(isLeftOut.Length, n * n, nameof(isLeftOut));
        // The total of all is disclosed whatever else is.
        isLeftOut[n * n - 1] = false;
        var given = new bool[n * n];
        while (Bridge(n, isLeftOut, given) is { } bridge)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CheapestWay(n, bridge.Row, bridge.Column, isLeftOut, costOf) is { } way)
            {
                foreach (var cell in way) isLeftOut[cell] = true;
            }
            else
            {
                // Nothing can hide it: the totals of the whole network are disclosed.
                given[bridge.Row * n + bridge.Column] = true;
            }
        }
    }

    /// <summary>Whether a cell left out can be worked out from what is disclosed.</summary>
    public static bool IsDetermined(int groups, bool[] isLeftOut, int row, int column) =>
        Bridges(groups + 1, isLeftOut).Contains((row, column));

    private static (int Row, int Column)? Bridge(int n, bool[] isLeftOut, bool[] given)
    {
        foreach (var bridge in Bridges(n, isLeftOut))
            if (!given[bridge.Row * n + bridge.Column]) return bridge;
        return null;
    }

    /// <summary>
    /// Depth first; an edge of the tree is a bridge where nothing below reaches above it. Rows are nodes 0 to n − 1, columns the next n.
    /// </summary>
    private static List<(int Row, int Column)> Bridges(int n, bool[] isLeftOut)
    {
        var bridges = new List<(int, int)>();
        var entered = new int[2 * n];
        var lowest = new int[2 * n];
        var time = 0;
        var stack = new Stack<(int Node, int From, int Next)>();
        for (var root = 0; root < 2 * n; root++)
        {
            if (entered[root] > 0) continue;
            stack.Push((root, -1, 0));
            entered[root] = lowest[root] = ++time;
            while (stack.TryPop(out var at))
            {
                var (node, from, next) = at;
                while (next < n && !HasEdge(n, isLeftOut, node, next)) next++;
                if (next < n)
                {
                    stack.Push((node, from, next + 1));
                    var other = node < n ? n + next : next;
                    if (other == from) continue;
                    if (entered[other] > 0)
                    {
                        lowest[node] = Math.Min(lowest[node], entered[other]);
                        continue;
                    }
                    entered[other] = lowest[other] = ++time;
                    stack.Push((other, node, 0));
                    continue;
                }
                if (from < 0) continue;
                lowest[from] = Math.Min(lowest[from], lowest[node]);
                if (lowest[node] > entered[from]) bridges.Add(node < n ? (node, from - n) : (from, node - n));
            }
        }
        return bridges;
    }

    private static bool HasEdge(int n, bool[] isLeftOut, int node, int next) =>
        node < n ? isLeftOut[node * n + next] : isLeftOut[next * n + node - n];

    /// <summary>
    /// The disclosed cells of the cheapest way from a row to a column that does not use their own cell; null where there is none.
    /// </summary>
    private static List<int>? CheapestWay(int n, int row, int column, bool[] isLeftOut, Func<int, int, double> costOf)
    {
        var costs = new double[2 * n];
        Array.Fill(costs, double.PositiveInfinity);
        var previous = new int[2 * n];
        var isDone = new bool[2 * n];
        costs[row] = 0;
        previous[row] = -1;
        while (true)
        {
            var node = -1;
            for (var other = 0; other < 2 * n; other++)
                if (!isDone[other] && costs[other] < (node < 0 ? double.PositiveInfinity : costs[node])) node = other;
            if (node < 0) return null;
            if (node == n + column) break;
            isDone[node] = true;
            for (var next = 0; next < n; next++)
            {
                var (r, c) = node < n ? (node, next) : (next, node - n);
                if ((r, c) == (row, column) || (r, c) == (n - 1, n - 1)) continue;
                var other = node < n ? n + next : next;
                var cost = costs[node] + (isLeftOut[r * n + c] ? 0 : costOf(r, c));
                if (cost >= costs[other]) continue;
                costs[other] = cost;
                previous[other] = node;
            }
        }
        var way = new List<int>();
        for (var node = n + column; previous[node] >= 0; node = previous[node])
        {
            var (r, c) = node >= n ? (previous[node], node - n) : (node, previous[node] - n);
            if (!isLeftOut[r * n + c]) way.Add(r * n + c);
        }
        Debug.Assert(way.Count > 0, "a bridge has no other way of cells left out");
        return way;
    }
}
