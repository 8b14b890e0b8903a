using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Ties;

public class PersistencePriorTests
{
    [Fact]
    public void Probability_falls_with_silence_and_rises_with_episodes_and_contacts() => Prop.ForAll(
        Gen.Choose(0, 5000).ToArbitrary(), Gen.Choose(1, 900).ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (silence, rhythm, episodes) =>
        {
            var probability = PersistencePrior.Probability(silence, rhythm, episodes, 1, 2);
            probability.ShouldBeInRange(0, 1);
            PersistencePrior.Probability(silence + 1, rhythm, episodes, 1, 2).ShouldBeLessThan(probability);
            PersistencePrior.Probability(silence, rhythm, episodes + 1, 1, 2).ShouldBeGreaterThan(probability);
            PersistencePrior.Probability(silence, rhythm, episodes, 2, 2).ShouldBeGreaterThan(probability);
            PersistencePrior.Probability(silence, rhythm + 1, episodes, 1, 2).ShouldBeGreaterThanOrEqualTo(probability);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Probability_is_what_the_formula_says()
    {
        var x = -3.487 - 0.196 * Math.Log(31) + 1.496 * Math.Log(11) - 0.495 * Math.Log(1 + 30 / 7.0) + 0.838 * Math.Log(6) + 0.401 * Math.Log(9);
        PersistencePrior.Probability(30, 7, 10, 5, 8).ShouldBe(1 / (1 + Math.Exp(-x)), 1e-12);
        PersistencePrior.Probability(-5, double.NaN, 1, 1, 1).ShouldBe(PersistencePrior.Probability(0, 30, 1, 1, 1));
    }
}
