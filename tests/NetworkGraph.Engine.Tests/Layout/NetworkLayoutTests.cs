using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Layout;
using NetworkGraph.Engine.Tests.Structure;

namespace NetworkGraph.Engine.Tests.Layout;

public class NetworkLayoutTests
{
    [Fact]
    public void Everyone_keeps_the_strongest_ties_to_people_shown() => Prop.ForAll(GeneratedNetwork.Any(), network =>
    {
        var snapshot = network.Snapshot();
        var shown = Enumerable.Range(0, network.People).Where(person => person % 4 != 3).Reverse().ToArray();
        var ties = SparsifiedEdges.Compute(snapshot, shown, 3, Checks.Stop);
        var weights = network.Weights();
        var expected = new HashSet<(int, int)>();
        for (var place = 0; place < shown.Length; place++)
        {
            var strongest = Enumerable.Range(0, shown.Length).Where(other => weights[shown[place], shown[other]] > 0)
                .OrderByDescending(other => (float)weights[shown[place], shown[other]]).ThenBy(other => other).Take(3);
            foreach (var other in strongest) expected.Add((Math.Min(place, other), Math.Max(place, other)));
        }
        ties.Select(tie => (Math.Min(tie.From, tie.To), Math.Max(tie.From, tie.To))).ShouldBe(expected, ignoreOrder: true);
        foreach (var tie in ties) snapshot.Row(shown[tie.From]).Neighbours[tie.Entry].ShouldBe(shown[tie.To]);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_map_is_the_same_whatever_the_threads_and_lies_in_the_unit_circle()
    {
        var (communityOf, ties) = Cliques(30, 20);
        var map = NetworkLayout.Compute(communityOf, 30, ties, Checks.Stop, threads: 1);
        var again = NetworkLayout.Compute(communityOf, 30, ties, Checks.Stop, threads: 3);
        again.X.ShouldBe(map.X);
        again.Y.ShouldBe(map.Y);
        for (var place = 0; place < communityOf.Length; place++)
            (map.X[place] * map.X[place] + map.Y[place] * map.Y[place]).ShouldBeLessThanOrEqualTo(1.0001f);
    }

    [Fact]
    public void People_of_a_community_stand_together_and_no_one_on_somebody_else()
    {
        var (communityOf, ties) = Cliques(12, 25);
        var map = NetworkLayout.Compute(communityOf, 12, ties, Checks.Stop);
        var nearerToOwn = 0;
        for (var a = 0; a < communityOf.Length; a++)
        {
            var nearest = Enumerable.Range(0, communityOf.Length).Where(b => b != a).MinBy(b => Distance(map, a, b));
            Distance(map, a, nearest).ShouldBeGreaterThan(0);
            nearerToOwn += communityOf[nearest] == communityOf[a] ? 1 : 0;
        }
        nearerToOwn.ShouldBeGreaterThan(communityOf.Length * 9 / 10);
    }

    [Fact]
    public void Circles_are_as_large_as_their_communities_and_overlap_little()
    {
        int[] sizes = [.. Enumerable.Range(0, 400).Select(c => Math.Max(1, 200 - c))];
        var circles = CommunityPacking.Compute(sizes, [(0, 1, 5), (0, 2, 1), (3, 350, 2)], Checks.Stop);
        for (var c = 1; c < sizes.Length; c++) circles.Radius[c].ShouldBeLessThanOrEqualTo(circles.Radius[c - 1]);
        for (var a = 0; a < 300; a++)
        {
            for (var b = a + 1; b < 300; b++)
            {
                var distance = Math.Sqrt(Math.Pow(circles.X[a] - circles.X[b], 2) + Math.Pow(circles.Y[a] - circles.Y[b], 2));
                distance.ShouldBeGreaterThan(0.8 * (circles.Radius[a] + circles.Radius[b]), $"{a} and {b}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_map_of_no_one_or_of_one_person_is_a_map(int people)
    {
        var map = NetworkLayout.Compute(new int[people], people, [], Checks.Stop);
        map.X.Length.ShouldBe(people);
        map.X.ShouldAllBe(x => float.IsFinite(x));
    }

    private static double Distance(MapLayout map, int a, int b) =>
        Math.Sqrt(Math.Pow(map.X[a] - map.X[b], 2) + Math.Pow(map.Y[a] - map.Y[b], 2));

    private static (int[] CommunityOf, SparsifiedEdge[] Ties) Cliques(int communities, int size)
    {
        var random = new Random(5);
        var communityOf = Enumerable.Range(0, communities * size).Select(place => place % communities).ToArray();
        var ties = new List<SparsifiedEdge>();
        for (var place = 0; place < communityOf.Length; place++)
        {
            for (var i = 0; i < 3; i++)
            {
                var other = random.Next(20) == 0 ? random.Next(communityOf.Length) : communityOf[place] + communities * random.Next(size);
                if (other != place) ties.Add(new SparsifiedEdge(place, other, 0, 1));
            }
        }
        return (communityOf, [.. ties]);
    }
}
