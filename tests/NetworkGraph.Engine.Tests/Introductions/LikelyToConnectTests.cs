using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Introductions;

public class LikelyToConnectTests
{
    [Fact]
    public void Two_common_contacts_by_hand()
    {
        // 0 and 1 both know 2 (who knows three) and 3 (who knows two).
        var snapshot = Build(
            People(5), [(0, 2, Facts(2, 1)), (1, 2, Facts(4, 0)), (2, 4, Facts(1, 1)), (0, 3, Facts(1, 1)), (1, 3, Facts(1, 3))]);

        var expected = LikelyToConnect.Probability(1 / 3.0 + 1 / 2.0, 5, 8);
        LikelyToConnect.Of(snapshot, 0, 1)!.Value.ShouldBe(expected, 1e-6);
        LikelyToConnect.Of(snapshot, 1, 0)!.Value.ShouldBe(expected, 1e-6);
        LikelyToConnect.Probability(0.2, 20, 50).ShouldBe(0.0084, 5e-5);
    }

    [Fact]
    public void Who_is_tied_already_in_either_direction_has_none()
    {
        var snapshot = Build(People(3), [(0, 1, Facts(1, 0)), (1, 2, Facts(1, 1))]);
        LikelyToConnect.Of(snapshot, 0, 1).ShouldBeNull();
        LikelyToConnect.Of(snapshot, 1, 0).ShouldBeNull();
        LikelyToConnect.Of(snapshot, 1, 1).ShouldBeNull();
    }

    [Fact]
    public void Strangers_are_less_likely_than_people_with_a_contact_in_common()
    {
        var snapshot = Build(People(5), [(0, 1, Facts(2, 2)), (1, 2, Facts(2, 2)), (3, 4, Facts(2, 2))]);
        LikelyToConnect.Of(snapshot, 0, 3)!.Value.ShouldBeLessThan(LikelyToConnect.Of(snapshot, 0, 2)!.Value / 10);
    }

    [Fact]
    public void What_is_long_ago_counts_for_less()
    {
        var now = Build(People(3), [(0, 1, Facts(2, 2)), (1, 2, Facts(2, 2))]);
        var later = new SnapshotWriter(now).Publish((long)(720 * TieDecay.DayMs));
        LikelyToConnect.Of(later, 0, 2)!.Value.ShouldBeLessThan(LikelyToConnect.Of(now, 0, 2)!.Value);
    }

    [Fact]
    public void It_is_a_probability_the_same_for_both_and_rises_with_each_part() =>
        Prop.ForAll(TestNetworks.Seeds(), seed =>
        {
            var random = new Random(seed);
            var people = random.Next(3, 40);
            var pairs = new HashSet<(int Low, int High)>();
            for (var tie = 0; tie < 2 * people; tie++)
                if ((random.Next(people), random.Next(people)) is var (one, other) && one != other)
                    pairs.Add((Math.Min(one, other), Math.Max(one, other)));
            var snapshot = Build(People(people), pairs.Select(pair => (pair.Low, pair.High, RandomFacts(random))));
            for (var pair = 0; pair < 20; pair++)
            {
                var (first, second) = (random.Next(people), random.Next(people));
                var likely = LikelyToConnect.Of(snapshot, first, second);
                likely.HasValue.ShouldBe(first != second && snapshot.Row(first).IndexOf(second) < 0);
                if (likely is not { } probability) continue;
                probability.ShouldBeInRange(0, 1);
                LikelyToConnect.Of(snapshot, second, first)!.Value.ShouldBe(probability, 1e-12);
            }
            var (allocation, less, more) = (random.NextDouble(), random.NextDouble() * 100, 100 + random.NextDouble() * 100);
            var at = LikelyToConnect.Probability(allocation, less, more);
            LikelyToConnect.Probability(allocation + 0.1, less, more).ShouldBeGreaterThan(at);
            LikelyToConnect.Probability(allocation, less + 1, more).ShouldBeGreaterThan(at);
            LikelyToConnect.Probability(allocation, less, more + 1).ShouldBeGreaterThan(at);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
}
