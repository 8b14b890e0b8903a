namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: how many people with no contact before did somebody write to within a week, hardly any of whom answered?
/// Method: the approaches in order of time, a window of days moved over them; of each window the different people are
/// counted, and it counts where less than the option's share of them answered. The most of any window.
/// Cost: O(n log n), sorts in place; memory of the people in a window.
/// </summary>
public static class ColdApproaches
{
    /// <param name="approaches">Reordered by date.</param>
    /// <param name="thresholds">How long a window is, and which share answers.</param>
    public static int MostUnanswered(List<ColdApproach> approaches, SpammingThresholds thresholds)
    {
        if (approaches.Count < thresholds.FromPeople) return 0;
        var withinMs = (long)(thresholds.WithinDays * Engine.Ties.TieDecay.DayMs);
        approaches.Sort(static (a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Other.CompareTo(b.Other));
        var inWindow = new Dictionary<int, (int Approaches, int Answered)>();
        int most = 0, answered = 0, first = 0;
        for (var last = 0; last < approaches.Count; last++)
        {
            answered += Move(inWindow, approaches[last], 1);
            while (approaches[last].AtMs - approaches[first].AtMs > withinMs) answered += Move(inWindow, approaches[first++], -1);
            // Approaches of one instant are one message: only the last of them closes a window.
            if (last + 1 < approaches.Count && approaches[last + 1].AtMs == approaches[last].AtMs) continue;
            if (inWindow.Count > most && answered < thresholds.AnsweredShare * inWindow.Count) most = inWindow.Count;
        }
        return most;
    }

    /// <summary>Adds or takes away an approach; returns by how much the number of people who answered changes.</summary>
    private static int Move(Dictionary<int, (int Approaches, int Answered)> inWindow, in ColdApproach approach, int by)
    {
        var before = inWindow.GetValueOrDefault(approach.Other);
        var after = (Approaches: before.Approaches + by, Answered: before.Answered + (approach.IsAnswered ? by : 0));
        if (after.Approaches == 0) inWindow.Remove(approach.Other);
        else inWindow[approach.Other] = after;
        return (after.Answered > 0 ? 1 : 0) - (before.Answered > 0 ? 1 : 0);
    }
}
