using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Habits;

// Giving, asking, approaching, keeping up: what single events mean in the light of those before them.
public sealed partial class DyadHabitFold
{
    private void Give(DyadSide from, DyadSide to, in DyadEvent happened, bool inWindow)
    {
        from.GivesEver++;
        if (!inWindow) return;
        from.Tie.Gives++;
        if (from.GivesEver == 1 && from.AsksEver == 0) from.Count(HabitFact.TiesGaveFirst, in happened);
        if (happened.Kind is InteractionKind.Introduction)
        {
            from.Count(HabitFact.IntroductionsMade, in happened);
            return;
        }
        if (!happened.IsFirstOfInteraction) return;
        from.Count(HabitFact.Gives, in happened);
        var wasAsked = to.LastAskMs != long.MinValue && happened.AtMs - to.LastAskMs <= _askedWithinMs;
        if (!wasAsked) from.Count(HabitFact.UnaskedGives, in happened);
    }

    /// <summary>An ask or a pitch.</summary>
    private void Forward(DyadSide from, DyadSide to, in DyadEvent happened, bool isContact, bool inWindow)
    {
        if (inWindow && isContact && _contacts < _habits.WarmFromContacts)
        {
            from.Tie.Premature++;
            from.TieTrail?.Saw(WarningKind.PrematurePitch, happened.Position);
        }
        if (happened.Exchange is not Exchange.Ask) return;
        from.AsksEver++;
        from.LastAskMs = happened.AtMs;
        if (!inWindow) return;
        from.Tie.Asks++;
        from.TieTrail?.Saw(WarningKind.Exploitation, happened.Position);
        if (from.AsksEver == 1 && from.GivesEver == 0) from.Count(HabitFact.TiesAskedFirst, in happened);
        if (_contacts > 0 && happened.AtMs - _previousMs >= _longSilenceMs)
        {
            from.Count(HabitFact.AsksAfterSilence, in happened);
            return;
        }
        if (!happened.IsFirstOfInteraction) return;
        from.Count(HabitFact.Asks, in happened);
        if (from.GivesEver == 0) from.Count(HabitFact.AsksBeforeGive, in happened);
        if (happened.AtMs - _firstMs <= _newTieMs || from.IsUnanswered) from.Count(HabitFact.AsksNewOrUnanswered, in happened);
    }

    /// <summary>Something said to the other, answered or not: what the other makes of it, and how long this one goes on.</summary>
    private void Approach(DyadSide from, DyadSide to, in DyadEvent happened, bool inWindow)
    {
        // Neither a comment on what was published nor bringing others together waits for an answer.
        if (happened.Kind is InteractionKind.Comment or InteractionKind.Introduction or InteractionKind.Referral)
        {
            from.WroteMs = happened.AtMs;
            from.ContactsOut++;
            return;
        }
        Reach(from, to, in happened, inWindow);
        if (!inWindow) return;
        var hadTime = _isAnswered || happened.AtMs + _answeredWithinMs <= _asOfMs;
        if (!hadTime) ChangesAt(happened.AtMs + _answeredWithinMs);
        if (!hadTime) return;
        // What answers this person's own words needs no answer again.
        if (to.AcceptedMs != long.MinValue && !_isAnswer)
        {
            to.Count(HabitFact.ReceivedAfterAccept, in happened);
            if (_isAnswered) to.Count(HabitFact.AnsweredAfterAccept, in happened);
        }
    }

    /// <summary>A call: both spoke where it is known to have lasted; else it is one more attempt of the caller's.</summary>
    private void Called(DyadSide from, DyadSide to, in DyadEvent happened, bool inWindow)
    {
        Reach(from, to, in happened, inWindow);
        to.Answered(takesBackDecline: true);
        if (!happened.IsSpokenCall) return;
        from.Run = 0;
        from.IsUnanswered = false;
    }

    /// <summary>
    /// One of the two reaches out: whether they go on though they were declined, or for long without a word from the other.
    /// </summary>
    private void Reach(DyadSide from, DyadSide to, in DyadEvent happened, bool inWindow)
    {
        from.Contact(in happened);
        if (!inWindow) return;
        from.AttemptAfterDecline(in happened);
        var hasLongNotWritten = to.WroteMs == long.MinValue || to.WroteMs < happened.AtMs - _persistenceSilentMs;
        if (happened.Recipients == 1 && !happened.HasVenue && hasLongNotWritten) from.Attempt(in happened, _persistenceMs);
    }

    /// <summary>A message to somebody with no contact before, that was not written for them.</summary>
    private void ApproachCold(DyadSide from, DyadSide to, in DyadEvent happened)
    {
        if (happened.Kind is not InteractionKind.Message || happened.IsPersonalised) return;
        var answerMs = ReferenceEquals(to, _low) ? _firstByLowMs : _firstByHighMs;
        var isAnswered = answerMs != long.MaxValue && answerMs - happened.AtMs <= _answeredWithinMs;
        if (from.Counts[HabitFact.ColdTies] == 0) from.Count(HabitFact.ColdTies, in happened);
        if (!isAnswered && happened.AtMs + _answeredWithinMs > _asOfMs) ChangesAt(happened.AtMs + _answeredWithinMs);
        else from.Trail?.ColdApproaches.Add(new ColdApproach(happened.AtMs, from.Other, isAnswered));
    }

    /// <summary>Who opens conversations, and who takes a dormant tie up again. Before the times move on.</summary>
    private void Upkeep(in DyadEvent happened, bool inWindow, DyadSide from, DyadSide to)
    {
        if (to.RevivingMs != long.MinValue && to.RevivingMs != happened.AtMs)
        {
            to.HasRevived |= to.RevivingMs >= _windowStartMs;
            to.IsBroken = false;
            to.RevivingMs = long.MinValue;
        }
        if (_establishedMs != long.MinValue && happened.AtMs - _previousMs >= _establishedForMs) from.RevivingMs = happened.AtMs;
        if (!inWindow || (_previousMs != long.MinValue && happened.AtMs - _previousMs <= _conversationMs)) return;
        from.Opened++;
        _openings++;
    }

    /// <summary>Whether the tie was left silent too long before this was said.</summary>
    private void KeepTime(in DyadEvent happened, bool inWindow)
    {
        if (inWindow && _establishedMs != long.MinValue && happened.AtMs - _lastSaidMs > _keptAliveMs)
        {
            _wentDormant |= happened.AtMs - _lastSaidMs >= _establishedForMs;
            _low.IsBroken = true;
            _high.IsBroken = true;
        }
        (_lastSaidMs, _lastSaidPosition) = (happened.AtMs, happened.Position);
    }

    private void Establish(in DyadEvent happened)
    {
        if (_establishedMs == long.MinValue && Math.Min(_low.Tie.SaidOut, _high.Tie.SaidOut) >= _habits.EstablishedFromMutual)
            _establishedMs = happened.AtMs;
    }
}
