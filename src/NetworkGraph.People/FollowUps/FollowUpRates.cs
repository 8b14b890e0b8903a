using NetworkGraph.People.Measures;

namespace NetworkGraph.People.FollowUps;

/// <summary>
/// Problem: which share of first contacts was followed up in time?
/// Method: those followed up within 24 h (48 h), of those that were followed up at all or are at least 24 h (48 h) old:
/// who still has time counts neither way. Counts are added contact by contact, in any order.
/// Cost: O(1) a contact.
/// </summary>
public sealed class FollowUpRates
{
    private const long DayMs = 86_400_000;
    private readonly int[] _states = new int[FollowUpStates.Names.Count];
    private int _within24h;
    private int _within48h;
    private int _decided24h;
    private int _decided48h;

    public int FirstContacts => _states.Sum();

    /// <summary>Followed up within the time that counts at all.</summary>
    public int FollowedUp => Of(FollowUpState.Within24h) + Of(FollowUpState.Within48h) + Of(FollowUpState.Late);

    /// <summary>First contacts for which there is no more than one answer: followed up, or too late for it.</summary>
    public int Decided => FollowedUp + Of(FollowUpState.Never);

    public int Within24h => _within24h;

    public int Within48h => _within48h;

    /// <summary>What the rate within 24 h is of.</summary>
    public int Decided24h => _decided24h;

    public int Decided48h => _decided48h;

    public double? RateWithin24h => _decided24h == 0 ? null : (double)_within24h / _decided24h;

    public double? RateWithin48h => _decided48h == 0 ? null : (double)_within48h / _decided48h;

    public Proportion ShareWithin24h => Proportion.Share(Within24h, Decided24h);

    public Proportion ShareWithin48h => Proportion.Share(Within48h, Decided48h);

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
        var isFollowedUp = contact.State.IsFollowedUp();
        if (contact.State is FollowUpState.Within24h) _within24h++;
        if (contact.State is FollowUpState.Within24h or FollowUpState.Within48h) _within48h++;
        if (isFollowedUp || asOfMs - contact.MetMs >= DayMs) _decided24h++;
        if (isFollowedUp || asOfMs - contact.MetMs >= 2 * DayMs) _decided48h++;
    }
}
