using NetworkGraph.Engine.Ties;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: how often do two people seek each other out, whatever they then write to and fro?
/// Method: an episode of contacts ends with a pause of <see cref="PauseDays"/>, or <see cref="LongestDays"/> after its
/// start: the next contact begins another. Contacts in order of time; O(1) each.
/// </summary>
public struct Episodes
{
    /// <summary>A pause of so many days ends an episode.</summary>
    public const double PauseDays = 3;

    /// <summary>An episode lasts no longer than this, days.</summary>
    public const double LongestDays = 7;

    /// <summary>The least gap, days, that two episodes must have between them to be called a rhythm by themselves.</summary>
    public const double RhythmOfTwoFromDays = 30;

    private const long PauseMs = (long)(PauseDays * TieDecay.DayMs);
    private const long LongestMs = (long)(LongestDays * TieDecay.DayMs);

    private long _lastMs;

    /// <summary>Episodes so far.</summary>
    public int Count { get; private set; }

    /// <summary>When the current one began, Unix ms.</summary>
    public long StartMs { get; private set; }

    /// <summary>Takes in a contact; returns whether it begins an episode.</summary>
    public bool Add(long atMs)
    {
        var begins = Count == 0 || atMs - _lastMs >= PauseMs || atMs - StartMs >= LongestMs;
        _lastMs = atMs;
        if (!begins) return false;
        Count++;
        StartMs = atMs;
        return true;
    }

    /// <summary>
    /// Median days between the starts of successive episodes; NaN where there is no rhythm: fewer than two episodes, or two
    /// with less than <see cref="RhythmOfTwoFromDays"/> between them. Reorders the gaps (ms).
    /// </summary>
    public static double RhythmDays(Span<long> gapsMs)
    {
        if (gapsMs.IsEmpty) return double.NaN;
        var days = Median.Of(gapsMs) / TieDecay.DayMs;
        return gapsMs.Length == 1 && days < RhythmOfTwoFromDays ? double.NaN : days;
    }
}
