using NetworkGraph.Analytics.Models;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Tests.Models;

public class ModelTrainerTests
{
    private static readonly long s_gridMs = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_year_of_mail_is_enough_for_ties_hops_and_pairs()
    {
        var models = Train(MonthsOfMail.WithNewTies(1));
        models.Select(static model => model.Kind).ShouldBe([ModelKind.Persistence, ModelKind.Connection, ModelKind.Hop], ignoreOrder: true);
        var ties = models.Single(static model => model.Kind is ModelKind.Persistence);
        (ties.GridMs, ties.AtMs, ties.Position, ties.Parameters.Length).ShouldBe((s_gridMs, 7, 1_000_000, TieFeatures.Count));
        var hop = models.Single(static model => model.Kind is ModelKind.Hop).Parameters;
        hop[1].ShouldBeGreaterThan(0);
        IntroductionModelOptions.HalfLives.ShouldContain(hop[2]);
    }

    [Fact]
    public void What_happens_on_the_date_and_later_changes_nothing()
    {
        var all = MonthsOfMail.From(2);
        var before = all.Where(static mail => mail.AtMs < s_gridMs).ToList();
        all.Count.ShouldBeGreaterThan(before.Count);
        Numbers(Train(all)).ShouldBe(Numbers(Train(before)));
    }

    [Fact]
    public void The_same_history_gives_the_same_bits() =>
        Numbers(Train(MonthsOfMail.From(3))).ShouldBe(Numbers(Train(MonthsOfMail.From(3))));

    [Fact]
    public void What_came_after_the_position_changes_nothing()
    {
        var mails = MonthsOfMail.From(4);
        var known = mails.Count * 3 / 4;
        var models = Numbers(Train(mails, known).Where(static model => model.Kind is ModelKind.Persistence));
        models.ShouldNotBeEmpty();
        models.ShouldBe(Numbers(Train([.. mails.Take(known)], known).Where(static model => model.Kind is ModelKind.Persistence)));
    }

    [Fact]
    public void A_history_of_a_month_teaches_nothing() => Train(MonthsOfMail.From(5), gridMs: MonthsOfMail.At(29)).ShouldBeEmpty();

    [Fact]
    public void What_is_learned_foretells_better_than_the_prior()
    {
        var histories = Folded(MonthsOfMail.From(6));
        var trainer = new ModelTrainer(histories, PeopleOptions.Default, Priors.Shipped);
        var ties = trainer.Train(s_gridMs, long.MaxValue, 0, Stop).Single(static model => model.Kind is ModelKind.Persistence);
        var rows = trainer.TiesAt(s_gridMs, ties.WindowDays, long.MaxValue, int.MaxValue, Stop);
        Brier(ties.Parameters).ShouldBeLessThan(Brier([.. ModelPriors.Persistence]));

        double Brier(double[] weights)
        {
            var sum = 0.0;
            for (var i = 0; i < rows.Count; i++)
            {
                var miss = NetworkGraph.Engine.Learning.RidgeLogistic.Probability(weights, rows.Row(i)) - (rows.Labels[i] ? 1 : 0);
                sum += miss * miss;
            }
            return sum / rows.Count;
        }
    }

    private static IReadOnlyList<ModelTrained> Train(List<Interaction> mails, long position = 1_000_000, long? gridMs = null) =>
        new ModelTrainer(Folded(mails), PeopleOptions.Default, Priors.Shipped).Train(gridMs ?? s_gridMs, position, 7, Stop);

    private static HistoryStore Folded(List<Interaction> mails)
    {
        var histories = new HistoryStore();
        for (var i = 0; i < mails.Count; i++) histories.Apply(mails[i], i + 1);
        return histories;
    }

    private static string[] Numbers(IEnumerable<ModelTrained> models) =>
        [.. models.Select(static model =>
            $"{model.Kind} {model.WindowDays} {model.Rows} "
            + $"{string.Join(' ', model.Parameters.Select(static number => number.ToString("R", null)))}")];
}
