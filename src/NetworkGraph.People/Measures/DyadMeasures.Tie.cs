using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

public static partial class DyadMeasures
{
    /// <summary>
    /// Everything a list of ties says of one dyad, seen from one side; null where there are no events.
    /// </summary>
    /// <param name="person">Id of the other.</param>
    /// <param name="events">The dyad's events up to <paramref name="asOfMs"/>, in order.</param>
    /// <param name="selfIsLow">Whether the answer is for the low person.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <param name="forecast">How P(persist) is made; the prior, of the dyad by itself, where null.</param>
    public static Tie? Tie(
        string person, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, MeasureOptions options, DyadForecast? forecast = null)
    {
        if (events.IsEmpty) return null;
        // At the last contact nothing has decayed away, however long ago it was: the balance is exact there.
        var decay = options.DecayAt(events[^1].AtMs);
        var facts = Facts(events, decay, options);
        if (!selfIsLow) facts = facts.Reversed();
        var left = decay.Factor(asOfMs);
        var hasContact = facts.HasContact;
        var foretold = forecast ?? DyadForecast.Prior;
        var alone = TieContext.Alone(facts.SilenceDays(asOfMs), (facts.ContactStrengthOut + facts.ContactStrengthIn) * left);
        var balance = Balance(facts.ContactStrengthOut, facts.ContactStrengthIn);
        var relationship = RelationshipRule.Of(events, options);
        var counts = new LedgerCounts();
        counts.Add(events, selfIsLow);
        var total = counts.Total();
        var replies = ReplyHours(events, selfIsLow, options);
        return new Tie
        {
            Person = person,
            Status = TieNames.Of(TieStatusRule.Of(in facts, asOfMs, options.Status)),
            OneWay = facts.IsOneWay,
            Relationship = TieNames.Of(relationship),
            StrengthOut = facts.StrengthOut * left,
            StrengthIn = facts.StrengthIn * left,
            Balance = balance,
            PersistProbability = hasContact ? foretold.Persist(events, asOfMs, in alone, options) : null,
            InteractionsOut = total.Out,
            InteractionsIn = total.In,
            ContactsOut = facts.ContactsOut,
            ContactsIn = facts.ContactsIn,
            Gives = counts.Of(Exchange.Give),
            Asks = counts.Of(Exchange.Ask),
            FirstContact = hasContact ? At(facts.FirstContactMs) : null,
            LastContact = hasContact ? At(facts.LastContactMs) : null,
            LastInteraction = At(events[^1].AtMs),
            SilenceDays = hasContact ? facts.SilenceDays(asOfMs) : null,
            RhythmDays = float.IsNaN(facts.RhythmDays) ? null : facts.RhythmDays,
            Episodes = facts.Episodes,
            TurnTaking = TurnTaking(events, options),
            ReplyHoursOut = replies.Out,
            ReplyHoursIn = replies.In,
            Evidence = new TieEvidence
            {
                Interactions = events.Length,
                Kinds = counts.ByKind(),
                Replies = new DirectedCount(replies.AnswersOut, replies.AnswersIn),
                LastOut = LastAt(events, selfIsLow),
                LastIn = LastAt(events, !selfIsLow),
                Burnt = asOfMs >= facts.BurntFromMs,
                CoolingAfterDays = TieStatusRule.CoolingAfterDays(facts.RhythmDays, options.Status),
                QuietAfterDays = TieStatusRule.QuietAfterDays(facts.RhythmDays, options.Status),
                PersistWithinDays = foretold.Forecast.PersistWithinDays,
            },
        };
    }

    /// <summary>
    /// The sum of both strengths at <paramref name="asOfMs"/>, to the last bit that of <see cref="Tie"/>: by which ties are
    /// ranked. 0 where there are no events.
    /// </summary>
    public static double Strength(ReadOnlySpan<DyadEvent> events, long asOfMs, MeasureOptions options)
    {
        if (events.IsEmpty) return 0;
        var decay = options.DecayAt(events[^1].AtMs);
        var left = decay.Factor(asOfMs);
        var facts = Facts(events, decay, options);
        return facts.StrengthOut * left + facts.StrengthIn * left;
    }

    /// <summary>One dyad in full, seen from one side; null where there are no events. Parameters as of <see cref="Tie"/>.</summary>
    public static TieDetail? TieDetail(
        string person, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, MeasureOptions options, DyadForecast? forecast = null)
    {
        if (Tie(person, events, selfIsLow, asOfMs, options, forecast) is not { } tie) return null;
        var counts = new LedgerCounts();
        counts.Add(events, selfIsLow);
        var peak = Peak(events, options);
        return new TieDetail(
            tie, counts.ToLedger(), RelationshipRule.WithEvidence(events, selfIsLow, tie.Balance, options).Evidence,
            History(events, selfIsLow))
        {
            ResponseAsymmetry = ResponseAsymmetry(tie.ReplyHoursOut, tie.ReplyHoursIn),
            PeakStrength = peak.Strength,
            PeakAt = peak.AtMs is { } peakAtMs ? At(peakAtMs) : null,
            AsOf = At(asOfMs),
        };
    }

    /// <summary>
    /// What reviving the tie is worth to one side; whether the dyad is dormant is for the caller to ask of its status.
    /// Null where there are no contacts.
    /// </summary>
    /// <param name="person">Id of the other.</param>
    /// <param name="events">The dyad's events up to <paramref name="asOfMs"/>, in order.</param>
    /// <param name="selfIsLow">Whether the answer is for the low person.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="novelty">Share of the other's mutual contacts that are not mine, in [0,1]; null where they have none.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <param name="forecast">How P(answer) is made; the prior, of the dyad by itself, where null.</param>
    public static DormantTie? DormantTie(
        string person, ReadOnlySpan<DyadEvent> events, bool selfIsLow, long asOfMs, double? novelty, MeasureOptions options,
            DyadForecast? forecast = null)
    {
        if (events.IsEmpty) return null;
        var decay = options.DecayAt(events[^1].AtMs);
        var facts = Facts(events, decay, options);
        if (!facts.HasContact) return null;
        if (!selfIsLow) facts = facts.Reversed();
        var peak = Peak(events, options);
        var peakShare = peak.Strength / (1 + peak.Strength);
        var approaches = ApproachesBy(events, selfIsLow, options);
        var trust = peakShare * (peak.Balance ?? 0) * (approaches.AsksAnswered + 2.0) / (approaches.Asks + 2.0);
        var alone = TieContext.Alone(
            facts.SilenceDays(asOfMs), (facts.ContactStrengthOut + facts.ContactStrengthIn) * decay.Factor(asOfMs));
        var answer = (forecast ?? DyadForecast.Prior).Answer(events, asOfMs, in alone, options);
        return new DormantTie
        {
            Person = person,
            SilenceDays = facts.SilenceDays(asOfMs),
            PeakStrength = peak.Strength,
            Balance = peak.Balance,
            Novelty = novelty,
            NoveltyKnown = novelty is not null,
            Episodes = facts.Episodes,
            AnswerProbability = answer,
            Trust = trust,
            Newness = null,
            ReconnectValue = answer * trust,
            Evidence = new DormantTieEvidence
            {
                PeakShare = peakShare,
                PeakAt = peak.AtMs is { } peakAtMs ? At(peakAtMs) : null,
                Sent = approaches.Sent,
                Answered = approaches.Answered,
                Asks = approaches.Asks,
                AsksAnswered = approaches.AsksAnswered,
                FirstContact = At(facts.FirstContactMs),
                LastContact = At(facts.LastContactMs),
                Contacts = new DirectedCount(facts.ContactsOut, facts.ContactsIn),
            },
        };
    }

    private static TieHistory History(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        var years = new List<TieYear>();
        var activeDays = 0;
        long longestGapMs = 0;
        var dayBefore = long.MinValue;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            if (i > 0) longestGapMs = Math.Max(longestGapMs, happened.AtMs - events[i - 1].AtMs);
            var at = At(happened.AtMs);
            if (at.Date.Ticks != dayBefore) activeDays++;
            dayBefore = at.Date.Ticks;
            if (years.Count == 0 || years[^1].Year != at.Year) years.Add(new TieYear(at.Year, 0, 0));
            years[^1] = years[^1] with
            {
                Out = years[^1].Out + (happened.IsOut(selfIsLow) ? 1 : 0),
                In = years[^1].In + (happened.IsIn(selfIsLow) ? 1 : 0),
            };
        }
        return new TieHistory
        {
            ActiveDays = activeDays,
            LongestGapDays = events.Length > 1 ? longestGapMs / TieDecay.DayMs : null,
            LastKind = WireNames.Of(events[^1].Kind),
            LastExchange = WireNames.Of(events[^1].Exchange),
            Years = years,
        };
    }

    private static DateTimeOffset? LastAt(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        for (var i = events.Length - 1; i >= 0; i--)
            if (events[i].IsOut(selfIsLow)) return At(events[i].AtMs);
        return null;
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
