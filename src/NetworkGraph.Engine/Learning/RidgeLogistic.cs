namespace NetworkGraph.Engine.Learning;

/// <summary>
/// Problem: which weights θ make P = σ(θ·x) fit what happened, without straying from what is known of other networks where
/// there is little to go by?
/// Method: Newton steps on Σ wᵢ·(−log P(yᵢ|xᵢ)) + Σⱼ λⱼ(θⱼ − priorⱼ)²/2 within bounds of each θⱼ; each step solves its
/// quadratic problem by coordinate descent, and is shortened so that no weight moves by more than <see cref="LongestStep"/>.
/// Preconditions: rows lie one after the other, as long as the prior; labels are 0 or 1, weights 0 or more.
/// Properties: sums run in the order of the rows, on one thread, so equal rows give equal bits. With no rows it returns the prior,
/// brought within the bounds.
/// Cost: O(rows · features²) a step, at most <see cref="MostSteps"/> steps.
/// Source: Hoerl and Kennard, "Ridge regression", 1970; le Cessie and van Houwelingen, "Ridge estimators in logistic regression", 1992.
/// </summary>
public static class RidgeLogistic
{
    private const int MostSteps = 30;
    private const int MostSweeps = 200;
    private const double LongestStep = 2;
    private const double Settled = 1e-6;

    /// <summary>The weights.</summary>
    /// <param name="rows">Features, row after row.</param>
    /// <param name="labels">Whether it happened, one a row.</param>
    /// <param name="weights">What each row counts, one a row.</param>
    /// <param name="prior">The weights to stay near.</param>
    /// <param name="pull">λ of each weight, above 0.</param>
    /// <param name="lower">The least each weight may be.</param>
    /// <param name="upper">The most each weight may be.</param>
    public static double[] Fit(
        ReadOnlySpan<double> rows, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> prior,
        ReadOnlySpan<double> pull, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        var features = prior.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, labels.Length * features);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, labels.Length);
        var theta = new double[features];
        for (var j = 0; j < features; j++) theta[j] = Math.Clamp(prior[j], lower[j], upper[j]);
        var gradient = new double[features];
        var curvature = new double[features * features];
        var step = new double[features];
        for (var round = 0; round < MostSteps; round++)
        {
            Slope(rows, labels, weights, theta, gradient, curvature);
            for (var j = 0; j < features; j++)
            {
                gradient[j] += pull[j] * (theta[j] - prior[j]);
                curvature[j * features + j] += pull[j];
            }
            Solve(gradient, curvature, theta, lower, upper, step);
            var longest = 0.0;
            foreach (var move in step) longest = Math.Max(longest, Math.Abs(move));
            if (longest == 0) break;
            var share = Math.Min(1, LongestStep / longest);
            for (var j = 0; j < features; j++) theta[j] += share * step[j];
            if (longest < Settled) break;
        }
        return theta;
    }

    /// <summary>σ(θ·x).</summary>
    public static double Probability(ReadOnlySpan<double> theta, ReadOnlySpan<double> row) => Sigmoid(Score(theta, row));

    /// <summary>1/(1 + e^−x).</summary>
    public static double Sigmoid(double score) => 1 / (1 + Math.Exp(-score));

    private static double Score(ReadOnlySpan<double> theta, ReadOnlySpan<double> row)
    {
        var score = 0.0;
        for (var j = 0; j < theta.Length; j++) score += theta[j] * row[j];
        return score;
    }

    private static void Slope(
        ReadOnlySpan<double> rows, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, double[] theta, double[] gradient,
        double[] curvature)
    {
        var features = theta.Length;
        Array.Clear(gradient);
        Array.Clear(curvature);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = rows.Slice(i * features, features);
            var p = Sigmoid(Math.Clamp(Score(theta, row), -30, 30));
            var error = weights[i] * (p - (labels[i] ? 1 : 0));
            var bend = weights[i] * Math.Max(p * (1 - p), 1e-9);
            for (var j = 0; j < features; j++)
            {
                gradient[j] += error * row[j];
                var bent = bend * row[j];
                for (var k = 0; k <= j; k++) curvature[j * features + k] += bent * row[k];
            }
        }
        for (var j = 0; j < features; j++)
            for (var k = 0; k < j; k++) curvature[k * features + j] = curvature[j * features + k];
    }

    /// <summary>The step that minimises g·d + d·H·d/2 with θ + d within the bounds.</summary>
    private static void Solve(
        double[] gradient, double[] curvature, double[] theta, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double[] step)
    {
        var features = theta.Length;
        Array.Clear(step);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var moved = 0.0;
            for (var j = 0; j < features; j++)
            {
                var slope = gradient[j];
                for (var k = 0; k < features; k++) slope += curvature[j * features + k] * step[k];
                var next = Math.Clamp(step[j] - slope / curvature[j * features + j], lower[j] - theta[j], upper[j] - theta[j]);
                moved = Math.Max(moved, Math.Abs(next - step[j]));
                step[j] = next;
            }
            if (moved < 1e-10) break;
        }
    }
}
