using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Huddles;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Tests.Structure;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Huddles;

public class HuddleSearchTests
{
    [Fact]
    public void It_finds_what_trying_every_group_finds_and_proves_it() => Prop.ForAll(Seeds(), seed =>
    {
        var problem = RandomProblem.Of(seed, most: 13);
        var huddle = HuddleSearch.Best(problem.Likelihoods, problem.Excludes, problem.Options, Checks.Stop);
        var expected = problem.BestByTrying();
        if (expected is null)
        {
            huddle.ShouldBeNull();
            return;
        }
        huddle.ShouldNotBeNull().Total.ShouldBe(expected.Value, 1e-5, $"seed {seed}");
        huddle.IsOptimal.ShouldBeTrue();
        problem.Check(huddle);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Out_of_steps_the_group_is_allowed_and_the_bound_holds() => Prop.ForAll(Seeds(), seed =>
    {
        var problem = RandomProblem.Of(seed, most: 13);
        var huddle = HuddleSearch.Best(problem.Likelihoods, problem.Excludes, problem.Options with { Steps = seed % 40 }, Checks.Stop);
        if (huddle is null) return;
        problem.Check(huddle);
        huddle.Bound.ShouldBeGreaterThanOrEqualTo(problem.BestByTrying()!.Value - 1e-5);
        huddle.Bound.ShouldBeGreaterThanOrEqualTo(huddle.Total);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Among_more_than_can_be_searched_the_best_clique_is_found_and_the_bound_covers_the_rest()
    {
        const int People = 3000;
        var likelihoods = Enumerable.Range(0, People).Select(_ => new List<PairLikelihood>()).ToArray();
        for (var a = 0; a < People; a++)
        {
            for (var b = a + 1; b < Math.Min(People, a + 4); b++)
            {
                var likelihood = a / 7 == 100 && b / 7 == 100 ? 0.9f : 0.2f;
                likelihoods[a].Add(new PairLikelihood(b, likelihood));
                likelihoods[b].Add(new PairLikelihood(a, likelihood));
            }
        }
        PairLikelihood[][] rows = [.. likelihoods.Select(row => row.OrderBy(pair => pair.Other).ToArray())];
        var huddle = HuddleSearch.Best(rows, static (_, _) => false, new HuddleOptions { Size = 5 }, Checks.Stop).ShouldNotBeNull();
        huddle.People.ShouldAllBe(person => person / 7 == 100);
        huddle.Bound.ShouldBeGreaterThanOrEqualTo(huddle.Total);
        HuddleSearch.Best(rows, static (_, _) => false, new HuddleOptions { Size = 5 }, Checks.Stop)!.People.ShouldBe(huddle.People);
        Should.Throw<OperationCanceledException>(
            () => HuddleSearch.Best(rows, static (_, _) => false, new HuddleOptions { Size = 5 }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_pair_is_as_likely_as_its_tie_and_its_common_contacts_make_it() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var people = random.Next(2, 10);
        var ties = (from low in Enumerable.Range(0, people)
                    from high in Enumerable.Range(low + 1, people - low - 1)
                    where random.Next(2) == 0
                    select (low, high, Strength: random.NextDouble() * 20)).ToArray();
        var options = new IntroductionOptions
        {
            Constraints = new IntroductionConstraints(
            [random.Next(people)], [(random.Next(people), random.Next(people))])
        };
        var snapshot = Mutual(people, ties);
        int[] candidates = [.. Enumerable.Range(0, people).Where(_ => random.Next(4) > 0)];
        var rows = PairLikelihoods.Compute(snapshot, candidates, options, Checks.Stop);
        var hop = new double[people, people];
        foreach (var (low, high, strength) in ties)
            if (!options.Constraints.IsBlocked(low, high))
                hop[low, high] = hop[high, low] = strength < options.MinStrength ? 0 : options.Hop.Probability(strength);
        for (var i = 0; i < candidates.Length; i++)
        {
            for (var j = 0; j < candidates.Length; j++)
            {
                if (i == j) continue;
                var fails = 1 - hop[candidates[i], candidates[j]];
                for (var z = 0; z < people; z++)
                    if (z != candidates[i] && z != candidates[j] && !options.Constraints.IsClosed(z))
                        fails *= 1 - options.Delta * hop[candidates[i], z] * hop[z, candidates[j]];
                rows[i].FirstOrDefault(pair => pair.Other == j).Likelihood.ShouldBe((float)(1 - fails), 1e-3, $"seed {seed}");
            }
        }
    }).Check(Config.QuickThrowOnFailure);

    private sealed record RandomProblem(PairLikelihood[][] Likelihoods, bool[,] Excluded, double[,] Weights, HuddleOptions Options)
    {
        public Func<int, int, bool> Excludes => (a, b) => Excluded[a, b];

        public static RandomProblem Of(int seed, int most)
        {
            var random = new Random(seed);
            var people = random.Next(1, most + 1);
            var (weights, excluded) = (new double[people, people], new bool[people, people]);
            var density = random.NextDouble();
            for (var a = 0; a < people; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    weights[a, b] = weights[b, a] = random.NextDouble() < density ? (float)random.NextDouble() : 0;
                    excluded[a, b] = excluded[b, a] = random.Next(5) == 0;
                }
            }
            PairLikelihood[][] rows = [.. Enumerable.Range(0, people).Select(a => Enumerable.Range(0, people).Where(b => weights[a, b] > 0)
                .Select(b => new PairLikelihood(b, (float)weights[a, b])).ToArray())];
            var options = new HuddleOptions
            {
                Size = random.Next(2, 7),
                Required = random.Next(2) == 0 ? random.Next(people) : -1,
                Seed = (ulong)seed
            };
            return new RandomProblem(rows, excluded, weights, options);
        }

        public double? BestByTrying()
        {
            var people = Weights.GetLength(0);
            double? best = null;
            for (var set = 0; set < 1 << people; set++)
            {
                if (int.PopCount(set) != Options.Size || (Options.Required >= 0 && (set >> Options.Required & 1) == 0)) continue;
                var members = Enumerable.Range(0, people).Where(person => (set >> person & 1) != 0).ToList();
                if (members.Any(a => members.Any(b => a < b && Excluded[a, b]))) continue;
                var total = members.Sum(a => members.Where(b => b < a).Sum(b => Weights[a, b]));
                if (best is null || total > best) best = total;
            }
            return best;
        }

        public void Check(Huddle huddle)
        {
            huddle.People.Length.ShouldBe(Options.Size);
            huddle.People.Distinct().Count().ShouldBe(Options.Size);
            if (Options.Required >= 0) huddle.People.ShouldContain(Options.Required);
            foreach (var a in huddle.People)
                foreach (var b in huddle.People) Excluded[a, b].ShouldBeFalse();
            huddle.Total.ShouldBe(huddle.People.Sum(a => huddle.People.Where(b => b < a).Sum(b => Weights[a, b])), 1e-5);
        }
    }
}
