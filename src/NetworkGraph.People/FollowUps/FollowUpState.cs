namespace NetworkGraph.People.FollowUps;

/// <summary>What became of a first contact. The first three are followed up, the next two can still be, the last cannot.</summary>
public enum FollowUpState : byte
{
    Within24h = 0,
    Within48h = 1,
    Late = 2,

    /// <summary>Not yet, and under 48 h old.</summary>
    Due = 3,

    /// <summary>Not yet, and too old to be followed up in time.</summary>
    Overdue = 4,
    Never = 5,
}

/// <summary>The names of the states as answers give them.</summary>
public static class FollowUpStates
{
    private static readonly string[] s_names = ["within-24h", "within-48h", "late", "due", "overdue", "never"];

    /// <summary>All names, by number.</summary>
    public static IReadOnlyList<string> Names => s_names;

    public static string WireName(this FollowUpState state) => s_names[(int)state];

    /// <summary>The state of a name; null where none has it.</summary>
    public static FollowUpState? Parse(string name) => Array.IndexOf(s_names, name) is >= 0 and var state ? (FollowUpState)state : null;

    /// <summary>Whether something message-like came in time to count as a follow-up.</summary>
    public static bool IsFollowedUp(this FollowUpState state) => state <= FollowUpState.Late;

    /// <summary>Whether a follow-up can still come in time.</summary>
    public static bool IsOpen(this FollowUpState state) => state is FollowUpState.Due or FollowUpState.Overdue;
}
