using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>
/// The measures once more, written from their definitions alone, as slowly and plainly as can be: what the real ones
/// are compared with. Takes a story in any order of arrival.
/// </summary>
public sealed class NaiveMeasures
{
    private const double Day = DyadStory.DayMs;
    private readonly List<Happened> _past;

    public NaiveMeasures(IEnumerable<Happened> arrived) => _past = [.. arrived.OrderBy(h => h.AtMs)];

    public static double WeightOf(Happened happened)
    {
        if (happened.Exchange is Exchange.Gossip or Exchange.Complaint) return 0;
        var ofKind = happened.Kind switch
        {
            InteractionKind.Reaction => 0.1,
            InteractionKind.Connect or InteractionKind.Application => 0.2,
            InteractionKind.Comment => 0.3,
            InteractionKind.Accept or InteractionKind.Transaction => 0.5,
            InteractionKind.Message or InteractionKind.Reply or InteractionKind.Endorsement => 1.0,
            InteractionKind.Call => 2.0,
            InteractionKind.Meeting or InteractionKind.Introduction or InteractionKind.Referral or InteractionKind.Favour => 3.0,
            _ => 0.0,
        };
        return ofKind / happened.Recipients;
    }

    public static bool IsMessageLike(Happened happened) =>
        "message reply comment meeting call favour referral introduction".Split(' ').Contains(WireNames.Of(happened.Kind));

    public double Strength(Side by, long atMs, double halfLifeDays = 180) => _past
        .Where(h => h.AtMs <= atMs && (h.By == by || h.By == Side.Both))
        .Sum(h => WeightOf(h) * Math.Pow(2, -((atMs - h.AtMs) / Day) / halfLifeDays));

    public static double Balance(double a, double b) => a + b == 0 ? 0 : 2 * Math.Min(a, b) / (a + b);

    public int Count(Side by, Func<Happened, bool> which) => _past.Count(h => (h.By == by || h.By == Side.Both) && which(h));

    public static double? MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return null;
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public double MedianGapDays() => _past.Count < 3 ? 30 : MedianOf(_past.Zip(_past.Skip(1), (a, b) => (b.AtMs - a.AtMs) / Day))!.Value;

    public double? TurnTaking()
    {
        var directed = _past.Where(h => h.By != Side.Both).ToArray();
        if (directed.Length < 2) return null;
        return directed.Zip(directed.Skip(1), (a, b) => a.By == b.By ? 0 : 1).Sum() / (directed.Length - 1.0);
    }

    public bool Burnt()
    {
        var last = _past[^1];
        if (last.Kind != InteractionKind.Decline && last.Exchange != Exchange.Complaint) return false;
        // The strength at an interaction is that of everything up to it in order, also where several share an instant.
        return Enumerable.Range(1, _past.Count).Select(count => new NaiveMeasures(_past.Take(count)))
            .Any(past => Math.Max(past.Strength(Side.Me, past._past[^1].AtMs), past.Strength(Side.Them, past._past[^1].AtMs)) > 1 - 1e-9);
    }

    public string Status(long asOfMs, double persist)
    {
        var silence = (asOfMs - _past[^1].AtMs) / Day;
        var gap = MedianGapDays();
        var mine = Count(Side.Me, IsMessageLike);
        var theirs = Count(Side.Them, IsMessageLike);
        var goneQuiet = silence > Math.Max(365, 8 * gap) || persist < 0.1;
        if ((asOfMs - _past[0].AtMs) / Day <= 30) return "new";
        if (Burnt()) return "burnt";
        if (mine + theirs == 0) return "nominal";
        if (mine == 0 || theirs == 0) return "one-sided";
        if (goneQuiet && mine >= 3 && theirs >= 3) return "dormant";
        if (goneQuiet) return "lapsed";
        return silence > Math.Max(30, 3 * gap) || persist < 0.4 ? "cooling" : "active";
    }

    /// <summary>Hours of every answer by a side, the answered event with each.</summary>
    public IEnumerable<(Happened Asked, double Hours)> AnswersBy(Side by)
    {
        for (var i = 0; i < _past.Count; i++)
        {
            var asked = _past[i];
            var later = _past.Skip(i + 1).ToArray();
            var answer = later.FirstOrDefault(h => h.ReplyTo == asked.Id && h.By != asked.By);
            if (answer is null && asked.By != Side.Both && IsMessageLike(asked))
            {
                answer = later.FirstOrDefault(h => IsMessageLike(h) && h.By != asked.By && !AnswersANamedOne(h));
                if (answer is not null && (answer.AtMs - asked.AtMs) / Day > 14) answer = null;
            }
            if (answer is null) continue;
            var answeredBy = asked.By switch { Side.Me => Side.Them, Side.Them => Side.Me, _ => answer.By };
            if (answeredBy == by) yield return (asked, (answer.AtMs - asked.AtMs) / 3_600_000.0);
        }
    }

    public double? ReplyHours(Side by) => MedianOf(AnswersBy(by).Select(a => a.Hours)) is { } median and > 0 ? median : null;

    public (double Strength, double Balance) Peak()
    {
        (double Strength, double Balance) best = (0, 0);
        for (var count = 1; count <= _past.Count; count++)
        {
            var past = new NaiveMeasures(_past.Take(count));
            var mine = past.Strength(Side.Me, past._past[^1].AtMs);
            var theirs = past.Strength(Side.Them, past._past[^1].AtMs);
            if (Math.Sqrt(mine * theirs) > best.Strength) best = (Math.Sqrt(mine * theirs), Balance(mine, theirs));
        }
        return best;
    }

    public double AnswerProbability()
    {
        var sent = _past.Count(h => h.By == Side.Me && IsMessageLike(h));
        var answered = AnswersBy(Side.Them).Count(a => a.Asked.By == Side.Me && IsMessageLike(a.Asked) && a.Hours <= 14 * 24);
        return (answered + 1.0) / (sent + 2.0);
    }

    private bool AnswersANamedOne(Happened happened) =>
        _past.TakeWhile(h => h != happened).Any(h => h.Id == happened.ReplyTo && h.By != happened.By);
}
