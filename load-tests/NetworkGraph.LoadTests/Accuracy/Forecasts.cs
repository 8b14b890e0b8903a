namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>Probabilities that were given at a date, and whether it happened. Each may stand for several of its kind.</summary>
public sealed class Forecasts
{
    private readonly List<(double Probability, bool Happened, double Weight)> _all = [];

    public int Count => _all.Count;

    public void Add(double probability, bool happened, double weight = 1) => _all.Add((probability, happened, weight));

    public double Mean => Average(static f => f.Probability);

    /// <summary>The share in which it happened.</summary>
    public double Base => Average(static f => f.Happened ? 1 : 0);

    /// <summary>The mean square of what was wrong.</summary>
    public double Brier => Average(static f => Square(f.Probability - (f.Happened ? 1 : 0)));

    /// <summary>By how much the Brier score is above (below where negative) that of always giving one probability.</summary>
    public double BrierAgainst(double constant) => Brier / Average(f => Square(constant - (f.Happened ? 1 : 0))) - 1;

    /// <summary>The chance that of one that happened and one that did not the former was given more; ties are half.</summary>
    public double Auc
    {
        get
        {
            double happened = 0, not = 0, ordered = 0;
            var sorted = _all.OrderBy(static f => f.Probability).ToArray();
            for (var i = 0; i < sorted.Length;)
            {
                double yes = 0, no = 0;
                for (var equal = sorted[i].Probability; i < sorted.Length && sorted[i].Probability == equal; i++)
                {
                    if (sorted[i].Happened) yes += sorted[i].Weight;
                    else no += sorted[i].Weight;
                }
                ordered += yes * (not + no / 2);
                happened += yes;
                not += no;
            }
            return happened * not == 0 ? double.NaN : ordered / (happened * not);
        }
    }

    /// <summary>
    /// The mean distance between what was given and what happened, over ten parts of equal size in order of what was given.
    /// </summary>
    public double CalibrationError
    {
        get
        {
            var sorted = _all.OrderBy(static f => f.Probability).ToArray();
            return sorted.Chunk((sorted.Length + 9) / 10)
                .Sum(static part =>
                    part.Length * Math.Abs(
                    part.Average(static f => f.Probability) - part.Average(static f => f.Happened ? 1.0 : 0))) / sorted.Length;
        }
    }

    /// <summary>The share that happened of the so many that were given most.</summary>
    public double PrecisionAt(int count) =>
        _all.OrderByDescending(static f => f.Probability).Take(count).Average(static f => f.Happened ? 1.0 : 0);

    private double Average(Func<(double Probability, bool Happened, double Weight), double> of) =>
        _all.Sum(f => f.Weight * of(f)) / _all.Sum(static f => f.Weight);

    private static double Square(double value) => value * value;
}
