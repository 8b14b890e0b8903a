using NetworkGraph.Engine.Statistics;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.FollowUps;

/// <summary>
/// Problem: which share of first contacts is followed up in time?
/// Method: the Kaplan-Meier estimate at 24 h, 48 h and the end of the time that counts, so that who still has time counts for
/// as long as they have been watched, and neither way beyond (<see cref="TimedShare"/>). Added contact by contact, in any
/// order. Cost: O(1) a contact, O(n log n) a rate.
/// </summary>
public sealed class FollowUpRates(FollowUpThresholds thresholds)
{
    private const double HourMs = 3_600_000;
    private readonly int[] _states = new int[FollowUpStates.Names.Count];
    private readonly List<double> _hours = [];
    private readonly List<bool> _happened = [];

    public int FirstContacts => _hours.Count;

    /// <summary>Followed up within the time that counts at all.</summary>
    public int FollowedUp => Within48h + Of(FollowUpState.Late);

    public int Within24h => Of(FollowUpState.Within24h);

    public int Within48h => Within24h + Of(FollowUpState.Within48h);

    /// <summary>First contacts that can still be followed up.</summary>
    public int Open => Of(FollowUpState.Due) + Of(FollowUpState.Overdue);

    public Proportion ShareWithin24h => ShareWithin(24, Within24h);

    public Proportion ShareWithin48h => ShareWithin(48, Within48h);

    /// <summary>Followed up at all: within <see cref="FollowUpThresholds.LateWithinDays"/>.</summary>
    public Proportion ShareFollowedUp => ShareWithin(thresholds.LateWithinDays * 24, FollowedUp);

    /// <summary>Hours to the follow-up, or for how long there was none yet.</summary>
    public IReadOnlyList<double> Hours => _hours;

    /// <summary>Whether the follow-up came then.</summary>
    public IReadOnlyList<bool> Happened => _happened;

    public int Of(FollowUpState state) => _states[(int)state];

    /// <summary>By the states' names, all of them.</summary>
    public IReadOnlyDictionary<string, int> ByState()
    {
        var counts = new Dictionary<string, int>(FollowUpStates.Names.Count, StringComparer.Ordinal);
        for (var state = 0; state < FollowUpStates.Names.Count; state++) counts.Add(FollowUpStates.Names[state], _states[state]);
        return counts;
    }

    public void Add(in FirstContact contact, long asOfMs)
    {
        _states[(int)contact.State]++;
        AddTime(contact.FollowedUpMs, contact.MetMs, asOfMs, thresholds, _hours, _happened);
    }

    /// <summary>Notes when it came, or for how long it did not, up to the time that counts.</summary>
    internal static void AddTime(
        long? cameMs, long metMs, long asOfMs, FollowUpThresholds thresholds, List<double> hours, List<bool> happened)
    {
        var untilMs = cameMs ?? Math.Min(asOfMs, metMs + (long)(thresholds.LateWithinDays * TieDecay.DayMs));
        hours.Add(Math.Max(0, untilMs - metMs) / HourMs);
        happened.Add(cameMs is not null);
    }

    private Proportion ShareWithin(double hours, int count) =>
        Proportion.Timed(count, FirstContacts, TimedShare.Of([.. _hours], [.. _happened], hours));
}
