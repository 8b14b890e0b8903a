using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

// What the events together amount to.
public sealed partial class DyadHabitFold
{
    private void Conclude(ReadOnlySpan<DyadEvent> events, in RunningStrengths contacts, double peak, bool isTied)
    {
        var first = FirstContact.Of(events, _asOfMs, _venues, _weights, _settings.FollowUps);
        if (first is { } met) Meet(in met);
        Standing(events, in contacts, peak, isTied, first is { State: FollowUpState.Due or FollowUpState.Overdue }, first);
        Nurture(_low);
        Nurture(_high);
        TalkToThemselves(_low);
        TalkToThemselves(_high);
        CompleteTie(_low, _high);
        CompleteTie(_high, _low);
        Warn(_low, _high);
        Warn(_high, _low);
    }

    private void Meet(in FirstContact met)
    {
        if (met.State.IsOpen()) ChangesAt(met.MetMs + Ms(_settings.FollowUps.LateWithinDays));
        if (met.MetMs < _windowStartMs) return;
        var isAtVenue = met.MetBy is InteractionKind.Meeting && _venues.Of(met.MetPosition) >= 0;
        var contact = new DyadEvent { AtMs = met.MetMs, Position = met.MetPosition };
        foreach (var side in (ReadOnlySpan<DyadSide>)[_low, _high])
        {
            if (isAtVenue) side.Count(HabitFact.MetAtVenues, in contact);
            if (met.State.IsOpen()) continue;
            side.Count(HabitFact.FirstContacts, in contact);
            if (met.State.IsFollowedUp()) side.Count(HabitFact.FirstContactsFollowedUp, in contact);
        }
    }

    private void Standing(
        ReadOnlySpan<DyadEvent> events, in RunningStrengths contacts, double peak, bool isTied, bool isOpen, FirstContact? first)
    {
        ref readonly var last = ref events[^1];
        if (last.AtMs >= _windowStartMs && !isOpen && IsNominal(events, first))
        {
            _low.Counts.Count(HabitFact.NominalTies);
            _high.Counts.Count(HabitFact.NominalTies);
        }
        var isEnded = (last.Kind is InteractionKind.Decline && !last.HasVenue) || last.Exchange is Exchange.Complaint;
        if (isEnded && last.AtMs >= _windowStartMs && DyadMeasures.ReachedStrength(peak, _measures.BurntFromStrength))
        {
            if (last.Direction != DyadDirection.HighToLow) _low.Count(HabitFact.TiesBurnt, in last);
            if (last.Direction != DyadDirection.LowToHigh) _high.Count(HabitFact.TiesBurnt, in last);
        }
        if (!isTied) return;
        _low.Counts.Count(HabitFact.Connections);
        _high.Counts.Count(HabitFact.Connections);
        if (!CouldCall(events, in contacts)) return;
        _low.Counts.Count(HabitFact.CouldCall);
        _high.Counts.Count(HabitFact.CouldCall);
    }

    private bool CouldCall(ReadOnlySpan<DyadEvent> events, in RunningStrengths contacts)
    {
        if (!VanityGapRule.CouldCall(events, in contacts, _asOfMs, _measures)) return false;
        var halfLifeMs = _measures.HalfLifeDays * TieDecay.DayMs;
        // From a little before it falls below the threshold; where that was too early, it is looked at again.
        var strongForMs = Math.Log2(contacts.Mutual / _measures.CallFromStrength) * halfLifeMs;
        ChangesAt((long)Math.Clamp(events[^1].AtMs + strongForMs, _asOfMs + 1, 9e18));
        return true;
    }

    private bool IsNominal(ReadOnlySpan<DyadEvent> events, FirstContact? first)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Position != first?.MetPosition && _weights.IsContact(in events[i])) return false;
        }
        return true;
    }

    private void Nurture(DyadSide side)
    {
        if (_establishedMs == long.MinValue || _lastSaidMs < _windowStartMs) return;
        if (_asOfMs - _establishedMs < _establishedForMs)
        {
            ChangesAt(_establishedMs + _establishedForMs);
            return;
        }
        side.Counts.Count(HabitFact.TiesEstablished);
        if (_asOfMs - _lastSaidMs < _establishedForMs) ChangesAt(_lastSaidMs + _establishedForMs);
        else _wentDormant = true;
        if (_wentDormant) side.Counts.Count(HabitFact.TiesGoneDormant);
        if (side.HasRevived) side.Counts.Count(HabitFact.TiesRevived);
        if (side.IsBroken || _asOfMs - _lastSaidMs > _keptAliveMs) return;
        ChangesAt(_lastSaidMs + _keptAliveMs + 1);
        var opensEnough = _openings > 0 && side.Opened >= _habits.Archetypes.Nurturer.OpensShare * _openings;
        if (opensEnough) side.Counts.Count(HabitFact.TiesKeptAlive);
        if (!opensEnough && !side.HasRevived) return;
        side.Counts.Count(HabitFact.TiesNurtured);
        side.Trail?.Saw(HabitFact.TiesNurtured, new DyadEvent { AtMs = _lastSaidMs, Position = _lastSaidPosition }, side.Other);
    }

    private void TalkToThemselves(DyadSide side)
    {
        var monologue = _habits.Warnings.Monologue;
        if (side.ContactsOut < monologue.FromContacts) return;
        side.Counts.Count(HabitFact.TiesWritten);
        if (side.Run < monologue.FromRun || side.RunLastMs - side.RunFirstMs < _monologueOverMs) return;
        if (_asOfMs - side.RunLastMs > _monologueWithinMs) return;
        ChangesAt(side.RunLastMs + _monologueWithinMs + 1);
        side.Counts.Count(HabitFact.TiesUnanswered);
        side.Trail?.Saw(HabitFact.TiesUnanswered, new DyadEvent { AtMs = side.RunLastMs, Position = side.RunLastPosition }, side.Other);
    }

    private void CompleteTie(DyadSide side, DyadSide other)
    {
        side.Tie.AttemptsAfterDecline = side.AttemptsSinceDecline;
        side.Tie.SaidIn = other.Tie.SaidOut;
        side.Tie.AdviceIn = other.Tie.AdviceOut;
        side.Tie.AdviceEpisodes = Math.Max(side.Tie.AdviceEpisodes, other.Tie.AdviceEpisodes);
        side.Tie.Reactions = _reactions;
        side.Tie.Transactional = _transactional;
        side.Tie.Formal = _formal;
        side.Tie.Thanks = _thanks;
        side.Tie.Other = _other;
    }

    private void Warn(DyadSide side, DyadSide other)
    {
        foreach (var rule in WarningRules.OfTies)
        {
            if (rule.Score(in side.Tie, _settings) < WarningRules.WarnedFromScore) continue;
            (rule.Kind is WarningKind.UnwantedPersistence ? other : side).Counts.Count(rule.Kind.CountedAs());
        }
    }
}
