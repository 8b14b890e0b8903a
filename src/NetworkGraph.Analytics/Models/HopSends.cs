using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Models;

/// <summary>
/// Contacts that went one way over ties that carry introductions, with the mutual strength before each at every half-life, and
/// whether the other side answered in time: what a hop's probability is learned from.
/// </summary>
public sealed class HopSends(MeasureOptions options)
{
    private static readonly double[] s_halfLives = [.. IntroductionModelOptions.HalfLives];
    private readonly List<double> _strengths = [];
    private readonly List<bool> _answered = [];

    public int Count => _answered.Count;

    /// <summary>Whether a contact was answered in time.</summary>
    public bool IsAnswered(int number) => _answered[number];

    /// <summary>The mutual strength before a contact at a half-life.</summary>
    public double Strength(int number, double halfLifeDays) =>
        Math.Exp(_strengths[number * s_halfLives.Length + Array.IndexOf(s_halfLives, halfLifeDays)]) - 1;

    /// <summary>The last contacts of one dyad in [from, to), at most so many; dates in Unix ms.</summary>
    public void Add(ReadOnlySpan<DyadEvent> events, long fromMs, long toMs, int most)
    {
        var weights = options.WeightTable;
        var eligible = 0;
        foreach (ref readonly var happened in events)
            if (IsSend(in happened, fromMs, toMs) && weights.IsContact(in happened)) eligible++;
        if (eligible == 0) return;
        // One more sum: whether a tie carries anything is asked at the ties' own half-life.
        Span<double> up = stackalloc double[s_halfLives.Length + 1];
        Span<double> down = stackalloc double[s_halfLives.Length + 1];
        up.Clear();
        down.Clear();
        long lastMs = 0;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            if (!weights.IsContact(in happened)) continue;
            for (var h = 0; h < up.Length; h++)
            {
                var halfLife = h < s_halfLives.Length ? s_halfLives[h] : options.HalfLifeDays;
                var left = lastMs == 0 ? 0 : Math.Exp(-(happened.AtMs - lastMs) / TieDecay.DayMs * Math.Log(2) / halfLife);
                up[h] *= left;
                down[h] *= left;
            }
            lastMs = happened.AtMs;
            if (IsSend(in happened, fromMs, toMs) && eligible-- <= most
                && Math.Sqrt(up[^1] * down[^1]) >= options.Introductions.MinStrength)
            {
                for (var h = 0; h < s_halfLives.Length; h++) _strengths.Add(Math.Log(1 + Math.Sqrt(up[h] * down[h])));
                _answered.Add(IsAnswered(events, i));
            }
            var weight = weights.Of(in happened);
            for (var h = 0; h < up.Length; h++)
            {
                if (happened.Direction is not DyadDirection.HighToLow) up[h] += weight;
                if (happened.Direction is not DyadDirection.LowToHigh) down[h] += weight;
            }
        }
    }

    /// <summary>The cases as rows 1, ln(1 + m) at a half-life.</summary>
    public Rows RowsOf(double halfLifeDays)
    {
        var rows = new Rows(2);
        var h = Array.IndexOf(s_halfLives, halfLifeDays);
        for (var i = 0; i < Count; i++) rows.Add([1, _strengths[i * s_halfLives.Length + h]], _answered[i], 1);
        return rows;
    }

    /// <summary>α, β and the half-life that fit best; null where there are too few cases.</summary>
    public (double Alpha, double Beta, double HalfLife, int Rows)? Fit(HopModel prior, int minRows, int minEach)
    {
        var best = (Loss: double.PositiveInfinity, Alpha: 0.0, Beta: 0.0, HalfLife: 0.0);
        for (var h = 0; h < s_halfLives.Length; h++)
        {
            var rows = RowsOf(s_halfLives[h]);
            if (!rows.IsEnough(minRows, minEach)) return null;
            var fitted = RidgeLogistic.Fit(rows.All, rows.Labels, rows.Weights, [prior.Alpha, prior.Beta], [1, 1], [-20, 0], [20, 20]);
            var loss = 0.0;
            for (var i = 0; i < Count; i++)
            {
                var p = RidgeLogistic.Probability(fitted, rows.Row(i));
                loss -= Math.Log(Math.Max(1e-12, _answered[i] ? p : 1 - p));
            }
            if (loss < best.Loss) best = (loss, fitted[0], fitted[1], s_halfLives[h]);
        }
        return (best.Alpha, best.Beta, best.HalfLife, Count);
    }

    private static bool IsSend(in DyadEvent happened, long fromMs, long toMs) =>
        happened.AtMs >= fromMs && happened.AtMs < toMs && happened.Direction is not DyadDirection.Both;

    private bool IsAnswered(ReadOnlySpan<DyadEvent> events, int sent)
    {
        var untilMs = events[sent].AtMs + (long)(options.AnsweredWithinDays * TieDecay.DayMs);
        for (var j = sent + 1; j < events.Length && events[j].AtMs <= untilMs; j++)
            if (events[j].Direction != events[sent].Direction && options.WeightTable.IsContact(in events[j])) return true;
        return false;
    }
}
