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
        var data = new Option<string?>("--data") { Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).", HelpName = "dir" };
        var command = new Command(
            "predictions",
            "Compares what the measures foretold at a date with what followed: P(persist), replies, dormant ties, who ties next and who introduces whom. Fails where they do worse than they did.")
        { data };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
            if (folder is not null) return Run(folder, Console.Out);
            Console.Out.WriteLine("predictions: skipped, neither --data nor NETWORKGRAPH_DATA names the folder of the data sets");
            return 0;
        });
        return command;
    }

    /// <summary>Prints a table of each question. Returns 0, or 1 where a gate fails; sets that are not there are named and skipped.</summary>
    public static int Run(string folder, TextWriter output)
    {
        var gates = new AccuracyGates(output);
        foreach (var name in MailSet.All)
        {
            if (MailSet.Read(folder, name) is not { } set)
            {
                output.WriteLine($"predictions: {name} skipped, its file is not in {folder}");
                continue;
            }
            output.WriteLine(FormattableString.Invariant($"{name}: {set.People} people, {set.Mails.Length} mails"));
            var accuracy = new PredictionAccuracy(set);
            foreach (var share in s_shares)
            {
                if (accuracy.Persistence(share) is { } persistence)
                {
                    Print(output, FormattableString.Invariant($"P(persist), 90 d, as of {share}"), persistence, persistence.Base, FormattableString.Invariant($", calibration error {persistence.CalibrationError:F3}"));
                    gates.Persistence(name, persistence);
                }
            }
            var (replies, rate) = accuracy.Replies();
            if (replies.Count > 0)
            {
                Print(output, "answered within 14 d (hop)", replies, rate, "");
                gates.Replies(name, replies, rate);
            }
            foreach (var (atMs, days) in Revivals(set))
            {
                if (accuracy.Revival(atMs, days) is not { } revival || revival.Answer.Count < 200) continue;
                Print(output, FormattableString.Invariant($"dormant ties revived, {days} d, as of {DateTimeOffset.FromUnixTimeMilliseconds(atMs):yyyy-MM-dd}"), revival.Answer, revival.Answer.Base,
                    FormattableString.Invariant($", of the first 20 {revival.Answer.PrecisionAt(20):F2}; reconnect value AUC {revival.Value.Auc:F3}, silence alone {revival.Silence.Auc:F3}"));
                gates.Revival(name, revival.Answer);
            }
            foreach (var share in s_shares)
            {
                if (accuracy.Connections(share) is { } connections)
                {
                    Print(output, FormattableString.Invariant($"likelyToConnect, 90 d, as of {share}"), connections, connections.Base, "");
                    gates.Connections(name, connections);
                }
            }
            if (name is "email-eu" or "manufacturing-mail")
            {
                var ranks = BrokerAccuracy.Measure(set, PeopleOptions.Default);
                output.WriteLine(FormattableString.Invariant(
                    $"  who introduced whom: {ranks.Pairs} pairs, named first {(double)ranks.First / ranks.Pairs:F3}, among three {(double)ranks.AmongThree / ranks.Pairs:F3}, mean reciprocal rank {ranks.MeanReciprocalRank:F3}, by lot {ranks.Chance:F3}"));
                gates.Brokers(name, ranks);
            }
        }
        return gates.Failed ? 1 : 0;
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
        output.WriteLine(FormattableString.Invariant(
            $"  {what}: {forecasts.Count}, happened {forecasts.Base:G3}, given {forecasts.Mean:G3}, AUC {forecasts.Auc:F3}, Brier {forecasts.BrierAgainst(constant):+0.0 %;-0.0 %} against the base rate{more}"));
}
