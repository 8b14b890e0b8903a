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

    /// <summary>Towards the author a group reply weighs as if it were to the author alone.</summary>
    public double Weight(Happened happened) => WeightOf(happened) * (IsTowardsAuthor(happened) ? happened.Recipients : 1);

    public bool IsContact(Happened happened) => IsMessageLike(happened) && Weight(happened) >= 0.2;

    public IEnumerable<Happened> Contacts => _past.Where(IsContact);

    private bool IsTowardsAuthor(Happened happened) => happened.ReplyTo > 0 && happened.By != Side.Both
        && _past.TakeWhile(h => h != happened).FirstOrDefault(h => h.Id == happened.ReplyTo) is { } asked
        && asked.By != Side.Both && asked.By != happened.By && asked.Recipients + 1 <= 16;

    public static bool IsMessageLike(Happened happened) =>
        "message reply comment meeting call favour referral introduction".Split(' ').Contains(WireNames.Of(happened.Kind));

    public double Strength(Side by, long atMs, double halfLifeDays = 180) => _past
        .Where(h => h.AtMs <= atMs && (h.By == by || h.By == Side.Both))
        .Sum(h => Weight(h) * Math.Pow(2, -((atMs - h.AtMs) / Day) / halfLifeDays));

    public double ContactStrength(Side by, long atMs) => Contacts
        .Where(h => h.AtMs <= atMs && (h.By == by || h.By == Side.Both))
        .Sum(h => Weight(h) * Math.Pow(2, -((atMs - h.AtMs) / Day) / 180));

    public static double? Balance(double a, double b) => a + b == 0 ? null : 2 * Math.Min(a, b) / (a + b);

    public int Count(Side by, Func<Happened, bool> which) => _past.Count(h => (h.By == by || h.By == Side.Both) && which(h));

    public static double? MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return null;
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>When each episode of contacts began.</summary>
    public List<long> Episodes()
    {
        var starts = new List<long>();
        long? last = null;
        foreach (var contact in Contacts)
        {
            if (last is null || contact.AtMs - last >= 3 * Day || contact.AtMs - starts[^1] >= 7 * Day) starts.Add(contact.AtMs);
            last = contact.AtMs;
        }
        return starts;
    }

    public double? RhythmDays()
    {
        var starts = Episodes();
        var median = MedianOf(starts.Zip(starts.Skip(1), (a, b) => (b - a) / Day));
        return starts.Count == 2 && median < 30 ? null : median;
    }

    public double? TurnTaking()
    {
        var directed = Contacts.Where(h => h.By != Side.Both).ToArray();
        if (directed.Length < 2) return null;
        return directed.Zip(directed.Skip(1), (a, b) => a.By == b.By ? 0 : 1).Sum() / (directed.Length - 1.0);
    }

    public bool Burnt(long asOfMs) => new[] { Side.Me, Side.Them }.Any(by =>
    {
        var last = _past.LastOrDefault(h => (h.By == by || h.By == Side.Both) && h.Kind != InteractionKind.Reaction);
        if (last is not { Kind: InteractionKind.Decline, AtVenue: false }) return false;
        var minute = 60_000;
        var fromMs = (long)Math.Ceiling((last.AtMs + 30 * Day) / minute) * minute;
        var after = Contacts.Where(h => _past.IndexOf(h) > _past.IndexOf(last)).ToArray();
        if (after.Length > 0 && after[0].AtMs <= last.AtMs + 30 * Day) return false;
        return asOfMs >= fromMs && WasStrong();
    });

    public string Status(long asOfMs)
    {
        var contacts = Contacts.ToArray();
        if (contacts.Length > 0 && (asOfMs - contacts[0].AtMs) / Day <= 30) return "new";
        if (Burnt(asOfMs)) return "burnt";
        if (contacts.Length == 0) return "nominal";
        var silence = (asOfMs - contacts[^1].AtMs) / Day;
        // Snapshots hold the rhythm in 32 bits.
        var rhythm = (float?)RhythmDays();
        var mine = contacts.Count(h => h.By != Side.Them);
        var theirs = contacts.Count(h => h.By != Side.Me);
        var quietAfter = rhythm is { } r ? Math.Clamp(8.0 * r, 180, 1095) : 365;
        if (silence > quietAfter) return mine >= 3 && theirs >= 3 && Episodes().Count >= 2 ? "dormant" : "lapsed";
        if (mine == 0 || theirs == 0) return "one-sided";
        return silence > (rhythm is { } pace ? Math.Clamp(3.0 * pace, 30, 550) : 60) ? "cooling" : "active";
    }

    private bool WasStrong() =>
        // The strength at an interaction is that of everything up to it in order, also where several share an instant.
        Enumerable.Range(1, _past.Count).Select(count => new NaiveMeasures(_past.Take(count)))
            .Any(past => Math.Max(past.Strength(Side.Me, past._past[^1].AtMs), past.Strength(Side.Them, past._past[^1].AtMs)) > 1 - 1e-9);

    /// <summary>Hours of every answer by a side, the answered event with each.</summary>
    public IEnumerable<(Happened Asked, double Hours)> AnswersBy(Side by)
    {
        for (var i = 0; i < _past.Count; i++)
        {
            var asked = _past[i];
            var later = _past.Skip(i + 1).ToArray();
            var answer = later.FirstOrDefault(h => h.ReplyTo == asked.Id && h.By != asked.By);
            if (answer is null && asked.By != Side.Both && IsContact(asked))
            {
                answer = later.FirstOrDefault(h => IsContact(h) && h.By != asked.By && !AnswersANamedOne(h));
                if (answer is not null && (answer.AtMs - asked.AtMs) / Day > 14) answer = null;
            }
            if (answer is null) continue;
            var answeredBy = asked.By switch { Side.Me => Side.Them, Side.Them => Side.Me, _ => answer.By };
            if (answeredBy == by) yield return (asked, (answer.AtMs - asked.AtMs) / 3_600_000.0);
        }
    }

    public double? ReplyHours(Side by) => MedianOf(AnswersBy(by).Select(a => a.Hours)) is { } median and > 0 ? median : null;

    public (double Strength, double? Balance) Peak()
    {
        (double Strength, double? Balance) best = (0, null);
        for (var count = 1; count <= _past.Count; count++)
        {
            var past = new NaiveMeasures(_past.Take(count));
            var mine = past.ContactStrength(Side.Me, past._past[^1].AtMs);
            var theirs = past.ContactStrength(Side.Them, past._past[^1].AtMs);
            if (Math.Sqrt(mine * theirs) > best.Strength) best = (Math.Sqrt(mine * theirs), Balance(mine, theirs));
        }
        return best;
    }

    private bool AnswersANamedOne(Happened happened) =>
        _past.TakeWhile(h => h != happened).Any(h => h.Id == happened.ReplyTo && h.By != happened.By);
}
