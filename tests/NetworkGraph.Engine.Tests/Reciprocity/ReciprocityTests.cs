using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Reciprocity;

public class ReciprocityTests
{
    [Fact]
    public void A_small_network_by_hand()
    {
        // 0 and 1 answer each other (3 and 1), 0 writes to 2 without answer (2): 3 tied pairs of 6, 2 of them reciprocated.
        var snapshot = Build(People(5), [(0, 1, Facts(3, 1)), (0, 2, Facts(2, 0))]);
        var network = Compute(snapshot);

        network.People.ShouldBe(3);
        network.Ties.ShouldBe(3);
        network.Reciprocated.ShouldBe(2);
        network.R!.Value.ShouldBe(2 / 3.0, 1e-12);
        network.Rho!.Value.ShouldBe((2 / 3.0 - 0.5) / 0.5, 1e-12);
        network.Weighted!.Value.ShouldBe(2 / 6.0, 1e-12);
    }

    [Fact]
    public void What_has_no_value_is_null()
    {
        var empty = Compute(Build(People(3), []));
        (empty.People, empty.Ties, empty.R, empty.Rho, empty.Weighted).ShouldBe((0, 0, null, null, null));

        var full = Compute(Mutual(2, (0, 1, 1.0)));
        full.R.ShouldBe(1);
        full.Rho.ShouldBeNull();
        full.Weighted.ShouldBe(1);
    }

    [Fact]
    public void Time_changes_strengths_and_not_shares()
    {
        var now = Build(People(3), [(0, 1, Facts(3, 1)), (0, 2, Facts(2, 0))]);
        var later = new SnapshotWriter(now).Publish((long)(180 * TieDecay.DayMs));
        Compute(later).ShouldBe(Compute(now));
    }

    [Fact]
    public void How_it_is_spread_in_a_small_network_by_hand()
    {
        // 0 puts in 5 of which 1 comes back; 1 puts in 1 of which 1 comes back; 2 gets 2 and returns none.
        var spread = Spread(Build(People(5), [(0, 1, Facts(3, 1)), (0, 2, Facts(2, 0))]));

        (spread.Returned.Count, spread.Returned.Zeros, spread.Returned.Ones).ShouldBe((2, 0, 1));
        spread.Returned.Quantile(0.5)!.Value.ShouldBe(0.2, ShareHistogram.Resolution);
        spread.Returned.InBins().ShouldBe(Bins((4, 1), (19, 1)));
        (spread.Given.Count, spread.Given.Zeros).ShouldBe((3, 1));
        spread.Given.Quantile(0.5)!.Value.ShouldBe(1 / 3.0, ShareHistogram.Resolution);
        (spread.Balance.Count, spread.Balance.Zeros).ShouldBe((2, 1));
        spread.Balance.InBins().ShouldBe(Bins((0, 1), (10, 1)));
        Spread(Build(People(3), [])).Balance.Quantile(0.5).ShouldBeNull();
    }

    [Fact]
    public void How_it_is_spread_equals_the_definition_on_any_network() =>
        Prop.ForAll(TestNetworks.Seeds(), seed =>
        {
            var random = new Random(seed);
            var people = random.Next(2, 60);
            var snapshot = Build(People(people), Pairs(random, people).Select(pair => (pair.Low, pair.High, RandomFacts(random))));
            var spread = Spread(snapshot);
            var egos = Enumerable.Range(0, people).Select(person => Sums(snapshot, person)).ToList();
            ShouldBe(spread.Returned, [.. egos.Where(e => e.Out > 0).Select(e => e.Returned / e.Out)]);
            ShouldBe(spread.Given, [.. egos.Where(e => e.In > 0).Select(e => e.Returned / e.In)]);
            spread.Balance.Count.ShouldBe(Enumerable.Range(0, people).Sum(person => WithContacts(snapshot, person)) / 2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static int WithContacts(NetworkSnapshot snapshot, int person)
    {
        var row = snapshot.Row(person);
        var found = 0;
        for (var tie = 0; tie < row.Count; tie++)
            if (row.ContactOut[tie] + row.ContactIn[tie] > 0) found++;
        return found;
    }

    [Fact]
    public void It_equals_the_definition_on_any_network() =>
        Prop.ForAll(TestNetworks.Seeds(), CheckAgainstDefinition).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void The_email_network_has_its_known_reciprocity()
    {
        var network = Compute(EmailNetwork.At(EmailNetwork.Epoch.AddDays(1000)));
        network.People.ShouldBe(986);
        network.Ties.ShouldBe(24_929);
        network.R!.Value.ShouldBe(0.7112, 5e-5);
        network.Rho!.Value.ShouldBe(0.7036, 5e-5);
    }

    private static ReciprocityDistribution Spread(NetworkSnapshot snapshot) =>
        ReciprocityDistribution.Compute(snapshot, TestContext.Current.CancellationToken);

    private static long[] Bins(params (int Bin, long Count)[] filled)
    {
        var bins = new long[ShareHistogram.Bins];
        foreach (var (bin, count) in filled) bins[bin] = count;
        return bins;
    }

    private static void ShouldBe(ShareHistogram histogram, List<double> shares)
    {
        histogram.Count.ShouldBe(shares.Count);
        histogram.InBins().Sum().ShouldBe(shares.Count);
        histogram.Zeros.ShouldBe(shares.Count(static share => share == 0));
        if (shares.Count == 0) return;
        shares.Sort();
        foreach (var part in new[] { 0.25, 0.5, 0.75 })
            histogram.Quantile(part)!.Value.ShouldBe(
                shares[Math.Max(0, (int)Math.Ceiling(part * shares.Count) - 1)], ShareHistogram.Resolution);
    }

    /// <summary>What a person puts in, gets, and what of it goes both ways; contacts only.</summary>
    private static (double Out, double In, double Returned) Sums(NetworkSnapshot snapshot, int person)
    {
        var row = snapshot.Row(person);
        var (sumOut, sumIn, returned) = (0d, 0d, 0d);
        for (var entry = 0; entry < row.Count; entry++)
        {
            sumOut += row.ContactOut[entry];
            sumIn += row.ContactIn[entry];
            returned += Math.Min(row.ContactOut[entry], row.ContactIn[entry]);
        }
        return (sumOut, sumIn, returned);
    }

    private static IEnumerable<(int Low, int High)> Pairs(Random random, int people) =>
        Enumerable.Range(0, people * 3).Select(_ => (A: random.Next(people), B: random.Next(people))).Where(
            static pair => pair.A < pair.B).Distinct();

    private static NetworkReciprocity Compute(NetworkSnapshot snapshot) =>
        NetworkReciprocity.Compute(snapshot, TestContext.Current.CancellationToken);

    private static void CheckAgainstDefinition(int seed)
    {
        var random = new Random(seed);
        var people = random.Next(2, 60);
        var s = new double[people, people];
        var writer = new SnapshotWriter(People(people), Decay);
        // Rows written in several publications do not follow each other in memory.
        for (var publication = 0; publication < 3; publication++)
        {
            for (var change = random.Next(people * 4); change > 0; change--)
            {
                var (low, high) = (random.Next(people), random.Next(people));
                if (low == high) continue;
                var facts = RandomFacts(random);
                (s[low, high], s[high, low]) = (facts.StrengthOut, facts.StrengthIn);
                writer.Set(low, high, facts);
            }
            writer.Publish(publication);
        }

        var (tied, reciprocated, sum, least) = (0, 0, 0.0, 0.0);
        var active = new HashSet<int>();
        for (var i = 0; i < people; i++)
        {
            for (var j = 0; j < people; j++)
            {
                sum += s[i, j];
                least += Math.Min(s[i, j], s[j, i]);
                if (s[i, j] == 0) continue;
                tied++;
                active.UnionWith([i, j]);
                if (s[j, i] > 0) reciprocated++;
            }
        }
        var network = Compute(writer.Last);
        (network.People, network.Ties, network.Reciprocated).ShouldBe((active.Count, tied, reciprocated));
        if (tied == 0) return;
        network.R!.Value.ShouldBe((double)reciprocated / tied, 1e-12);
        network.Weighted!.Value.ShouldBe(least / sum, 1e-12);
        var density = tied / (active.Count * (active.Count - 1.0));
        if (density < 1) network.Rho!.Value.ShouldBe((network.R.Value - density) / (1 - density), 1e-12);
    }
}
