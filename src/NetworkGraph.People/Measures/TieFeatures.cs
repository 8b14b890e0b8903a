using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: what of a dyad's past says whether the two will have another contact?
/// Method: 16 numbers and a constant, in days scaled by 90/window, so that one set of weights fits windows of any length: the
/// logarithms of silence, contacts, active days, the median gap between active days (30 where there is one day), silence over that
/// gap, tenure; contacts halved every 7, 30, 90 and 365 days; the share that is mutual; and what goes on around the two
/// (<see cref="TieContext"/>): common contacts, the quieter one's silence, both people's activity, the smaller degree. Each less
/// its usual value, over its usual spread on four public networks.
/// Cost: one pass over the dyad's events, at most four exponentials a contact.
/// Source: Raeder, Lizardo, Hachen and Chawla, "Predictors of short-term decay of cell phone contacts", 2011; Fader, Hardie and
/// Lee, "Counting your customers the easy way", 2005.
/// </summary>
public static class TieFeatures
{
    /// <summary>Numbers a dyad is described by.</summary>
    public const int Count = 17;

    /// <summary>The window that days are scaled to.</summary>
    public const double ScaleDays = 90;

    private const double UnknownGapDays = 30;

    // A contact older than this many half-lives adds less than 1e-9.
    private const double HalfLivesThatCount = 30;

    private static readonly double[] s_halfLives = [7, 30, 90, 365];

    private static readonly (string Name, double Usual, double Spread)[] s_features =
    [
        ("constant", 0, 1), ("silence", 5.4, 1.2), ("contacts", 1.4, 0.7), ("active days", 1.2, 0.6), ("gap", 3.3, 0.9),
        ("silence over gap", 2.4, 1.2), ("tenure", 6, 0.8), ("contacts of 7 days", 0.06, 0.2), ("contacts of 30 days", 0.2, 0.4),
        ("contacts of 90 days", 0.5, 0.6), ("contacts of 365 days", 1, 0.7), ("mutual share", 0.4, 0.4), ("common contacts", 2.1, 0.9),
        ("quieter one's silence", 3.6, 1.3), ("less active one", 3.3, 1.2), ("more active one", 4.9, 1.1), ("smaller degree", 3.1, 0.9),
    ];

    [ThreadStatic]
    private static long[]? t_gaps;

    /// <summary>What the numbers are called, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_features.Select(static feature => feature.Name)];

    /// <summary>The least each weight may be: silence never speaks for a contact, nor contacts of late against one.</summary>
    public static IReadOnlyList<double> Lower { get; } = Bounds(double.NegativeInfinity, fallsWith: double.NegativeInfinity, risesWith: 0);

    /// <summary>The most each weight may be.</summary>
    public static IReadOnlyList<double> Upper { get; } = Bounds(double.PositiveInfinity, fallsWith: 0, risesWith: double.PositiveInfinity);

    /// <summary>Fills in the numbers of a dyad with contacts.</summary>
    /// <param name="events">Its events up to the date, in order.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="windowDays">The span of time that is asked about, days.</param>
    /// <param name="around">What goes on around the two.</param>
    /// <param name="weights">What a contact is.</param>
    /// <param name="into">Of length <see cref="Count"/>.</param>
    public static void Fill(
        ReadOnlySpan<DyadEvent> events, long asOfMs, double windowDays, in TieContext around, InteractionWeights weights, Span<double> into)
    {
        var scale = ScaleDays / windowDays;
        int contacts = 0, toHigh = 0, toLow = 0, activeDays = 0;
        long firstMs = 0, lastMs = 0, dayBefore = 0;
        Span<double> recent = stackalloc double[s_halfLives.Length];
        recent.Clear();
        var gaps = t_gaps ??= new long[256];
        foreach (ref readonly var happened in events)
        {
            if (!weights.IsContact(in happened)) continue;
            if (contacts++ == 0) firstMs = happened.AtMs;
            lastMs = happened.AtMs;
            if (happened.Direction is not DyadDirection.HighToLow) toHigh++;
            if (happened.Direction is not DyadDirection.LowToHigh) toLow++;
            var day = DayOf(happened.AtMs);
            if (activeDays == 0 || day != dayBefore)
            {
                if (activeDays > 0)
                {
                    if (activeDays > gaps.Length) Array.Resize(ref t_gaps, gaps.Length * 2);
                    gaps = t_gaps!;
                    gaps[activeDays - 1] = day - dayBefore;
                }
                activeDays++;
                dayBefore = day;
            }
            var age = Math.Max(0, asOfMs - happened.AtMs) / TieDecay.DayMs * scale;
            for (var i = s_halfLives.Length - 1; i >= 0 && age < HalfLivesThatCount * s_halfLives[i]; i--)
                recent[i] += Math.Exp(-age * Math.Log(2) / s_halfLives[i]);
        }
        var silence = Math.Max(0, asOfMs - lastMs) / TieDecay.DayMs * scale;
        var gap = activeDays > 1 ? Median.Of(gaps.AsSpan(0, activeDays - 1)) * scale : UnknownGapDays;
        into[0] = 1;
        into[1] = Log(silence);
        into[2] = Log(contacts);
        into[3] = Log(activeDays);
        into[4] = Log(gap);
        into[5] = Log(silence / Math.Max(1, gap));
        into[6] = Log(Math.Max(0, asOfMs - firstMs) / TieDecay.DayMs * scale);
        for (var i = 0; i < s_halfLives.Length; i++) into[7 + i] = Log(recent[i]);
        into[11] = Math.Max(toHigh, toLow) == 0 ? 0 : (double)Math.Min(toHigh, toLow) / Math.Max(toHigh, toLow);
        into[12] = Log(around.Common);
        into[13] = Log(around.QuieterSilenceDays * scale);
        into[14] = Log(around.LessActive);
        into[15] = Log(around.MoreActive);
        into[16] = Log(around.LessDegree);
        for (var j = 1; j < Count; j++) into[j] = (into[j] - s_features[j].Usual) / s_features[j].Spread;
    }

    private static double Log(double value) => Math.Log(1 + value);

    // From 1900 on, so that the division rounds down for every date there is.
    private static long DayOf(long atMs) => (atMs + 2_208_988_800_000) / (long)TieDecay.DayMs;

    private static double[] Bounds(double free, double fallsWith, double risesWith)
    {
        var bounds = new double[Count];
        Array.Fill(bounds, free);
        foreach (var j in (int[])[1, 5, 6, 13]) bounds[j] = fallsWith;
        foreach (var j in (int[])[3, 7, 8, 9, 10]) bounds[j] = risesWith;
        return bounds;
    }
}
