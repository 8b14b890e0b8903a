using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Where in the log the latest interactions behind each fact are, a few of each; and the asks after silence with their dates.
/// </summary>
public sealed class HabitTrail
{
    /// <summary>Interactions that an answer names for one finding, at most.</summary>
    public const int Longest = 10;

    // The facts that findings are shown by; the rest is only counted.
    private static readonly bool[] s_isShown = Shown();

    private readonly List<HistoryPlace>?[] _byFact = new List<HistoryPlace>?[HabitCounts.Facts];

    /// <summary>Asks after a long silence: when, and of whom.</summary>
    internal List<AskAfterSilence> AsksAfterSilence { get; } = [];

    internal List<IntroductionMade> Introductions { get; } = [];

    /// <summary>Messages to people with no contact before that were answered or had the time to be.</summary>
    internal List<ColdApproach> ColdApproaches { get; } = [];

    internal void Saw(HabitFact fact, in DyadEvent happened, int other)
    {
        if (fact is HabitFact.AsksAfterSilence) AsksAfterSilence.Add(new AskAfterSilence(happened.AtMs, other));
        if (fact is HabitFact.IntroductionsMade) Introductions.Add(new IntroductionMade(happened.Position, happened.AtMs, other));
        if (!s_isShown[(int)fact]) return;
        var places = _byFact[(int)fact] ??= new List<HistoryPlace>(Longest);
        var place = new HistoryPlace(happened.AtMs, happened.Position);
        if (places.Count == Longest && place.CompareTo(places[^1]) <= 0) return;
        var at = 0;
        while (at < places.Count && places[at].CompareTo(place) > 0) at++;
        if (at < places.Count && places[at] == place) return;
        if (places.Count == Longest) places.RemoveAt(Longest - 1);
        places.Insert(at, place);
    }

    private static bool[] Shown()
    {
        var shown = new bool[HabitCounts.Facts];
        foreach (var rule in ArchetypeRules.All) shown[(int)rule.ShownBy] = true;
        foreach (var rule in WarningRules.OfPeople) shown[(int)rule.Facts[0]] = true;
        return shown;
    }

    /// <summary>Positions of the latest interactions behind these facts, newest first.</summary>
    public long[] Latest(params ReadOnlySpan<HabitFact> facts)
    {
        var places = new List<HistoryPlace>();
        foreach (var fact in facts)
            if (_byFact[(int)fact] is { } some) places.AddRange(some);
        return [.. places.Distinct().OrderDescending().Take(Longest).Select(place => place.Position)];
    }
}

/// <summary>One interaction: when (Unix ms), and where in the log. Ordered by that.</summary>
internal readonly record struct HistoryPlace(long AtMs, long Position) : IComparable<HistoryPlace>
{
    public int CompareTo(HistoryPlace other) => AtMs != other.AtMs ? AtMs.CompareTo(other.AtMs) : Position.CompareTo(other.Position);
}

/// <summary>An ask of somebody after a long silence between the two.</summary>
/// <param name="AtMs">Unix ms.</param>
/// <param name="Other">Number of the one asked.</param>
public readonly record struct AskAfterSilence(long AtMs, int Other);

/// <summary>A message to somebody with no contact before.</summary>
/// <param name="AtMs">Unix ms.</param>
/// <param name="Other">Number of the one written to.</param>
/// <param name="IsAnswered">Whether they answered in time.</param>
public readonly record struct ColdApproach(long AtMs, int Other, bool IsAnswered);

/// <summary>An introduction as it stands in the broker's dyad with one of the two.</summary>
/// <param name="Position">Where in the log.</param>
/// <param name="AtMs">Unix ms.</param>
/// <param name="Other">Number of the one of the two.</param>
internal readonly record struct IntroductionMade(uint Position, long AtMs, int Other);
