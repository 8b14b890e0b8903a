using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>Where the person who put two others into one mail stood among those who could have.</summary>
/// <param name="Pairs">New pairs that a third person had put into one mail.</param>
/// <param name="First">How many of them the ranking named first.</param>
/// <param name="AmongThree">How many it named among the first three.</param>
/// <param name="MeanReciprocalRank">The mean of 1/rank.</param>
/// <param name="Chance">How many a choice by lot would name first, as a share.</param>
public sealed record BrokerRanks(int Pairs, int First, int AmongThree, double MeanReciprocalRank, double Chance);

/// <summary>
/// Question: do introduction paths name who introduces?
/// Method: a pair whose first contact lies within 14 days of a mail with two to five recipients that put both before each
/// other, sent by somebody who had had contacts with both. The pair's common contacts before that mail are ranked by the
/// score of the path over them, p·p at the hops' own half-life. A mail to both is a proxy: not each is an introduction.
/// </summary>
public static class BrokerAccuracy
{
    private const long WithinMs = (long)(14 * TieDecay.DayMs);

    /// <param name="set">The mails.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <param name="hopAt">The hop's model at a date, Unix ms, learned from what was before.</param>
    public static BrokerRanks Measure(MailSet set, PeopleOptions options, Func<long, HopFit> hopAt)
    {
        var halfLives = IntroductionModelOptions.HalfLives;
        var strengths = new Dictionary<(int From, int To), (double[] Sums, long AtMs)>();
        var contacts = new Dictionary<int, SortedSet<int>>();
        var met = new HashSet<(int, int)>();
        var ranked = new Dictionary<(int, int), (long AtMs, int Rank, int Among)>();
        int pairs = 0, first = 0, three = 0;
        double reciprocal = 0, chance = 0;
        foreach (var (atMs, from, to) in set.Mails)
        {
            if (to.Length is >= 2 and <= 5) Rank(atMs, from, to);
            foreach (var other in to)
            {
                var pair = Pair(from, other);
                if (met.Add(pair) && to.Length <= 5 && ranked.Remove(pair, out var known) && atMs - known.AtMs <= WithinMs)
                {
                    pairs++;
                    if (known.Rank == 1) first++;
                    if (known.Rank <= 3) three++;
                    reciprocal += 1.0 / known.Rank;
                    chance += 1.0 / known.Among;
                }
                if (to.Length > 5) continue;
                var sums = new double[halfLives.Count];
                for (var h = 0; h < sums.Length; h++) sums[h] = Strength(from, other, atMs, h) + 1.0 / to.Length;
                strengths[(from, other)] = (sums, atMs);
                Contacts(from).Add(other);
                Contacts(other).Add(from);
            }
        }
        return new BrokerRanks(pairs, first, three, reciprocal / Math.Max(1, pairs), chance / Math.Max(1, pairs));

        void Rank(long atMs, int broker, int[] recipients)
        {
            var fit = hopAt(atMs);
            for (var i = 0; i < recipients.Length; i++)
            {
                for (var j = i + 1; j < recipients.Length; j++)
                {
                    var (one, other) = (recipients[i], recipients[j]);
                    if (met.Contains(Pair(one, other)) || !Contacts(broker).Contains(one) || !Contacts(broker).Contains(other)) continue;
                    var score = Score(one, broker, other, atMs, fit);
                    int better = 0, among = 0;
                    foreach (var common in Contacts(one))
                    {
                        if (!Contacts(other).Contains(common)) continue;
                        among++;
                        if (common == broker) continue;
                        var others = Score(one, common, other, atMs, fit);
                        if (others > score || (others == score && common < broker)) better++;
                    }
                    ranked[Pair(one, other)] = (atMs, better + 1, among);
                }
            }
        }

        double Score(int one, int broker, int other, long atMs, HopFit fit) => Hop(one, broker, atMs, fit) * Hop(broker, other, atMs, fit);

        double Hop(int one, int other, long atMs, HopFit fit) =>
            fit.Model.Probability(Math.Sqrt(Strength(one, other, atMs, NumberOf(fit)) * Strength(other, one, atMs, NumberOf(fit))));

        double Strength(int from, int to, long atMs, int halfLife) => strengths.TryGetValue((from, to), out var known)
            ? known.Sums[halfLife] * Math.Pow(2, -(atMs - known.AtMs) / TieDecay.DayMs / halfLives[halfLife])
            : 0;

        SortedSet<int> Contacts(int person)
        {
            if (!contacts.TryGetValue(person, out var known)) contacts.Add(person, known = []);
            return known;
        }
    }

    private static int NumberOf(HopFit fit) =>
        IntroductionModelOptions.HalfLives.Index().First(half => half.Item == fit.HalfLifeDays).Index;

    private static (int, int) Pair(int one, int other) => (Math.Min(one, other), Math.Max(one, other));
}
