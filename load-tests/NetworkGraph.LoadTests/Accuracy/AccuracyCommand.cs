using System.CommandLine;
using NetworkGraph.People;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>How well the measures that claim to predict do so, on the data sets at hand.</summary>
public static class AccuracyCommand
{
    private static readonly double[] s_shares = [0.4, 0.6, 0.8];

    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).",
            HelpName = "dir",
        };
        var command = new Command(
            "predictions",
            "Compares what the measures foretold at a date with what followed: P(persist), replies, dormant ties, who ties next and who "
                + "introduces whom. Fails where they do worse than they did.")
        { data };
        command.SetAction(async (parsed, _) =>
        {
            var folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
            if (folder is not null) return await RunAsync(folder, Console.Out);
            Console.Out.WriteLine("predictions: skipped, neither --data nor NETWORKGRAPH_DATA names the folder of the data sets");
            return 0;
        });
        return command;
    }

    /// <summary>
    /// Prints a table of each question. Returns 0, or 1 where a gate fails; sets that are not there are named and skipped.
    /// </summary>
    public static async Task<int> RunAsync(string folder, TextWriter output)
    {
        var gates = new AccuracyGates(output);
        var sets = new List<(AccuracySet Set, PriorCases Cases)>();
        foreach (var name in MailSet.All)
        {
            if (MailSet.Read(folder, name) is not { } mails)
            {
                output.WriteLine($"predictions: {name} skipped, its file is not in {folder}");
                continue;
            }
            var set = new AccuracySet(mails);
            sets.Add((set, PriorCases.Of(set)));
        }
        foreach (var (set, _) in sets)
        {
            var priors = PriorFits.Fit([.. sets.Where(other => other.Set != set).Select(static other => other.Cases)]);
            output.WriteLine(FormattableString.Invariant(
                $"{set.Name}: {set.Mails.People} people, {set.Mails.Mails.Length} mails; priors of the other sets"));
            await JudgeAsync(set, new PredictionAccuracy(set, priors), gates, output);
            if (set.Name != "email-eu") continue;
            var warned = await WarningRates.MeasureAsync(
                set.Histories, new DateTimeOffset(2005, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), CancellationToken.None);
            output.WriteLine(FormattableString.Invariant($"  warnings at 2005-01-01 of {warned.People} people: ")
                + string.Join(", ", warned.Shares.Select(static share => FormattableString.Invariant($"{share.Key} {share.Value:P1}")))
                + FormattableString.Invariant(
                    $"; {warned.PersistedUpon} persisted upon, {warned.WroteBack} of them wrote back within 90 days"));
            gates.Warnings(set.Name, warned);
        }
        return gates.Failed ? 1 : 0;
    }

    private static async Task JudgeAsync(AccuracySet set, PredictionAccuracy accuracy, AccuracyGates gates, TextWriter output)
    {
        var errors = new List<double>();
        foreach (var share in s_shares)
        {
            if (accuracy.Persistence(share) is not (var learned, var prior, var days)) continue;
            Print(output, FormattableString.Invariant($"P(persist), {days} d, as of {share}"), learned, learned.Base,
                FormattableString.Invariant($", calibration error {learned.CalibrationError:F3}; prior alone AUC {prior.Auc:F3}")
                + FormattableString.Invariant($", Brier {prior.BrierAgainst(prior.Base):+0.0 %;-0.0 %}"));
            errors.Add(learned.CalibrationError);
            gates.Persistence(set.Name, learned);
        }
        if (errors.Count > 0) gates.Calibration(set.Name, errors.Average());
        var (replies, rate, fit) = accuracy.Replies();
        if (replies.Count > 0)
        {
            Print(output, "answered within 14 d (hop)", replies, rate,
                FormattableString.Invariant($"; α {fit.Model.Alpha:F2}, β {fit.Model.Beta:F2}, half-life {fit.HalfLifeDays} d"));
            gates.Replies(set.Name, replies, rate);
        }
        foreach (var (atMs, days) in Revivals(set.Mails))
        {
            if (await accuracy.RevivalAsync(atMs, days) is not { } revival || revival.Answer.Count < 200) continue;
            var date = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
            Print(output, FormattableString.Invariant($"dormant ties revived, {days} d, as of {date:yyyy-MM-dd}"),
                revival.Answer, revival.Answer.Base,
                FormattableString.Invariant($", of the first 20 {revival.Answer.PrecisionAt(20):F2}; ")
                + FormattableString.Invariant($"reconnect value AUC {revival.Value.Auc:F3}, silence alone {revival.Silence.Auc:F3}"));
            gates.Revival(set.Name, revival.Answer, revival.Value);
        }
        var orders = new List<double>();
        foreach (var share in s_shares)
        {
            if (accuracy.Connections(share) is not (var learned, var prior)) continue;
            Print(output, FormattableString.Invariant($"likelyToConnect, 90 d, as of {share}"), learned, learned.Base,
                FormattableString.Invariant($"; prior alone AUC {prior.Auc:F3}"));
            orders.Add(learned.Auc);
        }
        if (orders.Count > 0) gates.Connections(set.Name, orders.Average());
        if (set.Name is "email-eu" or "manufacturing-mail")
        {
            var ranks = BrokerAccuracy.Measure(set.Mails, PeopleOptions.Default, accuracy.HopAt);
            output.WriteLine(FormattableString.Invariant($"  who introduced whom: {ranks.Pairs} pairs, ")
                + FormattableString.Invariant($"named first {(double)ranks.First / ranks.Pairs:F3}, ")
                + FormattableString.Invariant($"among three {(double)ranks.AmongThree / ranks.Pairs:F3}, ")
                + FormattableString.Invariant($"mean reciprocal rank {ranks.MeanReciprocalRank:F3}, by lot {ranks.Chance:F3}"));
            gates.Brokers(set.Name, ranks);
        }
    }

    private static IEnumerable<(long AtMs, int Days)> Revivals(MailSet set)
    {
        if (set.Name == "mathoverflow")
        {
            yield return (new DateTimeOffset(2013, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 365);
            yield return (new DateTimeOffset(2014, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 365);
        }
        else
        {
            yield return (set.At(0.8), 60);
        }
    }

    private static void Print(TextWriter output, string what, Forecasts forecasts, double constant, string more) =>
        output.WriteLine(FormattableString.Invariant($"  {what}: {forecasts.Count}, happened {forecasts.Base:G3}, ")
            + FormattableString.Invariant($"given {forecasts.Mean:G3}, AUC {forecasts.Auc:F3}, ")
            + FormattableString.Invariant($"Brier {forecasts.BrierAgainst(constant):+0.0 %;-0.0 %} against the base rate{more}"));
}
