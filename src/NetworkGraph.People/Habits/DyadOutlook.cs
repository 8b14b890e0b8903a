namespace NetworkGraph.People.Habits;

/// <summary>From when on a dyad counts, and until when its part in the habits of its people stays as it is.</summary>
/// <param name="FirstInWindowMs">The first interaction in the window, Unix ms; <see cref="long.MaxValue"/> for none.</param>
/// <param name="NextChangeMs">
/// The next date at which it is another without an interaction happening (an answer that did not come, an event leaving
/// the window), Unix ms; <see cref="long.MaxValue"/> for never.
/// </param>
public readonly record struct DyadOutlook(long FirstInWindowMs, long NextChangeMs)
{
    /// <summary>Whether an interaction of the two lies in the window.</summary>
    public bool IsInWindow => FirstInWindowMs != long.MaxValue;
}
