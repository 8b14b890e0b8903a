using System.CommandLine;
using System.Globalization;
using NetworkGraph.Analytics.Models;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>What one data set has to say of the priors: cases at three dates, each set counting the same in a fit.</summary>
/// <param name="Name">The set.</param>
/// <param name="Ties">Ties, and whether they went on.</param>
/// <param name="Dormant">Dormant ties, and whether they came back.</param>
/// <param name="Sends">Contacts, and whether they were answered, at the prior's half-life.</param>
/// <param name="Pairs">Pairs without a tie, and whether they tied.</param>
public sealed record PriorCases(string Name, Rows Ties, Rows Dormant, Rows Sends, Rows Pairs)
{
    private const int MostAtDate = 4_000;

    public static PriorCases Of(AccuracySet set)
    {
        var (ties, dormant, pairs) = (new Rows(TieFeatures.Count), new Rows(TieFeatures.Count), new Rows(LikelyToConnect.Count));
        foreach (var share in (double[])[0.4, 0.6, 0.8])
        {
            var atMs = set.Mails.At(share);
            var history = set.Histories.Dates.HistoryDays(atMs) ?? 0;
            var window = TieForecast.WindowOf(history);
            if (set.Reaches(atMs, window))
                Append(set.Trainer.TiesAt(atMs, window, long.MaxValue, MostAtDate, CancellationToken.None), ties);
            var back = ModelTrainer.AnswerWithin(history);
            if (set.Reaches(atMs, back)) Append(set.Trainer.DormantAt(atMs, back, long.MaxValue, CancellationToken.None), dormant);
            if (set.Reaches(atMs, LikelyToConnect.WindowDays))
                Append(set.Trainer.Connections(
                    set.Trainer.SnapshotAt(atMs, long.MaxValue, CancellationToken.None), long.MaxValue, CancellationToken.None), pairs);
        }
        var sends = set.Trainer.SendsBetween(long.MinValue / 2, set.EndMs, long.MaxValue, CancellationToken.None).RowsOf(
            HopModel.PriorHalfLifeDays);
        return new PriorCases(set.Name, ties, dormant, sends, pairs);
    }

    private static void Append(Rows from, Rows to)
    {
        for (var i = 0; i < from.Count; i++) to.Add(from.Row(i), from.Labels[i], from.Weights[i]);
    }
}

/// <summary>
/// Fits the priors that are shipped, on all sets at hand, and those that the accuracy runs judge a set with, on the others. Ridge
/// regression towards nothing; each set counts as 1,000 cases (of pairs, of which next to none tie, as 200 that tied).
/// </summary>
public static class PriorFits
{
    private const double CasesOfSet = 1_000;
    private const double TiedOfSet = 200;
    private const int FewestDormant = 50;

    public static Command Create()
    {
        var data = new Option<string?>("--data")
        { Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).", HelpName = "dir" };
        var command = new Command(
            "fit-priors", "Fits the documented priors of P(persist), P(answer), hops and likelyToConnect on the data sets at hand, and "
            + "prints them.") { data };
        command.SetAction(parsed =>
        {
            if ((parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA")) is not { } folder) return 0;
            var cases = MailSet.All.Select(name => MailSet.Read(folder, name)).OfType<MailSet>().Select(
                set => PriorCases.Of(new AccuracySet(set))).ToList();
            foreach (var set in cases)
                Console.Out.WriteLine(
                    $"{set.Name}: {set.Ties.Count} ties, {set.Dormant.Count} dormant, {set.Sends.Count} contacts, {set.Pairs.Count} pairs");
            var priors = Fit(cases);
            Console.Out.WriteLine($"Persistence = [{Listed(priors.Persistence)}]");
            Console.Out.WriteLine($"Answer = [{Listed(priors.Answer)}]");
            Console.Out.WriteLine($"Hop = [{Listed([priors.Hop.Alpha, priors.Hop.Beta])}]");
            Console.Out.WriteLine($"Connection = [{Listed(priors.Connection)}]");
            return 0;
        });
        return command;
    }

    /// <summary>The priors that these sets amount to.</summary>
    public static Priors Fit(IReadOnlyList<PriorCases> sets)
    {
        var ties = Joined(sets.Select(static set => set.Ties), TieFeatures.Count);
        var dormant = Joined(
            sets.Select(static set => set.Dormant).Where(static rows => rows.IsEnough(FewestDormant, 5)), TieFeatures.Count);
        var sends = Joined(sets.Select(static set => set.Sends), 2);
        var pairs = Joined(sets.Select(static set => set.Pairs), LikelyToConnect.Count, byHappened: true);
        var hop = RidgeLogistic.Fit(sends.All, sends.Labels, sends.Weights, [0, 0], [1e-3, 1e-3], [-20, 0], [20, 20]);
        return new Priors(
            Rounded(ModelTrainer.Fit(ties, new double[TieFeatures.Count], pull: 3)),
            Rounded(ModelTrainer.Fit(dormant, new double[TieFeatures.Count], pull: 100)),
            new HopModel(Math.Round(hop[0], 2), Math.Round(hop[1], 2)),
            Rounded(RidgeLogistic.Fit(pairs.All, pairs.Labels, pairs.Weights, new double[LikelyToConnect.Count], [1e-3, 1e-3, 1e-3, 1e-3],
                [-50, 0, 0, 0], [50, 50, 50, 50])));
    }

    private static double[] Rounded(double[] weights) => [.. weights.Select(static weight => Math.Round(weight, 3))];

    private static Rows Joined(IEnumerable<Rows> sets, int features, bool byHappened = false)
    {
        var joined = new Rows(features);
        foreach (var rows in sets)
        {
            double all = 0, happened = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                all += rows.Weights[i];
                if (rows.Labels[i]) happened += rows.Weights[i];
            }
            var factor = byHappened ? TiedOfSet / Math.Max(1, happened) : CasesOfSet / Math.Max(1, all);
            for (var i = 0; i < rows.Count; i++) joined.Add(rows.Row(i), rows.Labels[i], rows.Weights[i] * factor);
        }
        return joined;
    }

    private static string Listed(IEnumerable<double> weights) =>
        string.Join(", ", weights.Select(static weight => weight.ToString("0.###", CultureInfo.InvariantCulture)));
}
