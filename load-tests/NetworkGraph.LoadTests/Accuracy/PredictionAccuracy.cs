using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Models;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>
/// Question: do the measures that claim to predict do so?
/// Method: out of time. Models are learned at the last grid date before a date, as a server learns them, from priors that were fitted on
/// the other sets (<see cref="PriorFits"/>); what they say at the date is compared with what followed.
/// Data: email-eu, manufacturing mail, MathOverflow, Bitcoin OTC (shared/data).
/// </summary>
public sealed class PredictionAccuracy(AccuracySet set, Priors priors)
{
    private readonly ModelTrainer _trainer = new(set.Histories, PeopleOptions.Default, priors);
    private readonly Dictionary<long, IReadOnlyList<ModelTrained>> _models = [];

    /// <summary>
    /// P(persist) of all ties with contacts at a date, learned and by the prior alone; null where the window ends after the data.
    /// </summary>
    public (Forecasts Learned, Forecasts Prior, int Days)? Persistence(double share, int? days = null)
    {
        var atMs = set.Mails.At(share);
        var within = days ?? TieForecast.WindowOf(set.Histories.Dates.HistoryDays(atMs) ?? 0);
        if (!set.Reaches(atMs, within)) return null;
        var rows = set.Trainer.TiesAt(atMs, within, long.MaxValue, int.MaxValue, CancellationToken.None);
        return (Given(rows, Of(ModelKind.Persistence, atMs) ?? [.. priors.Persistence]), Given(rows, [.. priors.Persistence]), within);
    }

    /// <summary>
    /// Are contacts over ties that carry introductions answered within 14 days? The hop's probability, learned at the middle of the
    /// time, over the second half; and the share answered in the first half.
    /// </summary>
    public (Forecasts Forecasts, double Base, HopFit Fit) Replies()
    {
        var half = AccuracySet.GridOf(set.Mails.Mails[0].AtMs + (set.EndMs - set.Mails.Mails[0].AtMs) / 2);
        var fit = _trainer.FitHop(half, long.MaxValue, CancellationToken.None) is { } learned
            ? new HopFit(new HopModel(learned.Alpha, learned.Beta), learned.HalfLife, half)
            : new HopFit(priors.Hop, HopModel.PriorHalfLifeDays, null);
        var before = _trainer.SendsBetween(long.MinValue / 2, half, long.MaxValue, CancellationToken.None);
        var after = _trainer.SendsBetween(half, set.EndMs, long.MaxValue, CancellationToken.None);
        var forecasts = new Forecasts();
        for (var i = 0; i < after.Count; i++)
            forecasts.Add(fit.Model.Probability(after.Strength(i, fit.HalfLifeDays)), after.IsAnswered(i));
        return (forecasts, Enumerable.Range(0, before.Count).Count(before.IsAnswered) / (double)Math.Max(1, before.Count), fit);
    }

    /// <summary>
    /// Which dormant ties have another contact within so many days: P(answer), the reconnect value as answers give it to both sides,
    /// and silence alone, each as it orders them.
    /// </summary>
    public async Task<(Forecasts Answer, Forecasts Value, Forecasts Silence)?> RevivalAsync(long atMs, int days)
    {
        if (!set.Reaches(atMs, days)) return null;
        var rows = set.Trainer.DormantAt(atMs, days, long.MaxValue, CancellationToken.None);
        var answers = Given(rows, Of(ModelKind.Answer, atMs) ?? [.. priors.Answer]);
        var silences = new Forecasts();
        for (var i = 0; i < rows.Count; i++) silences.Add(-rows.Row(i)[1], rows.Labels[i]);
        return (answers, await ValuesAsync(atMs, days), silences);
    }

    /// <summary>likelyToConnect of pairs of people active at a date without a tie: those who tied, and a sample of the others.</summary>
    public (Forecasts Learned, Forecasts Prior)? Connections(double share)
    {
        var atMs = set.Mails.At(share);
        if (!set.Reaches(atMs, LikelyToConnect.WindowDays)) return null;
        var rows = set.Trainer.Connections(
            set.Trainer.SnapshotAt(atMs, long.MaxValue, CancellationToken.None), long.MaxValue, CancellationToken.None);
        return (Given(rows, Of(ModelKind.Connection, atMs) ?? [.. priors.Connection]), Given(rows, [.. priors.Connection]));
    }

    /// <summary>The hop's model at a date: learned where there is enough, else the prior.</summary>
    public HopFit HopAt(long atMs) =>
        Models(atMs).FirstOrDefault(
        static model => model.Kind is ModelKind.Hop) is { Parameters: [var alpha, var beta, var halfLife] } learned
        ? new HopFit(new HopModel(alpha, beta), halfLife, learned.GridMs)
        : new HopFit(priors.Hop, HopModel.PriorHalfLifeDays, null);

    private static Forecasts Given(Rows rows, double[] weights)
    {
        var forecasts = new Forecasts();
        for (var i = 0; i < rows.Count; i++)
            forecasts.Add(RidgeLogistic.Probability(weights, rows.Row(i)), rows.Labels[i], rows.Weights[i]);
        return forecasts;
    }

    private double[]? Of(ModelKind kind, long atMs) => Models(atMs).FirstOrDefault(model => model.Kind == kind)?.Parameters;

    private IReadOnlyList<ModelTrained> Models(long atMs)
    {
        var gridMs = AccuracySet.GridOf(atMs);
        if (!_models.TryGetValue(gridMs, out var models))
            _models.Add(gridMs, models = _trainer.Train(gridMs, long.MaxValue, gridMs, CancellationToken.None));
        return models;
    }

    private async Task<Forecasts> ValuesAsync(long atMs, int days)
    {
        var options = PeopleOptions.Default;
        var (profiles, boundaries) = (new ProfileStore(), new BoundaryStore());
        var people = new EmbeddedPeople(set.Histories, profiles, boundaries, options);
        foreach (var model in Models(atMs)) people.Models.Apply(model, 1);
        var network = new LiveNetwork(set.Histories, options, new LiveNetworkOptions(), new StandingClock(atMs), people.Models);
        var queries = new NetworkQueries(network, set.Histories, profiles, boundaries, people, options, TimeProvider.System);
        var values = new Forecasts();
        var reader = new DyadReader(set.Histories);
        var untilMs = atMs + (long)(days * TieDecay.DayMs);
        foreach (var person in Enumerable.Range(0, set.Mails.People).Select(number => set.Histories.People.Ids[number]))
        {
            if (await queries.DormantTiesAsync(Viewer.Admin, person, ReconnectGoal.Any, atMs, CancellationToken.None) is not { } dormant)
                continue;
            foreach (var tie in dormant.Items)
            {
                set.Histories.People.TryGetNumber(person, out var self);
                set.Histories.People.TryGetNumber(tie.Person, out var other);
                var revived = false;
                foreach (ref readonly var happened in reader.Read(set.Histories.Find(self, other)!.Value.Index, untilMs))
                    revived |= happened.AtMs > atMs && options.WeightTable.IsContact(in happened);
                values.Add(tie.ReconnectValue, revived);
            }
        }
        return values;
    }

    private sealed class StandingClock(long nowMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
    }
}
