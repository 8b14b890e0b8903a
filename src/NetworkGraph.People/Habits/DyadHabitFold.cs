using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: what does one dyad say of the habits of its two people?
/// Preconditions: the dyad's events up to a date, ordered by (AtMs, Position).
/// Method: one pass, both sides at once, after replies were matched. Counts are of the window before the date; what leads
/// up to them (who had given before, how long it had been silent) is looked at as far back as there is history. A pure
/// function of the events and the date; it says until when its answer stays the same if nothing happens.
/// Mutual kinds count as contact of both, and say nothing of who gave, asked or advised: in a call no one knows. Where it is
/// about who reaches out to whom, a call is from the caller only.
/// Cost: O(n), no allocation. Not for several threads: one instance each, cheap to make.
/// </summary>
public sealed partial class DyadHabitFold
{
    private readonly HabitSettings _settings;
    private readonly MeasureOptions _measures;
    private readonly HabitThresholds _habits;
    private readonly VenueTable _venues;
    private readonly ReplyMatcher _replies = new();
    private readonly DyadSide _low = new();
    private readonly DyadSide _high = new();
    private readonly long _windowMs;
    private readonly long _answeredWithinMs;
    private readonly long _askedWithinMs;
    private readonly long _newTieMs;
    private readonly long _longSilenceMs;
    private readonly long _establishedForMs;
    private readonly long _keptAliveMs;
    private readonly long _conversationMs;
    private readonly long _persistenceMs;
    private readonly long _persistenceSilentMs;
    private readonly long _monologueOverMs;
    private readonly long _monologueWithinMs;
    private readonly InteractionWeights _weights;
    private long _asOfMs;
    private long _windowStartMs;
    private long _nextChangeMs;
    private long _firstMs;
    private long _previousMs;
    private long _lastSaidMs;
    private uint _lastSaidPosition;
    private long _establishedMs;
    private int _openings;
    private int _contacts;
    private long _firstByLowMs;
    private long _firstByHighMs;
    private Episodes _episodes;
    private bool _isAnswer;
    private bool _isAnswered;
    private bool _wentDormant;
    private int _reactions;
    private int _transactional;
    private int _formal;
    private int _thanks;
    private int _other;

    public DyadHabitFold(HabitSettings settings, VenueTable venues)
    {
        _settings = settings;
        _measures = settings.Measures;
        _habits = settings.Habits;
        _venues = venues;
        _windowMs = Ms(_habits.WindowDays);
        _answeredWithinMs = Ms(_measures.AnsweredWithinDays);
        _askedWithinMs = Ms(_habits.AskedWithinDays);
        _newTieMs = Ms(_habits.Archetypes.Demander.NewTieDays);
        _longSilenceMs = Ms(_habits.Archetypes.CrisisNetworker.LongSilenceDays);
        _establishedForMs = Ms(_habits.Archetypes.Nurturer.EstablishedDays);
        _keptAliveMs = Ms(_habits.Archetypes.Nurturer.KeptAliveDays);
        _conversationMs = Ms(_habits.Archetypes.Nurturer.ConversationDays);
        _persistenceMs = Ms(_habits.Warnings.UnwantedPersistence.WithinDays);
        _persistenceSilentMs = Ms(_habits.Warnings.UnwantedPersistence.SilentDays);
        _monologueOverMs = Ms(_habits.Warnings.Monologue.OverDays);
        _monologueWithinMs = Ms(_habits.Warnings.Monologue.WithinDays);
        _weights = _measures.WeightTable;
    }

    /// <summary>Events before this date, Unix ms, are out of the window of <paramref name="asOfMs"/>.</summary>
    public static long WindowStartMs(long asOfMs, HabitThresholds thresholds) => asOfMs - Ms(thresholds.WindowDays);

    /// <param name="events">The dyad's events up to the date.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="low">Number of the low person, <paramref name="high"/> of the other; only for the trail.</param>
    /// <param name="high">See <paramref name="low"/>.</param>
    /// <remarks>The counts are <see cref="Low"/> and <see cref="High"/> until the next fold.</remarks>
    public DyadOutlook Fold(ReadOnlySpan<DyadEvent> events, long asOfMs, int low = 0, int high = 1)
    {
        _low.Start(high);
        _high.Start(low);
        if (events.IsEmpty) return new DyadOutlook(long.MaxValue, long.MaxValue);
        _asOfMs = asOfMs;
        _windowStartMs = asOfMs - _windowMs;
        _nextChangeMs = long.MaxValue;
        _firstMs = events[0].AtMs;
        _previousMs = _lastSaidMs = _establishedMs = long.MinValue;
        _wentDormant = false;
        _openings = _reactions = _transactional = _formal = _thanks = _other = _contacts = 0;
        _episodes = default;
        FindFirstContacts(events);
        var firstInWindowMs = long.MaxValue;
        var answerOf = _replies.AnswerOf(events, _answeredWithinMs, _weights);
        var strengths = new RunningStrengths(_measures);
        var contactStrengths = new RunningStrengths(_measures, contactsOnly: true);
        var peak = 0.0;
        var isTied = false;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            var inWindow = happened.AtMs >= _windowStartMs;
            if (inWindow && firstInWindowMs == long.MaxValue) firstInWindowMs = happened.AtMs;
            strengths.Add(in happened);
            contactStrengths.Add(in happened);
            peak = Math.Max(peak, Math.Max(strengths.ToHigh, strengths.ToLow));
            isTied |= strengths.ToHigh + strengths.ToLow > 0;
            Sort(in happened, inWindow);
            var isContact = _weights.IsContact(in happened);
            if (isContact) _episodes.Add(happened.AtMs);
            if (happened.Direction == DyadDirection.Both) Together(in happened, isContact, inWindow);
            else
            {
                (_isAnswer, _isAnswered) = (_replies.IsAnswer(i), answerOf[i] >= 0);
                if (happened.Direction == DyadDirection.LowToHigh) Directed(_low, _high, in happened, isContact, inWindow);
                else Directed(_high, _low, in happened, isContact, inWindow);
            }
            if (isContact) _contacts++;
            _previousMs = happened.AtMs;
        }
        if (firstInWindowMs != long.MaxValue)
        {
            ChangesAt(firstInWindowMs + _windowMs + 1);
            Conclude(events, in contactStrengths, peak, isTied);
        }
        return new DyadOutlook(firstInWindowMs, _nextChangeMs);
    }

    /// <summary>What the dyad folded last adds to the habits of its low person.</summary>
    internal ref readonly HabitCounts Low => ref _low.Counts;

    /// <summary>The same of its high person.</summary>
    internal ref readonly HabitCounts High => ref _high.Counts;

    /// <summary>What the low person is like towards the high one.</summary>
    internal ref readonly TieFacts LowTie => ref _low.Tie;

    /// <summary>What the high person is like towards the low one.</summary>
    internal ref readonly TieFacts HighTie => ref _high.Tie;

    /// <summary>Says where what is seen of one side is to be noted; null for nowhere.</summary>
    internal void Follow(bool lowSide, HabitTrail? trail, TieTrail? own, TieTrail? others)
    {
        var (self, other) = lowSide ? (_low, _high) : (_high, _low);
        (self.Trail, self.TieTrail) = (trail, own);
        (other.Trail, other.TieTrail) = (null, others);
    }

    internal static bool IsAsk(in DyadEvent happened) =>
        happened.Exchange is Exchange.Ask && happened.Kind is not InteractionKind.Application;

    internal static bool IsGive(in DyadEvent happened) => happened.Exchange is Exchange.Give
        || (happened.Exchange is Exchange.None
            && happened.Kind is InteractionKind.Favour or InteractionKind.Introduction or InteractionKind.Referral);

    private static long Ms(double days) => (long)(days * TieDecay.DayMs);

    private void ChangesAt(long atMs)
    {
        if (atMs > _asOfMs && atMs < _nextChangeMs) _nextChangeMs = atMs;
    }

    // Before a contact of the two, what one writes is answered by the first contact from the other.
    private void FindFirstContacts(ReadOnlySpan<DyadEvent> events)
    {
        _firstByLowMs = _firstByHighMs = long.MaxValue;
        foreach (ref readonly var happened in events)
        {
            if (!_weights.IsContact(in happened)) continue;
            if (happened.Direction != DyadDirection.HighToLow && _firstByLowMs == long.MaxValue) _firstByLowMs = happened.AtMs;
            if (happened.Direction != DyadDirection.LowToHigh && _firstByHighMs == long.MaxValue) _firstByHighMs = happened.AtMs;
            if (_firstByLowMs != long.MaxValue && _firstByHighMs != long.MaxValue) return;
        }
    }

    // What the tie is made of, for the warnings that say "only"; and what can be derived from it at all.
    private void Sort(in DyadEvent happened, bool inWindow)
    {
        if (inWindow && happened.Exchange is not Exchange.None) CountBoth(HabitFact.SaidExchange);
        if (inWindow && happened.Kind is not (InteractionKind.Message or InteractionKind.Reply)) CountBoth(HabitFact.OtherKinds);
        if (happened.Kind is InteractionKind.Reaction) _reactions++;
        else if (happened.Kind is InteractionKind.Transaction || IsAsk(in happened)) _transactional++;
        else if (happened.Kind is InteractionKind.Connect or InteractionKind.Accept or InteractionKind.Decline
            or InteractionKind.Attendance) _formal++;
        else if (happened.Exchange is Exchange.Thanks) _thanks++;
        else _other++;
    }

    private void CountBoth(HabitFact fact)
    {
        _low.Counts.Count(fact);
        _high.Counts.Count(fact);
    }

    private void Together(in DyadEvent happened, bool isContact, bool inWindow)
    {
        if (inWindow)
        {
            var share = HabitCounts.WholeShare / Math.Max(1, (int)happened.Recipients);
            _low.Counts.MutualShares += share;
            _high.Counts.MutualShares += share;
        }
        if (!isContact) return;
        Upkeep(in happened, inWindow, _low, _high);
        Upkeep(in happened, inWindow, _high, _low);
        KeepTime(in happened, inWindow);
        if (happened.Kind is InteractionKind.Call && happened.CalledBy == DyadDirection.LowToHigh)
            Called(_low, _high, in happened, inWindow);
        else if (happened.Kind is InteractionKind.Call && happened.CalledBy == DyadDirection.HighToLow)
            Called(_high, _low, in happened, inWindow);
        else
        {
            _low.Met(happened.AtMs);
            _high.Met(happened.AtMs);
        }
        _low.Tie.SaidOut++;
        _high.Tie.SaidOut++;
        Establish(in happened);
    }

    private void Directed(DyadSide from, DyadSide to, in DyadEvent happened, bool isContact, bool inWindow)
    {
        if (inWindow && happened.IsFirstOfInteraction) from.Count(HabitFact.Outgoing, in happened);
        switch (happened.Kind)
        {
            case InteractionKind.Reaction:
                from.Tie.ReactionsOut++;
                from.TieTrail?.Saw(WarningKind.Superficial, happened.Position);
                break;
            case InteractionKind.Decline when !happened.HasVenue:
                to.IsDeclined = true;
                to.AttemptsSinceDecline = 0;
                to.TieTrail?.Forget(WarningKind.UnwantedPersistence);
                break;
            case InteractionKind.Accept:
                if (from.AcceptedMs == long.MinValue) from.AcceptedMs = happened.AtMs;
                if (inWindow && from.AcceptedMs == happened.AtMs) from.Count(HabitFact.TiesAccepted, in happened);
                to.Answered(takesBackDecline: true);
                break;
            case InteractionKind.Connect when inWindow:
                from.AttemptAfterDecline(in happened);
                break;
        }
        if (happened.Kind is InteractionKind.Transaction || IsAsk(in happened))
        {
            from.Tie.TransactionalOut++;
            from.TieTrail?.Saw(WarningKind.Transactional, happened.Position);
        }
        if (IsGive(in happened)) Give(from, to, in happened, inWindow);
        if (happened.Kind.IsMessageLike()) Say(from, to, in happened, isContact, inWindow);
    }

    private void Say(DyadSide from, DyadSide to, in DyadEvent happened, bool isContact, bool inWindow)
    {
        if (isContact)
        {
            Upkeep(in happened, inWindow, from, to);
            KeepTime(in happened, inWindow);
        }
        if (happened.Exchange is Exchange.Ask or Exchange.Pitch) Forward(from, to, in happened, isContact, inWindow);
        if (inWindow && happened.IsFirstOfInteraction) Sent(from, in happened);
        if (inWindow && _contacts == 0) ApproachCold(from, to, in happened);
        if (!isContact) return;
        if (inWindow)
        {
            from.Tie.Sent++;
            if (happened.Exchange is Exchange.Advice) Advise(from, in happened);
        }
        Approach(from, to, in happened, inWindow);
        to.Answered(takesBackDecline: true);
        from.IsUnanswered = true;
        from.Tie.SaidOut++;
        Establish(in happened);
    }

    private void Advise(DyadSide from, in DyadEvent happened)
    {
        from.Tie.AdviceOut++;
        if (from.AdvisedIn != _episodes.Count) from.Tie.AdviceEpisodes++;
        from.AdvisedIn = _episodes.Count;
        from.TieTrail?.Saw(WarningKind.OneWayMentorship, happened.Position);
    }

    private static void Sent(DyadSide from, in DyadEvent happened)
    {
        from.Count(HabitFact.Sent, in happened);
        switch (happened.Exchange)
        {
            case Exchange.Promotion or Exchange.Pitch: from.Count(HabitFact.Promotions, in happened); break;
            case Exchange.Gossip: from.Count(HabitFact.Gossips, in happened); break;
            case Exchange.UnsolicitedAdvice: from.Count(HabitFact.UnsolicitedAdvice, in happened); break;
        }
    }
}
