using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Statuses;

/// <summary>A dyad whose status is another than it was.</summary>
/// <param name="Low">Number of the one person.</param>
/// <param name="High">Number of the other, the higher one.</param>
/// <param name="Before">The status at the earlier date; null where there was no tie yet.</param>
/// <param name="After">The status at the later date.</param>
/// <param name="Strength">√(s_uv·s_vu) where it was the stronger: at the earlier or at the later date.</param>
public readonly record struct TieStatusChange(int Low, int High, TieStatus? Before, TieStatus After, double Strength);

/// <summary>
/// Problem: which dyads went from which status to which between two dates, and which of those were the strongest?
/// Method: person by person both rows: the earlier row's dyads are laid out by the other's number, the later row is held
/// against them. Each dyad is looked at from its person with the lower number. Parts of the network in parallel; the
/// strongest of each change are kept in short lists, ordered by strength and then by ids, so that the threads do not
/// matter.
/// Preconditions: two snapshots of the same people, numbered alike.
/// Invariants: a dyad is counted in one change at most; one whose status stays is in none.
/// Cost: O(entries of both); 4 bytes a person and thread.
/// </summary>
public sealed class TieStatusChanges
{
    private const int PeoplePerPart = 4096;
    private static readonly int s_statuses = Enum.GetValues<TieStatus>().Length;
    private readonly long[] _counts = new long[(s_statuses + 1) * s_statuses];
    private readonly List<TieStatusChange>[] _strongest;
    private readonly int _kept;
    private readonly PersonIds _ids;

    private TieStatusChanges(int kept, PersonIds ids)
    {
        (_kept, _ids) = (kept, ids);
        _strongest = [.. Enumerable.Range(0, _counts.Length).Select(static _ => new List<TieStatusChange>())];
    }

    /// <summary>How many dyads went from <paramref name="before"/> (null: no tie yet) to <paramref name="after"/>.</summary>
    public long Count(TieStatus? before, TieStatus after) => _counts[Cell(before, after)];

    /// <summary>The strongest of those that went from one status to the other, at most as many as were to be kept.</summary>
    public IReadOnlyList<TieStatusChange> Strongest(TieStatus? before, TieStatus after) => _strongest[Cell(before, after)];

    /// <summary>Holds the network at a date against the same at an earlier one.</summary>
    /// <param name="earlier">The network as it was.</param>
    /// <param name="later">The network as it is.</param>
    /// <param name="thresholds">What makes a status.</param>
    /// <param name="kept">How many dyads of each change to name at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public static TieStatusChanges Compute(
        NetworkSnapshot earlier, NetworkSnapshot later, StatusThresholds thresholds, int kept, CancellationToken cancellation = default)
    {
        var whole = new TieStatusChanges(kept, later.Ids);
        var gate = new Lock();
        Parallel.For(
            0,
            (later.People + PeoplePerPart - 1) / PeoplePerPart,
            new ParallelOptions { CancellationToken = cancellation },
            () => (Changes: new TieStatusChanges(kept, later.Ids), Places: new int[later.People]),
            (part, _, local) =>
            {
                var end = Math.Min(later.People, (part + 1) * PeoplePerPart);
                for (var person = part * PeoplePerPart; person < end; person++)
                    local.Changes.Add(person, earlier, later, thresholds, local.Places);
                return local;
            },
            local =>
            {
                lock (gate) whole.Add(local.Changes);
            });
        return whole;
    }

    private static int Cell(TieStatus? before, TieStatus after) =>
        (before is { } status ? (int)status : s_statuses) * s_statuses + (int)after;

    private void Add(int person, NetworkSnapshot earlier, NetworkSnapshot later, StatusThresholds thresholds, int[] places)
    {
        var after = later.Row(person);
        if (after.Count == 0) return;
        var before = earlier.Row(person);
        var neighboursBefore = before.Neighbours;
        for (var entry = 0; entry < neighboursBefore.Length; entry++)
            if (neighboursBefore[entry] < places.Length) places[neighboursBefore[entry]] = entry + 1;
        var neighbours = after.Neighbours;
        for (var entry = 0; entry < neighbours.Length; entry++)
        {
            var other = neighbours[entry];
            if (other < person) continue;
            var place = places[other] - 1;
            var statusAfter = TieStatusRule.Of(after.FactsAt(entry), later.AsOfMs, thresholds);
            TieStatus? statusBefore = place < 0 ? null : TieStatusRule.Of(before.FactsAt(place), earlier.AsOfMs, thresholds);
            if (statusBefore == statusAfter) continue;
            var strength = Math.Max(
                after.Mutual[entry] * later.StrengthFactor, place < 0 ? 0 : before.Mutual[place] * earlier.StrengthFactor);
            var cell = Cell(statusBefore, statusAfter);
            _counts[cell]++;
            Keep(cell, new TieStatusChange(person, other, statusBefore, statusAfter, strength));
        }
        foreach (var other in neighboursBefore)
            if (other < places.Length) places[other] = 0;
    }

    private void Add(TieStatusChanges part)
    {
        for (var cell = 0; cell < _counts.Length; cell++)
        {
            _counts[cell] += part._counts[cell];
            foreach (var change in part._strongest[cell]) Keep(cell, change);
        }
    }

    private void Keep(int cell, in TieStatusChange change)
    {
        var kept = _strongest[cell];
        if (kept.Count == _kept && (_kept == 0 || !ComesBefore(in change, kept[^1]))) return;
        var place = kept.Count;
        while (place > 0 && ComesBefore(in change, kept[place - 1])) place--;
        kept.Insert(place, change);
        if (kept.Count > _kept) kept.RemoveAt(_kept);
    }

    private bool ComesBefore(in TieStatusChange a, in TieStatusChange b)
    {
        if (a.Strength != b.Strength) return a.Strength > b.Strength;
        var ((first, second), (otherFirst, otherSecond)) = (IdsOf(in a), IdsOf(in b));
        var order = string.CompareOrdinal(first, otherFirst);
        return (order != 0 ? order : string.CompareOrdinal(second, otherSecond)) < 0;
    }

    private (string First, string Second) IdsOf(in TieStatusChange change)
    {
        var (low, high) = (_ids[change.Low], _ids[change.High]);
        return string.CompareOrdinal(low, high) < 0 ? (low, high) : (high, low);
    }
}
