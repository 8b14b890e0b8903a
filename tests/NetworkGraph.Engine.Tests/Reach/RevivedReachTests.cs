using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Reach;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Tests.Structure;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Reach;

public class RevivedReachTests
{
    [Fact]
    public void A_snapshot_with_one_dyad_otherwise_is_the_one_built_that_way() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var people = random.Next(2, 9);
        var dyads = (from low in Enumerable.Range(0, people)
                     from high in Enumerable.Range(low + 1, people - low - 1)
                     where random.Next(2) == 0
                     select (low, high, RandomFacts(random))).ToList();
        var snapshot = Build(People(people), dyads);
        var before = Rows(snapshot);
        var person = random.Next(people);
        var other = (person + 1 + random.Next(people - 1)) % people;
        var facts = RandomFacts(random);
        var overlay = SnapshotOverlay.With(snapshot, person, other, facts);
        var (first, second) = (Math.Min(person, other), Math.Max(person, other));
        var expected = Build(
            People(people), [.. dyads.Where(d => (d.low, d.high) != (first, second)),
            (first, second, person == first ? facts : facts.Reversed())]);
        Rows(overlay).ShouldBe(Rows(expected));
        overlay.Entries.ShouldBe(expected.Entries);
        Rows(snapshot).ShouldBe(before);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void What_is_gained_is_what_paths_reach_then_and_not_now() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var people = random.Next(3, 11);
        var dyads = (from low in Enumerable.Range(0, people)
                     from high in Enumerable.Range(low + 1, people - low - 1)
                     where random.Next(3) == 0
                     select (low, high, Facts(1 + 30 * random.NextDouble(), random.Next(4) * 8))).ToList();
        var snapshot = Build(People(people), dyads);
        var options = new IntroductionOptions { MaxHops = random.Next(2, 5) };
        var strength = 30 * random.NextDouble();
        var revived = RevivedReach.Compute(snapshot, 0, 1, strength, options, 0.1, Checks.Stop);
        var then = Build(People(people), [.. dyads.Where(d => (d.low, d.high) != (0, 1)), (0, 1, Renewed(dyads, strength))]);
        var gained = Enumerable.Range(1, people - 1).Where(
            person => Reaches(then, person, options) && !Reaches(snapshot, person, options)).ToList();
        revived.Gained.Select(reached => reached.Person).ShouldBe(gained, ignoreOrder: true, $"seed {seed}");
        foreach (var reached in revived.Gained.Concat(revived.Improved)) reached.Score.ShouldBe(Best(then, reached.Person, options), 1e-6);
        revived.Improved.ShouldAllBe(reached => reached.Score >= 1.1 * reached.Before!.Value);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_tie_that_stays_as_it_is_changes_nothing()
    {
        var snapshot = Mutual(5, (0, 1, 30), (1, 2, 30), (2, 3, 30), (0, 4, 5));
        var revived = RevivedReach.Compute(snapshot, 0, 1, 0, new IntroductionOptions(), 0.2, Checks.Stop);
        (revived.Now, revived.Then, revived.Gained.Count, revived.Improved.Count).ShouldBe((2, 2, 0, 0));
    }

    private static DyadFacts Renewed(List<(int Low, int High, DyadFacts Facts)> dyads, double strength)
    {
        var known = dyads.FirstOrDefault(d => (d.Low, d.High) == (0, 1)).Facts;
        // What a hop's strength is in each direction is not kept, so the mutual one is what is no less than before.
        return Facts(Math.Max(known.StrengthOut, strength),
            Math.Max(known.StrengthIn, strength)) with
        { HopStrength = Math.Max(known.HopStrength, strength) };
    }

    private static double Best(NetworkSnapshot snapshot, int person, IntroductionOptions options) =>
        IntroductionSearch.ToOne(snapshot, 0, person, options, Checks.Stop) is [var best, ..] ? best.Score : 0;

    private static bool Reaches(NetworkSnapshot snapshot, int person, IntroductionOptions options)
    {
        var row = snapshot.Row(0);
        return !row.Neighbours[..row.MutualCount].Contains(person) && Best(snapshot, person, options) >= 0.1;
    }
}
