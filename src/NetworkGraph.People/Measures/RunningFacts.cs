using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The facts of a dyad as its events go by in order: after k events they are those that <see cref="DyadMeasures.Facts"/>
/// says of the first k. For asking at many dates what one pass can tell: an event costs O(1), and O(k) small moves to
/// keep the gaps in order. One object serves one dyad after the other.
/// </summary>
public sealed class RunningFacts(TieDecay decay, MeasureOptions options)
{
    private readonly InteractionWeights _weights = options.WeightTable;
    private readonly double _perMs = Math.Log(2) / (decay.HalfLifeDays * TieDecay.DayMs);
    private readonly List<long> _gapsMs = [];
    private double _toHigh;
    private double _toLow;
    private bool _tiedToHigh;
    private bool _tiedToLow;
    private int _messageLikeToHigh;
    private int _messageLikeToLow;

    /// <summary>Forgets the dyad before.</summary>
    public void Begin()
    {
        _gapsMs.Clear();
        (_toHigh, _toLow, _tiedToHigh, _tiedToLow, _messageLikeToHigh, _messageLikeToLow) = (0, 0, false, false, 0, 0);
    }

    /// <summary>Takes in event number <paramref name="index"/> of a dyad.</summary>
    public void Add(ReadOnlySpan<DyadEvent> events, int index)
    {
        ref readonly var happened = ref events[index];
        if (index > 0) AddGap(happened.AtMs - events[index - 1].AtMs);
        var weight = _weights.Of(in happened);
        var worth = weight > 0 ? weight * Math.Exp((happened.AtMs - decay.LandmarkMs) * _perMs) : 0;
        var messageLike = happened.Kind.IsMessageLike() ? 1 : 0;
        if (happened.Direction != DyadDirection.HighToLow)
        {
            _toHigh += worth;
            _tiedToHigh |= weight > 0;
            _messageLikeToHigh += messageLike;
        }
        if (happened.Direction != DyadDirection.LowToHigh)
        {
            _toLow += worth;
            _tiedToLow |= weight > 0;
            _messageLikeToLow += messageLike;
        }
    }

    /// <summary>The facts of the events added, which are the leading ones given here; at least one.</summary>
    public DyadFacts Of(ReadOnlySpan<DyadEvent> events) => new()
    {
        StrengthOut = _tiedToHigh ? Math.Max(DyadMeasures.LeastStrength, _toHigh) : 0,
        StrengthIn = _tiedToLow ? Math.Max(DyadMeasures.LeastStrength, _toLow) : 0,
        FirstContactMs = events[0].AtMs,
        LastContactMs = events[^1].AtMs,
        MedianGapDays = (float)(events.Length < 3 ? options.UnknownGapDays : MedianGapMs() / TieDecay.DayMs),
        Interactions = events.Length,
        MessageLikeOut = _messageLikeToHigh,
        MessageLikeIn = _messageLikeToLow,
        Burnt = DyadMeasures.IsBurnt(events, options),
    };

    private void AddGap(long gapMs)
    {
        var at = _gapsMs.BinarySearch(gapMs);
        _gapsMs.Insert(at < 0 ? ~at : at, gapMs);
    }

    private double MedianGapMs()
    {
        var middle = _gapsMs.Count / 2;
        return _gapsMs.Count % 2 == 1 ? _gapsMs[middle] : (_gapsMs[middle - 1] + (double)_gapsMs[middle]) / 2;
    }
}
