using System.Runtime.InteropServices;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The facts of a dyad as its events go by in order: after k events they are those of the first k. An event costs O(1) and
/// at most one exponential a distinct time; asking costs O(episodes). One object serves one dyad after the other. Not for
/// several threads.
/// </summary>
public sealed class RunningFacts(MeasureOptions options)
{
    private const long MinuteMs = 60_000;

    private readonly InteractionWeights _weights = options.WeightTable;
    private readonly List<long> _gapsMs = [];
    private long[] _scratch = new long[32];
    private TieDecay _decay;
    private double _perMs;
    private long _worthAtMs;
    private double _worth;
    private double _toHigh;
    private double _toLow;
    private double _contactToHigh;
    private double _contactToLow;
    private double _hopPerMs;
    private double _hopWorth;
    private double _hopToHigh;
    private double _hopToLow;
    private bool _tiedToHigh;
    private bool _tiedToLow;
    private int _contactsToHigh;
    private int _contactsToLow;
    private int _interactions;
    private long _firstContactMs;
    private long _lastContactMs;
    private Episodes _episodes;
    private Decline _byLow;
    private Decline _byHigh;

    public MeasureOptions Options => options;

    /// <summary>Forgets the dyad before; strengths will be at the decay's landmark.</summary>
    public void Begin(TieDecay decay)
    {
        _decay = decay;
        _perMs = Math.Log(2) / (decay.HalfLifeDays * TieDecay.DayMs);
        var hops = decay.OfHops;
        _hopPerMs = hops.HalfLifeDays == decay.HalfLifeDays ? 0 : Math.Log(2) / (hops.HalfLifeDays * TieDecay.DayMs);
        _gapsMs.Clear();
        (_toHigh, _toLow, _contactToHigh, _contactToLow) = (0, 0, 0, 0);
        (_tiedToHigh, _tiedToLow, _contactsToHigh, _contactsToLow, _interactions) = (false, false, 0, 0, 0);
        (_worthAtMs, _worth) = (long.MinValue, 0);
        (_hopWorth, _hopToHigh, _hopToLow) = (0, 0, 0);
        _episodes = default;
        _byLow = _byHigh = default;
    }

    /// <summary>Takes in the next event.</summary>
    public void Add(in DyadEvent happened)
    {
        _interactions++;
        var weight = _weights.Of(in happened);
        var isContact = weight > 0 && _weights.IsContact(in happened);
        if (weight > 0 && happened.AtMs != _worthAtMs)
        {
            _worthAtMs = happened.AtMs;
            _worth = Math.Exp((_worthAtMs - _decay.LandmarkMs) * _perMs);
            _hopWorth = _hopPerMs == 0 ? _worth : Math.Exp((_worthAtMs - _decay.LandmarkMs) * _hopPerMs);
        }
        if (isContact) Contact(happened.AtMs);
        if (happened.Direction != DyadDirection.HighToLow)
        {
            _toHigh += weight * _worth;
            _tiedToHigh |= weight > 0;
            if (isContact)
            {
                _contactToHigh += weight * _worth;
                _hopToHigh += weight * _hopWorth;
                _contactsToHigh++;
            }
            _byLow.See(in happened);
        }
        if (happened.Direction != DyadDirection.LowToHigh)
        {
            _toLow += weight * _worth;
            _tiedToLow |= weight > 0;
            if (isContact)
            {
                _contactToLow += weight * _worth;
                _hopToLow += weight * _hopWorth;
                _contactsToLow++;
            }
            _byHigh.See(in happened);
        }
    }

    /// <summary>The facts of the events added, which are the leading ones given here; no events give default facts.</summary>
    public DyadFacts Of(ReadOnlySpan<DyadEvent> events)
    {
        if (events.IsEmpty) return default;
        return new DyadFacts
        {
            StrengthOut = _tiedToHigh ? Math.Max(DyadMeasures.MinStrength, _toHigh) : 0,
            StrengthIn = _tiedToLow ? Math.Max(DyadMeasures.MinStrength, _toLow) : 0,
            ContactStrengthOut = _contactsToHigh > 0 ? Math.Max(DyadMeasures.MinStrength, _contactToHigh) : 0,
            ContactStrengthIn = _contactsToLow > 0 ? Math.Max(DyadMeasures.MinStrength, _contactToLow) : 0,
            HopStrength = _contactsToHigh > 0 && _contactsToLow > 0
                ? Math.Max(DyadMeasures.MinStrength, Math.Sqrt(_hopToHigh) * Math.Sqrt(_hopToLow)) : 0,
            FirstContactMs = _episodes.Count > 0 ? _firstContactMs : 0,
            LastContactMs = _episodes.Count > 0 ? _lastContactMs : 0,
            RhythmDays = (float)RhythmDays(),
            Episodes = _episodes.Count,
            Interactions = _interactions,
            ContactsOut = _contactsToHigh,
            ContactsIn = _contactsToLow,
            BurntFromMs = Math.Min(BurntFromMs(events, in _byLow), BurntFromMs(events, in _byHigh)),
        };
    }

    private void Contact(long atMs)
    {
        if (_episodes.Count == 0) _firstContactMs = atMs;
        _lastContactMs = atMs;
        var before = _episodes.StartMs;
        if (_episodes.Add(atMs) && _episodes.Count > 1) _gapsMs.Add(atMs - before);
        _byLow.Contact(atMs);
        _byHigh.Contact(atMs);
    }

    private double RhythmDays()
    {
        if (_scratch.Length < _gapsMs.Count) _scratch = new long[_gapsMs.Count * 2];
        var gaps = _scratch.AsSpan(0, _gapsMs.Count);
        CollectionsMarshal.AsSpan(_gapsMs).CopyTo(gaps);
        return Episodes.RhythmDays(gaps);
    }

    /// <summary>From when the decline burns the tie; never where it does not. A whole minute, since snapshots hold no more.</summary>
    private long BurntFromMs(ReadOnlySpan<DyadEvent> events, in Decline decline)
    {
        if (!decline.Stands || !WasStrong(events)) return DyadFacts.NeverMs;
        var fromMs = decline.AtMs + (long)(options.BurntAfterDays * TieDecay.DayMs);
        if (decline.HasContactSince && decline.ContactSinceMs <= fromMs) return DyadFacts.NeverMs;
        var overMs = ((fromMs % MinuteMs) + MinuteMs) % MinuteMs;
        return overMs == 0 ? fromMs : fromMs + MinuteMs - overMs;
    }

    private bool WasStrong(ReadOnlySpan<DyadEvent> events)
    {
        var strengths = new RunningStrengths(options);
        foreach (ref readonly var happened in events)
        {
            strengths.Add(in happened);
            if (DyadMeasures.ReachedStrength(Math.Max(strengths.ToHigh, strengths.ToLow), options.BurntFromStrength)) return true;
        }
        return false;
    }

    /// <summary>
    /// Whether the last that one of the two did towards the other, reactions apart, was to decline; and the first contact since.
    /// </summary>
    private struct Decline
    {
        public bool Stands { get; private set; }

        public long AtMs { get; private set; }

        public bool HasContactSince { get; private set; }

        public long ContactSinceMs { get; private set; }

        public void See(in DyadEvent happened)
        {
            if (happened.Kind is InteractionKind.Reaction) return;
            Stands = happened.Kind is InteractionKind.Decline && !happened.HasVenue;
            AtMs = happened.AtMs;
            HasContactSince = false;
        }

        public void Contact(long atMs)
        {
            if (!Stands || HasContactSince) return;
            HasContactSince = true;
            ContactSinceMs = atMs;
        }
    }
}
