namespace NetworkGraph.Habits;

/// <summary>What a dyad adds to the habits of its two people, and what each is like towards the other.</summary>
public struct DyadHabits
{
    public HabitCounts Low;
    public HabitCounts High;
    public TieFacts LowTie;
    public TieFacts HighTie;

    /// <summary>
    /// The next date at which any of it is another without an interaction happening (an answer that did not come, an
    /// event leaving the window), Unix ms; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public long NextChangeMs;

    /// <summary>Whether an interaction of the two lies in the window.</summary>
    public bool IsInWindow;

    /// <summary>The first interaction in the window, Unix ms.</summary>
    public long FirstInWindowMs;
}
