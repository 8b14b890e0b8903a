using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Ties;

public class PersistencePriorTests
{
    [Fact]
    public void It_is_a_probability_that_falls_with_silence_and_rises_with_every_interaction() => Prop.ForAll(
        Gen.Choose(0, 5000).ToArbitrary(), Gen.Choose(0, 900).ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (silence, gap, interactions) =>
        {
            var probability = PersistencePrior.Probability(silence, gap, interactions);
            probability.ShouldBeInRange(0, 1);
            PersistencePrior.Probability(silence + 1, gap, interactions).ShouldBeLessThan(probability);
            PersistencePrior.Probability(silence, gap, interactions + 1).ShouldBeGreaterThan(probability);
            PersistencePrior.Probability(silence, gap + 1, interactions).ShouldBeGreaterThanOrEqualTo(probability);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 7, 9, 0.9)]
    [InlineData(60, 7, 9, 0.45)]
    [InlineData(90, 30, 1, 0.25)]
    [InlineData(-5, 7, 1, 0.5)]
    public void It_is_what_the_formula_says(double silenceDays, double medianGapDays, int interactions, double probability) =>
        PersistencePrior.Probability(silenceDays, medianGapDays, interactions).ShouldBe(probability, 1e-12);
}
