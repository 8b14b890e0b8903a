using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Statistics;

namespace NetworkGraph.Engine.Tests.Statistics;

public class KaplanMeierTests
{
    private static readonly Arbitrary<(double Time, bool Happened)[]> s_cases = Arb.From(
        Gen.ListOf(from time in Gen.Choose(0, 40) from happened in Gen.Elements(true, true, false) select (time / 4.0, happened))
            .Select(cases => cases.ToArray()));

    /// <summary>Weeks of remission of leukaemia under 6-MP: Freireich et al. 1963, the example of most textbooks.</summary>
    [Fact]
    public void The_textbook_example_comes_out_as_in_the_textbook()
    {
        double[] times = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
        int[] censored = [3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20];
        var happened = times.Select((_, i) => !censored.Contains(i)).ToArray();

        var curve = KaplanMeier.Curve(times, happened);

        curve.Select(s => (s.Time, s.AtRisk, s.Events)).ShouldBe(
            [(6, 21, 3), (7, 17, 1), (10, 15, 1), (13, 12, 1), (16, 11, 1), (22, 7, 1), (23, 6, 1)]);
        Rounded(curve.Select(s => s.Survival)).ShouldBe([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]);
        Rounded(curve.Select(s => s.Low)).ShouldBe([0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]);
        Rounded(curve.Select(s => s.High)).ShouldBe([0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]);
        KaplanMeier.Median(curve).ShouldBe(23);
    }

    [Fact]
    public void Without_anybody_pending_the_curve_is_the_share_left_over()
    {
        var curve = KaplanMeier.Curve([3, 1, 2, 2], [true, true, true, true]);

        curve.Select(s => (s.Time, s.Survival)).ShouldBe([(1, 0.75), (2, 0.25), (3, 0)]);
        (double.IsNaN(curve[^1].Low), double.IsNaN(curve[^1].High)).ShouldBe((true, true));
        KaplanMeier.Median(curve).ShouldBe(2);
    }

    [Fact]
    public void Nothing_has_happened_to_those_who_are_all_pending()
    {
        var curve = KaplanMeier.Curve([1, 2], [false, false]);

        curve.ShouldBeEmpty();
        KaplanMeier.Median(curve).ShouldBeNull();
        KaplanMeier.Curve([], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_case_pending_since_the_time_of_an_event_was_at_risk_of_it()
    {
        KaplanMeier.Curve([5, 5], [false, true]).ShouldHaveSingleItem().AtRisk.ShouldBe(2);
    }

    [Fact]
    public void Every_outcome_needs_its_time() => Should.Throw<ArgumentException>(() => KaplanMeier.Curve([1, 2], [true]));

    /// <summary>Efron's redistribution to the right: another construction of the same estimate.</summary>
    [Fact]
    public void The_curve_equals_what_passing_on_the_weight_of_the_pending_gives() =>
        Prop.ForAll(s_cases, cases =>
        {
            var curve = KaplanMeier.Curve([.. cases.Select(c => c.Time)], [.. cases.Select(c => c.Happened)]);

            var ordered = cases.OrderBy(c => c.Time).ThenByDescending(c => c.Happened).ToArray();
            var weights = Enumerable.Repeat(1.0 / Math.Max(1, cases.Length), cases.Length).ToArray();
            for (var i = 0; i < ordered.Length - 1; i++)
            {
                if (ordered[i].Happened) continue;
                for (var later = i + 1; later < ordered.Length; later++) weights[later] += weights[i] / (ordered.Length - i - 1);
                weights[i] = 0;
            }
            foreach (var step in curve)
            {
                var left = 1 - ordered.Select((c, i) => c.Happened && c.Time <= step.Time ? weights[i] : 0).Sum();
                step.Survival.ShouldBe(left, 1e-9);
                step.AtRisk.ShouldBe(cases.Count(c => c.Time >= step.Time));
                if (step.Survival > 0) step.Survival.ShouldBeInRange(step.Low - 1e-12, step.High + 1e-12);
            }
            curve.Select(s => s.Time).ShouldBe(cases.Where(c => c.Happened).Select(c => c.Time).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<double> Rounded(IEnumerable<double> values) => values.Select(v => Math.Round(v, 4));
}
