using System.Collections.Immutable;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// Problem: how likely are two people who have had nothing to do with each other to have contacts both ways within
/// <see cref="WindowDays"/>?
/// Method: a logistic in their common contacts and in how active both are: x = −4.896 + 1.013·ln(r + 0.001) +
/// 0.271·ln(a + 0.01) + 0.241·ln(b + 0.01), P = 1/(1 + e^−x); r = Σ 1/degree over the common contacts (resource allocation),
/// a ≤ b the strengths of all contacts of the two, in and out, at the snapshot's date.
/// Fitted on four networks of different kinds (two organisations' mail, an answers site, a rating network), each at up to
/// three dates, from what was known then. Left out one at a time, the others predict it with AUC .87-.93 and .87-.88 (mail), .95-.98
/// and .94-.98; chances are small everywhere, and where people tie less than elsewhere it says too much.
/// Properties: in (0,1), rises with r, a and b; the same for both.
/// Cost: the rows of the two and of their common contacts.
/// Source: Zhou, Lü &amp; Zhang, "Predicting missing links via local information", 2009 (resource allocation); Liben-Nowell &amp;
/// Kleinberg, "The link-prediction problem for social networks", 2007; the fit is this project's own.
/// </summary>
public static class LikelyToConnect
{
    /// <summary>The span of time the probability is about, days.</summary>
    public const double WindowDays = 90;

    /// <summary>Numbers a pair is described by.</summary>
    public const int Count = 4;

    /// <summary>The weights where a network's own past is too short to learn from.</summary>
    public static ImmutableArray<double> Prior { get; } = [-4.896, 1.013, 0.271, 0.241];

    /// <summary>P in (0,1); null where the two are tied in either direction, or are the same.</summary>
    /// <param name="snapshot">The network.</param>
    /// <param name="first">Person number.</param>
    /// <param name="second">Person number.</param>
    /// <param name="weights">Learned weights of <see cref="Features"/>; the prior's where null.</param>
    public static double? Of(NetworkSnapshot snapshot, int first, int second, IReadOnlyList<double>? weights = null)
    {
        Span<double> features = stackalloc double[Count];
        if (!Features(snapshot, first, second, features)) return null;
        weights ??= Prior;
        var score = 0.0;
        for (var j = 0; j < Count; j++) score += weights[j] * features[j];
        return RidgeLogistic.Sigmoid(score);
    }

    /// <summary>
    /// Fills in 1, ln(r + 0.001), ln(a + 0.01) and ln(b + 0.01) of two people; false, and nothing, where they are tied in either
    /// direction, or are the same.
    /// </summary>
    public static bool Features(NetworkSnapshot snapshot, int first, int second, Span<double> into)
    {
        if (first == second || snapshot.Row(first).IndexOf(second) >= 0) return false;
        // The shorter of the two rows is remembered, the longer one walked.
        if (snapshot.Row(first).Count > snapshot.Row(second).Count) (first, second) = (second, first);
        var small = snapshot.Row(first);
        var large = snapshot.Row(second);
        var contacts = new HashSet<int>();
        var ofSmall = Strength(small);
        for (var entry = 0; entry < small.Count; entry++)
            if (small.ContactOut[entry] + small.ContactIn[entry] > 0) contacts.Add(small.Neighbours[entry]);
        double ofLarge = 0, allocation = 0;
        for (var entry = 0; entry < large.Count; entry++)
        {
            var strength = (double)large.ContactOut[entry] + large.ContactIn[entry];
            if (strength <= 0) continue;
            ofLarge += strength;
            if (contacts.Contains(large.Neighbours[entry])) allocation += 1.0 / Degree(snapshot.Row(large.Neighbours[entry]));
        }
        var factor = snapshot.StrengthFactor;
        Fill(allocation, Math.Min(ofSmall, ofLarge) * factor, Math.Max(ofSmall, ofLarge) * factor, into);
        return true;
    }

    private static void Fill(double allocation, double less, double more, Span<double> into)
    {
        into[0] = 1;
        into[1] = Math.Log(allocation + 0.001);
        into[2] = Math.Log(less + 0.01);
        into[3] = Math.Log(more + 0.01);
    }

    /// <summary>P by the prior of resource allocation, the less and the more active one's strength, each 0 or more.</summary>
    public static double Probability(double allocation, double less, double more)
    {
        Span<double> features = stackalloc double[Count];
        Fill(allocation, less, more, features);
        return RidgeLogistic.Probability(Prior.AsSpan(), features);
    }

    private static double Strength(TieRow row)
    {
        var sum = 0.0;
        for (var entry = 0; entry < row.Count; entry++) sum += (double)row.ContactOut[entry] + row.ContactIn[entry];
        return sum;
    }

    private static int Degree(TieRow row)
    {
        var degree = 0;
        for (var entry = 0; entry < row.Count; entry++)
            if (row.ContactOut[entry] + row.ContactIn[entry] > 0) degree++;
        return degree;
    }
}
