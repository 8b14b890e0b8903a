using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Snapshots;

namespace NetworkGraph.Engine.Tests.Introductions;

/// <summary>
/// On a real network of 986 people, the search equals dynamic programming over the number of hops, once per first
/// broker, in the network without the source.
/// </summary>
public class EmailIntroductionTests
{
    private const int Pairs = 200;

    [Theory]
    [InlineData(2004)]
    [InlineData(2005)]
    public void It_equals_dynamic_programming_over_hops(int year)
    {
        var snapshot = EmailNetwork.At(new DateTimeOffset(year, 12, 1, 0, 0, 0, TimeSpan.Zero));
        var p = Probabilities(snapshot);
        var random = new Random(year);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (source, target) = (random.Next(snapshot.People), random.Next(snapshot.People));
            if (source == target) continue;
            for (var maxHops = 2; maxHops <= 4; maxHops++)
            {
                var expected = ByFirstBroker(p, source, target, maxHops);
                foreach (var k in new[] { 1, 3 })
                {
                    var found = IntroductionSearch.ToOne(snapshot, source, target,
                        new IntroductionOptions { MaxHops = maxHops, Paths = k }, TestContext.Current.CancellationToken);
                    found.Count.ShouldBe(Math.Min(k, expected.Count));
                    for (var i = 0; i < found.Count; i++)
                    {
                        Math.Abs(found[i].Score / expected[i].Score - 1).ShouldBeLessThan(1e-6);
                        Math.Abs(ScoreOf(p, found[i]) / expected[i].Score - 1).ShouldBeLessThan(1e-6);
                        found[i].FirstBroker.ShouldBe(expected[i].Broker, $"{source}→{target} {maxHops} hops, path {i}");
                        found[i].Hops.Count.ShouldBeLessThanOrEqualTo(maxHops);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Several_targets_equal_dynamic_programming_and_a_greedy_choice(int maxHops)
    {
        var snapshot = EmailNetwork.At(new DateTimeOffset(2005, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var p = Probabilities(snapshot);
        var random = new Random(maxHops);
        for (var query = 0; query < 40; query++)
        {
            var source = random.Next(snapshot.People);
            int[] targets = [.. Enumerable.Range(0, 12).Select(_ => random.Next(snapshot.People)).Where(
                target => target != source).Distinct()];
            var left = targets.SelectMany(
                target => ByFirstBroker(p, source, target, maxHops).Select(found => (found.Score, found.Broker, Target: target)))
                .OrderByDescending(found => found.Score).ToList();
            foreach (var path in IntroductionSearch.ToAny(snapshot, source, targets,
                new IntroductionOptions { MaxHops = maxHops, Paths = 5 }, TestContext.Current.CancellationToken))
            {
                var best = left[0];
                (path.FirstBroker, path.Target).ShouldBe((best.Broker, best.Target), $"{source}→{{{string.Join(',', targets)}}}");
                Math.Abs(path.Score / best.Score - 1).ShouldBeLessThan(1e-6);
                Math.Abs(ScoreOf(p, path) / best.Score - 1).ShouldBeLessThan(1e-6);
                left.RemoveAll(found => found.Broker == best.Broker || found.Target == best.Target);
            }
        }
    }

    private static Dictionary<int, double>[] Probabilities(NetworkSnapshot snapshot) =>
        [.. Enumerable.Range(0, snapshot.People).Select(person =>
        {
            var row = snapshot.Row(person);
            var ties = new Dictionary<int, double>();
            for (var i = 0; i < row.MutualCount; i++)
                if (row.Mutual[i] * snapshot.StrengthFactor >= 0.05 * (1 - 1e-6))
                    ties[row.Neighbours[i]] = HopModel.Prior.Probability(row.Mutual[i] * snapshot.StrengthFactor);
            return ties;
        })];

    private static double ScoreOf(Dictionary<int, double>[] p, IntroductionPath path) =>
        path.Hops.Aggregate(Math.Pow(0.9, path.Hops.Count - 1), (score, hop) => score * p[hop.From][hop.To]);

    /// <summary>The best score of each first broker, best first.</summary>
    private static List<(double Score, int Broker)> ByFirstBroker(Dictionary<int, double>[] p, int source, int target, int maxHops)
    {
        // best[person]: of walks from the target to the person in at most so many hops, never over the source.
        var best = new double[p.Length];
        best[target] = 1;
        for (var hop = 1; hop < maxHops; hop++)
        {
            var next = (double[])best.Clone();
            for (var person = 0; person < p.Length; person++)
            {
                if (person == source || person == target) continue;
                foreach (var (other, probability) in p[person])
                    if (other != source) next[person] = Math.Max(next[person], probability * best[other] * (other == target ? 1 : 0.9));
            }
            best = next;
        }
        return [.. p[source].Where(tie => tie.Key != target && best[tie.Key] > 0)
            .Select(tie => (Score: tie.Value * 0.9 * best[tie.Key], Broker: tie.Key))
            .OrderByDescending(found => found.Score)];
    }
}
