using System.CommandLine;
using NetworkGraph.Engine.Statistics;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>How follow-up rates stood to the truth they were drawn from.</summary>
/// <param name="Venues">Simulated venues.</param>
/// <param name="Coverage">The share of venues whose 95 % bounds hold the true rate.</param>
/// <param name="Bias">The mean rate less the true one.</param>
/// <param name="Width">The mean width of the bounds.</param>
/// <param name="CompleteWidth">The mean width of Wilson's interval, had every meeting been watched to the end.</param>
public sealed record CoverageResult(int Venues, double Coverage, double Bias, double Width, double CompleteWidth);

/// <summary>
/// Question: do a venue's follow-up rates and their bounds tell the truth where part of the meetings are recent?
/// Method: venues of 20 to 200 first meetings over the last 60 days, each followed up with the venue's own probability after a time
/// drawn from an exponential distribution of its own mean, cut off at today; so the true share at 24 h, 48 h and 14 days is known. The
/// rates are those of the answers (<see cref="FollowUpRates"/>).
/// </summary>
public static class FollowUpCoverage
{
    private const double SpanDays = 60;

    public static Command Create()
    {
        var venues = new Option<int>("--venues") { Description = "Venues to simulate.", DefaultValueFactory = _ => 5_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same venues.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "follow-ups",
            "Simulates venues with known follow-up rates and says how often the 95 % bounds hold the truth. "
                + "Fails below 93 %, or with a bias above 0.01.")
        { venues, seed };
        command.SetAction(parsed =>
        {
            var isGood = true;
            foreach (var (name, hours) in Rates)
            {
                var result = Measure(parsed.GetValue(venues), parsed.GetValue(seed), hours);
                Console.Out.WriteLine(
                    FormattableString.Invariant($"{name}: {result.Venues} venues, coverage {result.Coverage:P1}, ")
                    + FormattableString.Invariant($"bias {result.Bias:+0.0000;-0.0000}, mean width {result.Width:F3}, ")
                    + FormattableString.Invariant($"of complete data {result.CompleteWidth:F3}"));
                isGood &= result.Coverage >= 0.93 && Math.Abs(result.Bias) <= 0.01;
            }
            return isGood ? 0 : 1;
        });
        return command;
    }

    /// <summary>The rates that answers give, and their times in hours.</summary>
    public static IReadOnlyList<(string Name, double Hours)> Rates { get; } =
        [("within 24 h", 24), ("within 48 h", 48), ("within 14 days", 336)];

    public static CoverageResult Measure(int venues, int seed, double hours)
    {
        var random = new Random(seed);
        var thresholds = PeopleOptions.Default.FollowUps;
        var asOfMs = (long)(20_000 * TieDecay.DayMs);
        int held = 0;
        double bias = 0, width = 0, complete = 0;
        for (var venue = 0; venue < venues; venue++)
        {
            var meetings = random.Next(20, 201);
            var (share, meanHours) = (0.05 + 0.9 * random.NextDouble(), 6 + 150 * random.NextDouble());
            var truth = share * (1 - Math.Exp(-hours / meanHours));
            var rates = new FollowUpRates(thresholds);
            var would = 0;
            for (var meeting = 0; meeting < meetings; meeting++)
            {
                var metMs = asOfMs - (long)(SpanDays * random.NextDouble() * TieDecay.DayMs);
                var afterHours = random.NextDouble() < share ? -meanHours * Math.Log(1 - random.NextDouble()) : double.PositiveInfinity;
                if (afterHours <= hours) would++;
                rates.Add(Contact(metMs, afterHours, asOfMs, thresholds), asOfMs);
            }
            var given = hours switch { 24 => rates.ShareWithin24h, 48 => rates.ShareWithin48h, _ => rates.ShareFollowedUp };
            if (given.Value is not { } value || given.Low is not { } low || given.High is not { } high) continue;
            if (truth >= low && truth <= high) held++;
            bias += value - truth;
            width += high - low;
            var wilson = WilsonInterval.Of(would, meetings);
            complete += wilson.High - wilson.Low;
        }
        return new CoverageResult(venues, (double)held / venues, bias / venues, width / venues, complete / venues);
    }

    private static FirstContact Contact(long metMs, double afterHours, long asOfMs, FollowUpThresholds thresholds)
    {
        var lateMs = (long)(thresholds.LateWithinDays * TieDecay.DayMs);
        var cameMs = double.IsInfinity(afterHours) ? long.MaxValue : metMs + (long)(afterHours * TieDecay.DayMs / 24);
        var came = cameMs <= asOfMs && cameMs - metMs <= lateMs;
        var hoursSince = (asOfMs - metMs) / (TieDecay.DayMs / 24);
        var state = came ? afterHours <= 24 ? FollowUpState.Within24h : afterHours <= 48 ? FollowUpState.Within48h : FollowUpState.Late
            : hoursSince < 48 ? FollowUpState.Due : asOfMs - metMs < lateMs ? FollowUpState.Overdue : FollowUpState.Never;
        return new FirstContact
        {
            MetMs = metMs,
            MetPosition = 1,
            MetBy = InteractionKind.Meeting,
            NextMs = came ? cameMs : null,
            NextPosition = came ? 2u : 0,
            NextDirection = null,
            State = state,
        };
    }
}
