using NetworkGraph.Engine.Statistics;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>What became of first contacts at a venue, summed in any order. Not for several threads.</summary>
public sealed class VenueContactSums(long asOfMs, VenueSettings settings)
{
    private readonly List<double> _hoursElsewhere = [];
    private readonly List<bool> _happenedElsewhere = [];
    private int _elsewhere;
    private int _still;
    private int _decidedStill;

    public FollowUpRates Rates { get; } = new(settings.FollowUps);

    /// <summary>Followed up at all.</summary>
    public Proportion FollowedUp => Rates.ShareFollowedUp;

    /// <summary>The same, counting only what was not said at the venue again.</summary>
    public Proportion FollowedUpElsewhere => Proportion.Timed(
        _elsewhere, Rates.FirstContacts,
            TimedShare.Of([.. _hoursElsewhere], [.. _happenedElsewhere], settings.FollowUps.LateWithinDays * 24));

    /// <summary>Still in contact after 90 days, of the first contacts that old.</summary>
    public Proportion StillReciprocated => Proportion.Share(_still, _decidedStill);

    /// <summary>Whether any of them spoke elsewhere in time.</summary>
    public bool AnyElsewhere => _elsewhere > 0;

    /// <summary>Σ of the ties' strengths now, each the mean of both ways.</summary>
    public double Strength { get; private set; }

    public void Add(in VenueContact contact)
    {
        Rates.Add(contact.Contact, asOfMs);
        Strength += contact.Strength;
        var isElsewhere = contact.IsFollowedUpElsewhere(settings.FollowUps);
        if (isElsewhere) _elsewhere++;
        FollowUpRates.AddTime(
            isElsewhere ? contact.ElsewhereMs : null, contact.Contact.MetMs, asOfMs, settings.FollowUps, _hoursElsewhere,
            _happenedElsewhere);
        if (contact.IsStillReciprocated is not { } still) return;
        _decidedStill++;
        if (still) _still++;
    }
}
