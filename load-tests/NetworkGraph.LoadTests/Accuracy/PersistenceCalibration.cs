using System.Globalization;
using System.IO.Compression;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>
/// Question: is the prior of P(persist) calibrated on real e-mails?
/// Method: at three dates in the middle of the data every dyad's P is computed from what lay before the date, and
/// compared with whether the dyad wrote again within 90 days. Dyads whose window ends after the
/// data are left out. Beside it a constant rate: the share of the date before, which was known by then.
/// Data: SNAP email-Eu-core-temporal, lines "from to seconds".
/// </summary>
public static class PersistenceCalibration
{
    private const long EpochMs = 1_064_966_400_000; // 2003-10-01, day 0 of the data
    private static readonly int[] s_days = [200, 300, 400];

    private readonly record struct Forecast(double Probability, double Constant, bool Happened);

    /// <summary>Prints deciles and Brier scores. Returns 0, or 2 where the data is not there.</summary>
    public static int Run(string dataFolder, TextWriter output)
    {
        var file = Path.Combine(dataFolder, "email-eu", "email-Eu-core-temporal.txt.gz");
        if (!File.Exists(file))
        {
            output.WriteLine($"persistence: no data at {file}");
            return 2;
        }
        var dyads = Read(file);
        var endMs = dyads.Max(d => d[^1].AtMs);
        output.WriteLine($"persistence: {dyads.Count} dyads, {dyads.Sum(d => (long)d.Length)} e-mails");

        var all = new List<Forecast>();
        double? constant = null;
        foreach (var day in s_days)
        {
            var forecasts = At(dyads, EpochMs + (long)(day * TieDecay.DayMs), endMs, constant);
            constant = forecasts.Average(f => f.Happened ? 1.0 : 0.0);
            Print(output, $"day {day}", forecasts);
            all.AddRange(forecasts);
        }
        Print(output, "all dates", all);
        return 0;
    }

    private static List<Forecast> At(List<DyadEvent[]> dyads, long atMs, long endMs, double? constant)
    {
        var options = MeasureOptions.Default;
        var forecasts = new List<Forecast>();
        foreach (var dyad in dyads)
        {
            var known = 0;
            while (known < dyad.Length && dyad[known].AtMs <= atMs) known++;
            if (known == 0) continue;
            var facts = DyadMeasures.Facts(dyad.AsSpan(0, known), options.DecayAt(atMs), options);
            var untilMs = atMs + (long)(PersistencePrior.WindowDays * TieDecay.DayMs);
            if (untilMs > endMs) continue;
            var happened = known < dyad.Length && dyad[known].AtMs <= untilMs;
            forecasts.Add(new Forecast(DyadMeasures.PersistProbability(dyad.AsSpan(0, known), in facts, atMs, options), constant ?? 0.5, happened));
        }
        return forecasts;
    }

    private static void Print(TextWriter output, string title, List<Forecast> forecasts)
    {
        static double Observed(IEnumerable<Forecast> some) => some.Average(f => f.Happened ? 1.0 : 0.0);
        static double Brier(IEnumerable<Forecast> some, Func<Forecast, double> of) => some.Average(f => Math.Pow(of(f) - (f.Happened ? 1 : 0), 2));

        output.WriteLine(
            $"{title}: {forecasts.Count} forecasts, {Observed(forecasts):P1} wrote again; Brier prior {Brier(forecasts, f => f.Probability):F4}, constant {Brier(forecasts, f => f.Constant):F4}");
        var sorted = forecasts.OrderBy(f => f.Probability).ToArray();
        foreach (var (decile, chunk) in sorted.Chunk((sorted.Length + 9) / 10).Index())
            output.WriteLine($"  decile {decile + 1,2}: said {chunk.Average(f => f.Probability):F3}, was {Observed(chunk):F3} ({chunk.Length})");
    }

    private static List<DyadEvent[]> Read(string file)
    {
        var dyads = new Dictionary<(int Low, int High), List<DyadEvent>>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        uint position = 0;
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var from = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var to = int.Parse(parts[1], CultureInfo.InvariantCulture);
            if (from == to) continue;
            var sent = new Interaction
            {
                Id = line,
                AtMs = EpochMs + 1000 * long.Parse(parts[2], CultureInfo.InvariantCulture),
                From = parts[0],
                To = [parts[1]],
                Kind = InteractionKind.Message,
            };
            var email = new DyadEvent { AtMs = sent.AtMs, Position = ++position, Previous = -1, About = -1, Recipients = 1 };
            email.Pack(sent, from < to ? DyadDirection.LowToHigh : DyadDirection.HighToLow, firstOfInteraction: true);
            var pair = (Math.Min(from, to), Math.Max(from, to));
            if (!dyads.TryGetValue(pair, out var events)) dyads[pair] = events = [];
            events.Add(email);
        }
        return [.. dyads.Values.Select(events => events.OrderBy(e => e.AtMs).ThenBy(e => e.Position).ToArray())];
    }
}
