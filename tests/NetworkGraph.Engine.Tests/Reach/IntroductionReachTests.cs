using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Reach;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Introductions;
using NetworkGraph.Engine.Tests.Snapshots;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Reach;

public class IntroductionReachTests
{
    [Fact]
    public void Contacts_are_not_counted_and_brokers_are_ordered_by_whom_they_are_best_for()
    {
        // 1 leads to 3 and 4, 2 leads to 4 and 5 but is the better way to none but 5.
        var snapshot = Mutual(7, (0, 1, 30), (0, 2, 20), (1, 2, 30), (1, 3, 30), (1, 4, 30), (2, 4, 10), (2, 5, 30), (5, 6, 0.1));
        var reach = Compute(snapshot, 0, 0.2, new IntroductionOptions { MaxHops = 2 });
        reach.People.ShouldBe(3);
        reach.Brokers.ShouldBe([new BrokerReach(1, 2, 2), new BrokerReach(2, 2, 1)]);

        Compute(snapshot, 0, 1e-6, new IntroductionOptions { MaxHops = 3 }).People.ShouldBe(4);
        Compute(snapshot, 0, 0.99, new IntroductionOptions()).People.ShouldBe(0);
        Compute(snapshot, 99, 0.2, new IntroductionOptions()).Brokers.ShouldBeEmpty();
    }

    [Fact]
    public void Closed_people_are_reached_and_lead_nowhere()
    {
        var snapshot = Mutual(4, (0, 1, 30), (1, 2, 30), (2, 3, 30));
        var options = new IntroductionOptions { Constraints = new IntroductionConstraints([2], []) };
        Compute(snapshot, 0, 0.01, options).People.ShouldBe(1);
        Compute(snapshot, 0, 0.01, options with { Constraints = new IntroductionConstraints([], [(2, 1)]) }).People.ShouldBe(0);
        Compute(snapshot, 0, 0.01, options with { Constraints = IntroductionConstraints.None }).People.ShouldBe(2);
    }

    [Fact]
    public void It_equals_a_search_for_every_person_on_any_network() =>
        Prop.ForAll(Seeds(), CheckAgainstPaths).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static void CheckAgainstPaths(int seed)
    {
        var random = new Random(seed);
        var people = random.Next(3, 14);
        var dyads = Enumerable.Range(0, people).SelectMany(low => Enumerable.Range(low + 1, people - low - 1).Select(high => (low, high)))
            .Where(_ => random.Next(3) == 0).Select(d => (d.low, d.high, Facts(1 + 30 * random.NextDouble(), random.Next(5) * 8))).ToList();
        var snapshot = Build(TestNetworks.People(people), dyads);
        var options = new IntroductionOptions
        {
            MaxHops = random.Next(2, 6),
            Paths = 10,
            Constraints = new IntroductionConstraints(
                Enumerable.Range(0, people).Where(_ => random.Next(5) == 0), [(random.Next(people), random.Next(people))]),
        };
        var threshold = 0.02 + 0.4 * random.NextDouble();
        var source = random.Next(people);
        var oracle = new PathOracle(snapshot, options);
        var row = snapshot.Row(source);
        var contacts = row.Neighbours[..row.MutualCount].ToArray();
        var expected = Enumerable.Range(0, people).Where(person => person != source && !contacts.Contains(person))
            .Select(person => oracle.ToOne(source, person).Where(path => path.Score >= threshold).ToList())
            .Where(paths => paths.Count > 0).ToList();

        var reach = Compute(snapshot, source, threshold, options);
        reach.People.ShouldBe(expected.Count, seed.ToString());
        reach.Brokers.Sum(broker => broker.BestFor).ShouldBe(expected.Count);
        foreach (var broker in reach.Brokers)
        {
            broker.BestFor.ShouldBe(expected.Count(paths => paths[0].People[1] == broker.Broker), seed.ToString());
            if (contacts.Length <= options.Paths)
                broker.People.ShouldBe(expected.Count(paths => paths.Any(path => path.People[1] == broker.Broker)), seed.ToString());
        }
    }

    private static IntroductionReach Compute(NetworkSnapshot snapshot, int source, double threshold, IntroductionOptions options) =>
        IntroductionReach.Compute(snapshot, source, options, threshold, TestContext.Current.CancellationToken);
}
