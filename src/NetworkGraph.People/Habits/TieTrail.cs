namespace NetworkGraph.People.Habits;

/// <summary>Where in the log the interactions are that a tie's warnings rest on, in order of time, for one side of a dyad.</summary>
internal sealed class TieTrail
{
    private readonly List<uint>[] _byKind = [.. Enumerable.Range(0, WarningNames.OfTies).Select(_ => new List<uint>())];

    public void Saw(WarningKind kind, uint position) => _byKind[(int)kind].Add(position);

    public void Forget(WarningKind kind) => _byKind[(int)kind].Clear();

    public void Clear()
    {
        foreach (var positions in _byKind) positions.Clear();
    }

    /// <summary>The latest, newest first.</summary>
    public long[] Latest(WarningKind kind)
    {
        var positions = _byKind[(int)kind];
        var count = Math.Min(HabitTrail.Longest, positions.Count);
        var latest = new long[count];
        for (var i = 0; i < count; i++) latest[i] = positions[^(i + 1)];
        return latest;
    }
}
