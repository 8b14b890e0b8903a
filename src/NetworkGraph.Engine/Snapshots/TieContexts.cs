using System.Numerics;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// What goes on around the ties of one person (<see cref="TieContext"/>), from the rows of a snapshot. One person after the other:
/// their contacts are put into a table once, and each of the others' rows is walked once. Sums run in the order of the row, which
/// is the same for equal networks. Not for several threads.
/// Cost: the person's row, and the other's row for each tie asked about; some 16 bytes a contact of memory.
/// </summary>
public sealed class TieContexts(NetworkSnapshot snapshot)
{
    private const int Empty = -1;

    private readonly double _factor = snapshot.StrengthFactor;
    private int[] _contacts = [];
    private int _shift;
    private int _person = -1;
    private Activity _own;

    /// <summary>The context of the tie between two people, by number.</summary>
    public TieContext Of(int person, int other)
    {
        if (person != _person) Begin(person);
        var theirs = Walk(snapshot.Row(other), countCommon: true, out var common);
        return new TieContext(
            Math.Max(_own.SilenceDays(snapshot.AsOfMs), theirs.SilenceDays(snapshot.AsOfMs)),
            Math.Min(_own.Strength, theirs.Strength) * _factor,
            Math.Max(_own.Strength, theirs.Strength) * _factor,
            Math.Min(_own.Degree, theirs.Degree),
            common);
    }

    private void Begin(int person)
    {
        _person = person;
        var row = snapshot.Row(person);
        // At most half full, so that a place is found in a step or two.
        var bits = BitOperations.Log2((uint)Math.Max(1, row.Count)) + 2;
        _shift = 32 - bits;
        if (_contacts.Length != 1 << bits) _contacts = new int[1 << bits];
        Array.Fill(_contacts, Empty);
        for (var entry = 0; entry < row.Count; entry++)
            if (row.ContactOut[entry] + row.ContactIn[entry] > 0) _contacts[PlaceOf(row.Neighbours[entry])] = row.Neighbours[entry];
        _own = Walk(row, countCommon: false, out _);
    }

    /// <summary>Where a person stands in the table, or would.</summary>
    private int PlaceOf(int person)
    {
        var place = (int)((uint)person * 0x9E3779B1 >> _shift);
        while (_contacts[place] != Empty && _contacts[place] != person) place = place + 1 & _contacts.Length - 1;
        return place;
    }

    private Activity Walk(TieRow row, bool countCommon, out int common)
    {
        var neighbours = row.Neighbours;
        var contactOut = row.ContactOut;
        var contactIn = row.ContactIn;
        var last = row.LastContactMs;
        var activity = new Activity { LastMs = long.MinValue };
        common = 0;
        for (var entry = 0; entry < neighbours.Length; entry++)
        {
            var strength = (double)contactOut[entry] + contactIn[entry];
            if (strength <= 0) continue;
            activity.Strength += strength;
            activity.Degree++;
            if (last[entry] > activity.LastMs) activity.LastMs = last[entry];
            if (countCommon && _contacts[PlaceOf(neighbours[entry])] != Empty) common++;
        }
        return activity;
    }

    private struct Activity
    {
        public double Strength;
        public long LastMs;
        public int Degree;

        public readonly double SilenceDays(long asOfMs) => Degree == 0 ? 0 : Math.Max(0, asOfMs - LastMs) / TieDecay.DayMs;
    }
}
