using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Groups;
using NetworkGraph.Engine.Tests.Snapshots;

namespace NetworkGraph.Engine.Tests.Groups;

public class CellSuppressionTests
{
    [Fact]
    public void One_suppressed_cell_suppresses_three_more()
    {
        var left = Table(3, (0, 1));
        CellSuppression.Complete(3, left, static (_, _) => 1, TestContext.Current.CancellationToken);
        left.Count(cell => cell).ShouldBe(4);
        left[0 * 4 + 1].ShouldBeTrue();
    }

    [Fact]
    public void Cheap_cells_are_left_out_before_dear_ones()
    {
        var left = Table(3, (0, 0));
        CellSuppression.Complete(3, left, static (row, column) => row == 1 || column == 1 ? 100 : 1, TestContext.Current.CancellationToken);
        for (var other = 0; other < 4; other++)
        {
            left[1 * 4 + other].ShouldBeFalse();
            left[other * 4 + 1].ShouldBeFalse();
        }
    }

    [Fact]
    public void Two_rows_and_columns_without_totals_hide_each_other()
    {
        var left = Table(2, (0, 0), (0, 1), (1, 0), (1, 1));
        var before = (bool[])left.Clone();
        CellSuppression.Complete(2, left, static (_, _) => 1, TestContext.Current.CancellationToken);
        left.ShouldBe(before);
    }

    [Fact]
    public void The_total_of_all_is_always_disclosed()
    {
        var left = Table(1, (0, 0));
        CellSuppression.Complete(1, left, static (_, _) => 1, TestContext.Current.CancellationToken);
        left[3].ShouldBeFalse();
    }

    [Fact]
    public void Nothing_left_out_can_be_worked_out_from_sums_of_rows_and_columns() => Prop.ForAll(TestNetworks.Seeds(), seed =>
    {
        var random = new Random(seed);
        var groups = random.Next(2, 6);
        var left = new bool[(groups + 1) * (groups + 1)];
        for (var cell = 0; cell < left.Length - 1; cell++) left[cell] = random.Next(5) == 0;
        var must = (bool[])left.Clone();
        CellSuppression.Complete(groups, left, (_, _) => random.Next(1, 9), TestContext.Current.CancellationToken);
        for (var cell = 0; cell < left.Length; cell++)
        {
            if (must[cell]) left[cell].ShouldBeTrue();
            if (!left[cell]) continue;
            var (row, column) = (cell / (groups + 1), cell % (groups + 1));
            IsDetermined(groups + 1, left, cell).ShouldBe(CellSuppression.IsDetermined(groups, left, row, column));
            CellSuppression.IsDetermined(groups, left, row, column).ShouldBeFalse($"seed {seed}, cell {row},{column}");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool[] Table(int groups, params (int Row, int Column)[] cells)
    {
        var left = new bool[(groups + 1) * (groups + 1)];
        foreach (var (row, column) in cells) left[row * (groups + 1) + column] = true;
        return left;
    }

    /// <summary>Whether the sums of rows and columns have one solution for a cell: by elimination, is it alone in their span?</summary>
    private static bool IsDetermined(int n, bool[] left, int cell)
    {
        int[] unknown = [.. Enumerable.Range(0, left.Length).Where(c => left[c])];
        var rows = new List<double[]>();
        for (var line = 0; line < 2 * n; line++)
            rows.Add([.. unknown.Select(c => (line < n ? c / n == line : c % n == line - n) ? 1.0 : 0)]);
        double[] wanted = [.. unknown.Select(c => c == cell ? 1.0 : 0)];
        return Rank(rows) == Rank([.. rows, wanted]);
    }

    private static int Rank(List<double[]> rows)
    {
        var matrix = rows.Select(row => (double[])row.Clone()).ToList();
        var rank = 0;
        for (var column = 0; column < matrix[0].Length && rank < matrix.Count; column++)
        {
            var pivot = matrix.FindIndex(rank, row => Math.Abs(row[column]) > 1e-9);
            if (pivot < 0) continue;
            (matrix[rank], matrix[pivot]) = (matrix[pivot], matrix[rank]);
            for (var row = rank + 1; row < matrix.Count; row++)
            {
                var factor = matrix[row][column] / matrix[rank][column];
                for (var c = column; c < matrix[row].Length; c++) matrix[row][c] -= factor * matrix[rank][c];
            }
            rank++;
        }
        return rank;
    }
}
