using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// What goes on around the ties of one person (<see cref="TieContext"/>), from the rows of a snapshot. One person after the other:
/// their contacts are marked once, and each of the others' rows is walked once. Sums run in the order of the row, which is the same
/// for equal networks. Not for several threads.
/// Cost: the person's row, and the other's row for each tie asked about; one bit a person of memory.
/// </summary>
public sealed class TieContexts(NetworkSnapshot snapshot)
{
    private readonly ulong[] _marks = new ulong[(snapshot.People + 63) / 64];
    private readonly double _factor = snapshot.StrengthFactor;
    private int _person = -1;
    private Activity _own;

    /// <summary>The context of the tie between two people; both are numbers of people in the snapshot.</summary>
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
        if (_person >= 0) Mark(snapshot.Row(_person), isMarked: false);
        _person = person;
        Mark(snapshot.Row(person), isMarked: true);
        _own = Walk(snapshot.Row(person), countCommon: false, out _);
    }

    private void Mark(TieRow row, bool isMarked)
    {
        for (var entry = 0; entry < row.Count; entry++)
        {
            if (row.ContactOut[entry] + row.ContactIn[entry] <= 0) continue;
            var other = row.Neighbours[entry];
            if (isMarked) _marks[other >> 6] |= 1UL << other;
            else _marks[other >> 6] = 0;
        }
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
            if (countCommon && (_marks[neighbours[entry] >> 6] >> neighbours[entry] & 1) != 0) common++;
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
