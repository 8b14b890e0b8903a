using System.Globalization;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>
/// Question: do the measures that claim to predict do so?
/// Method: out of time. Everything is computed at a date from what was known then, as the answers compute it, and compared
/// with what followed. The priors' constants were fitted on these four sets, so this is how well one formula fits them all;
/// how well it does on a set left out of the fit stands beside the formula.
/// Data: email-eu, manufacturing mail, MathOverflow, Bitcoin OTC (shared/data).
/// </summary>
public sealed class PredictionAccuracy(MailSet set)
{
    private const double Day = TieDecay.DayMs;
    private readonly PeopleOptions _options = PeopleOptions.Default;
    private readonly Dictionary<(int Low, int High), DyadEvent[]> _dyads = set.Dyads();
    private readonly long _endMs = set.Mails[^1].AtMs;

    /// <summary>P(persist) of all dyads with contacts; null where the window ends after the data.</summary>
    public Forecasts? Persistence(double share)
    {
        var atMs = set.At(share);
        var untilMs = atMs + (long)(PersistencePrior.WindowDays * Day);
        if (untilMs > _endMs) return null;
        var forecasts = new Forecasts();
        foreach (var dyad in _dyads.Values)
        {
            var known = Known(dyad, atMs);
            if (known == 0) continue;
            var facts = DyadMeasures.Facts(dyad.AsSpan(0, known), _options.DecayAt(atMs), _options);
            if (!facts.HasContact) continue;
            forecasts.Add(DyadMeasures.PersistProbability(dyad.AsSpan(0, known), in facts, atMs, _options), HasContact(dyad, known, untilMs));
        }
        return forecasts;
    }

    /// <summary>
    /// Are messages over ties that carry introductions answered within 14 days? The hop's probability against it, over the second
    /// half of the time; and the share answered in the first half.
    /// </summary>
    public (Forecasts Forecasts, double Base) Replies()
    {
        var half = set.Mails[0].AtMs + (_endMs - set.Mails[0].AtMs) / 2;
        var forecasts = new Forecasts();
        int asked = 0, answered = 0;
        foreach (var dyad in _dyads.Values)
        {
            for (var i = 1; i < dyad.Length; i++)
            {
                ref readonly var sent = ref dyad[i];
                if (!_options.WeightTable.IsContact(in sent) || sent.AtMs > _endMs - 14 * Day) continue;
                var before = dyad.AsSpan(0, i);
                var facts = DyadMeasures.Facts(before, _options.DecayAt(sent.AtMs), _options);
                if (Math.Sqrt(facts.ContactStrengthOut * facts.ContactStrengthIn) < _options.Introductions.MinStrength) continue;
                var isAnswered = false;
                for (var j = i + 1; j < dyad.Length && dyad[j].AtMs <= sent.AtMs + 14 * Day && !isAnswered; j++)
                    isAnswered = dyad[j].Direction != sent.Direction && _options.WeightTable.IsContact(in dyad[j]);
                if (sent.AtMs < half)
                {
                    asked++;
                    if (isAnswered) answered++;
                }
                else
                {
                    forecasts.Add(_options.Introductions.Hop.Probability(facts.HopStrength), isAnswered);
                }
            }
        }
        return (forecasts, (double)answered / Math.Max(1, asked));
    }

    /// <summary>Which dormant ties have another contact within so many days: P(answer), the reconnect value, and silence alone, each as it orders them.</summary>
    public (Forecasts Answer, Forecasts Value, Forecasts Silence)? Revival(long atMs, int days)
    {
        var untilMs = atMs + (long)(days * Day);
        if (untilMs > _endMs) return null;
        var (answers, values, silences) = (new Forecasts(), new Forecasts(), new Forecasts());
        foreach (var dyad in _dyads.Values)
        {
            var known = Known(dyad, atMs);
            if (known == 0) continue;
            var events = dyad.AsSpan(0, known);
            var facts = DyadMeasures.Facts(events, _options.DecayAt(atMs), _options);
            if (TieStatusRule.Of(in facts, atMs, _options.Status) is not TieStatus.Dormant) continue;
            var tie = DyadMeasures.DormantTie("", events, true, atMs, null, _options)!;
            var revived = HasContact(dyad, known, untilMs);
            answers.Add(tie.AnswerProbability, revived);
            values.Add(tie.ReconnectValue, revived);
            silences.Add(-tie.SilenceDays, revived);
        }
        return (answers, values, silences);
    }

    /// <summary>
    /// likelyToConnect of pairs of people active before the date who have had nothing to do with each other: all of them, or those
    /// who tied and a seeded sample of the others, each of which stands for its share.
    /// </summary>
    public Forecasts? Connections(double share)
    {
        const int MaxPairs = 200_000;
        var atMs = set.At(share);
        var untilMs = atMs + (long)(LikelyToConnect.WindowDays * Day);
        if (untilMs > _endMs) return null;
        var (snapshot, active, tied) = Network(atMs);
        var next = _dyads.Where(dyad => Known(dyad.Value, atMs) == 0 && active[dyad.Key.Low] && active[dyad.Key.High] && IsMutual(dyad.Value, untilMs))
            .Select(static dyad => dyad.Key).ToHashSet();
        int[] people = [.. Enumerable.Range(0, set.People).Where(person => active[person])];
        var pairs = (long)people.Length * (people.Length - 1) / 2 - tied.Count - next.Count;
        var forecasts = new Forecasts();
        foreach (var (low, high) in next) forecasts.Add(LikelyToConnect.Of(snapshot, low, high) ?? 0, true);
        if (pairs <= 3 * MaxPairs)
        {
            for (var i = 0; i < people.Length; i++)
                for (var j = i + 1; j < people.Length; j++) AddOther(people[i], people[j], 1);
        }
        else
        {
            var random = new Random(1);
            while (forecasts.Count < MaxPairs + next.Count) AddOther(people[random.Next(people.Length)], people[random.Next(people.Length)], (double)pairs / MaxPairs);
        }
        return forecasts;

        void AddOther(int low, int high, double weight)
        {
            if (low >= high || tied.Contains((low, high)) || next.Contains((low, high))) return;
            if (LikelyToConnect.Of(snapshot, low, high) is { } likely) forecasts.Add(likely, false, weight);
        }
    }

    private (NetworkSnapshot Snapshot, bool[] Active, HashSet<(int, int)> Tied) Network(long atMs)
    {
        var ids = new PersonIds();
        for (var person = 0; person < set.People; person++) ids.Add(person.ToString(CultureInfo.InvariantCulture));
        var decay = _options.DecayAt(atMs);
        var builder = new SnapshotBuilder(ids, decay);
        var active = new bool[set.People];
        var tied = new HashSet<(int, int)>();
        foreach (var (pair, dyad) in _dyads)
        {
            var known = Known(dyad, atMs);
            if (known == 0) continue;
            builder.Add(pair.Low, pair.High, DyadMeasures.Facts(dyad.AsSpan(0, known), decay, _options));
            tied.Add(pair);
            active[pair.Low] = active[pair.High] = true;
        }
        return (builder.Build(atMs), active, tied);
    }

    private bool HasContact(DyadEvent[] dyad, int from, long untilMs)
    {
        for (var i = from; i < dyad.Length && dyad[i].AtMs <= untilMs; i++)
            if (_options.WeightTable.IsContact(in dyad[i])) return true;
        return false;
    }

    private bool IsMutual(DyadEvent[] dyad, long untilMs)
    {
        bool up = false, down = false;
        for (var i = 0; i < dyad.Length && dyad[i].AtMs <= untilMs; i++)
        {
            if (!_options.WeightTable.IsContact(in dyad[i])) continue;
            up |= dyad[i].Direction == DyadDirection.LowToHigh;
            down |= dyad[i].Direction == DyadDirection.HighToLow;
        }
        return up && down;
    }

    private static int Known(DyadEvent[] dyad, long atMs)
    {
        var known = 0;
        while (known < dyad.Length && dyad[known].AtMs <= atMs) known++;
        return known;
    }
}
