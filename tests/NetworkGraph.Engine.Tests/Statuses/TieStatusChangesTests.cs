using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Statuses;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Statuses;

public class TieStatusChangesTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void What_began_cooled_and_slept_is_counted_and_the_strongest_named()
    {
        var weekly = Talk(lastDay: 700);
        var earlier = TestNetworks.Build(
            TestNetworks.People(6), [(0, 1, weekly), (2, 3, weekly with { ContactStrengthIn = 20 }), (1, 2, Talk(lastDay: 550))],
            700 * Day);
        var later = TestNetworks.Build(
            TestNetworks.People(6),
                [(0, 1, weekly), (2, 3, weekly with { ContactStrengthIn = 20 }), (1, 2, Talk(lastDay: 550)),
                (4, 5, Talk(lastDay: 735) with { FirstContactMs = 720 * Day })], 740 * Day);

        var changes = TieStatusChanges.Compute(earlier, later, StatusThresholds.Default, 1, TestContext.Current.CancellationToken);

        changes.Count(null, TieStatus.New).ShouldBe(1);
        changes.Count(TieStatus.Active, TieStatus.Cooling).ShouldBe(2);
        changes.Count(TieStatus.Cooling, TieStatus.Dormant).ShouldBe(1);
        changes.Count(TieStatus.Active, TieStatus.Dormant).ShouldBe(0);
        changes.Strongest(TieStatus.Active, TieStatus.Cooling).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => (change.Low, change.High).ShouldBe((2, 3)),
            change => change.Strength.ShouldBe(Math.Sqrt(5 * 20) * TestNetworks.Decay.Factor(700 * Day), 1e-5));
    }

    [Fact]
    public void It_equals_looking_at_each_pair_on_any_network() =>
        Prop.ForAll(TestNetworks.Seeds(), seed =>
        {
            var random = new Random(seed);
            var people = random.Next(2, 50);
            var dyads = Enumerable.Range(0, people * 3).Select(_ => (Low: random.Next(people), High: random.Next(people))).Where(
                static d => d.Low < d.High).Distinct()
                .Select(d => (d.Low, d.High, Facts: TestNetworks.RandomFacts(random) with { StrengthOut = 1, StrengthIn = random.Next(3) }))
                    .ToList();
            var ids = TestNetworks.People(people);
            var asOfMs = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            var later = TestNetworks.Build(ids, dyads, asOfMs);
            var earlier = TestNetworks.Build(
                ids, dyads.Where((_, i) => i % 4 > 0).Select(d => (d.Low, d.High, d.Facts with { ContactsIn = 0 })), asOfMs - 400 * Day);

            var changes = TieStatusChanges.Compute(earlier, later, StatusThresholds.Default, 3, TestContext.Current.CancellationToken);

            var expected = Enumerable.Range(0, people).SelectMany(low => Changes(earlier, later, low)).GroupBy(static c => c).ToDictionary(
                static g => g.Key, static g => g.LongCount());
            foreach (var after in Enum.GetValues<TieStatus>())
                foreach (var before in Enum.GetValues<TieStatus>().Select(static s => (TieStatus?)s).Append(null))
                {
                    var count = expected.GetValueOrDefault((before, after));
                    changes.Count(before, after).ShouldBe(before == after ? 0 : count);
                    changes.Strongest(before, after).Count.ShouldBe(before == after ? 0 : (int)Math.Min(3, count));
                }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static List<(TieStatus? Before, TieStatus After)> Changes(NetworkSnapshot earlier, NetworkSnapshot later, int low)
    {
        var found = new List<(TieStatus?, TieStatus)>();
        var row = later.Row(low);
        for (var entry = 0; entry < row.Count; entry++)
        {
            if (row.Neighbours[entry] < low) continue;
            var before = earlier.Row(low);
            var place = before.IndexOf(row.Neighbours[entry]);
            found.Add((place < 0 ? null : TieStatusRule.Of(before.FactsAt(place), earlier.AsOfMs, StatusThresholds.Default),
                TieStatusRule.Of(row.FactsAt(entry), later.AsOfMs, StatusThresholds.Default)));
        }
        return found;
    }

    private static DyadFacts Talk(int lastDay) => new()
    {
        StrengthOut = 5,
        StrengthIn = 5,
        FirstContactMs = 0,
        LastContactMs = lastDay * Day,
        ContactStrengthOut = 5,
        ContactStrengthIn = 5,
        RhythmDays = 7,
        Episodes = 7,
        Interactions = 20,
        ContactsOut = 10,
        ContactsIn = 10,
    };
}
