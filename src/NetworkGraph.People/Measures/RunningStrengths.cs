using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Both strengths of a dyad as its events go by in order, each at the time of the event added last:
/// s ← s·2^(-Δt/H) + w, of all interactions or of the contacts alone. O(1) per event; stays in range however long the
/// history is.
/// </summary>
internal struct RunningStrengths
{
    private readonly InteractionWeights _weights;
    private readonly double _perMs;
    private readonly bool _contactsOnly;
    private long _atMs;

    public RunningStrengths(MeasureOptions options, bool contactsOnly = false)
    {
        _weights = options.WeightTable;
        _perMs = Math.Log(2) / (options.HalfLifeDays * TieDecay.DayMs);
        _contactsOnly = contactsOnly;
    }

    /// <summary>From the low person to the high one.</summary>
    public double ToHigh { get; private set; }

    /// <summary>From the high person to the low one.</summary>
    public double ToLow { get; private set; }

    /// <summary>√(s_uv·s_vu).</summary>
    public readonly double Mutual => Math.Sqrt(ToHigh * ToLow);

    /// <summary>Null where both are 0.</summary>
    public readonly double? Balance => DyadMeasures.Balance(ToHigh, ToLow);

    public void Add(in DyadEvent happened)
    {
        MoveTo(happened.AtMs);
        if (_contactsOnly && !_weights.IsContact(in happened)) return;
        var weight = _weights.Of(in happened);
        if (happened.Direction != DyadDirection.HighToLow) ToHigh += weight;
        if (happened.Direction != DyadDirection.LowToHigh) ToLow += weight;
    }

    /// <summary>Lets time pass without an event.</summary>
    public void MoveTo(long atMs)
    {
        if (atMs != _atMs && (ToHigh > 0 || ToLow > 0))
        {
            var left = Math.Exp((_atMs - atMs) * _perMs);
            ToHigh *= left;
            ToLow *= left;
        }
        _atMs = atMs;
    }
}
