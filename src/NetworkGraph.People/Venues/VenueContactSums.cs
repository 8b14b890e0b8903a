using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>What became of first contacts at a venue, summed in any order. Not for several threads.</summary>
public sealed class VenueContactSums(long asOfMs, MeasureOptions options)
{
    private int _elsewhere;
    private int _decidedElsewhere;
    private int _still;
    private int _decidedStill;

    public FollowUpRates Rates { get; } = new();

    /// <summary>Followed up at all, of those for which that is decided.</summary>
    public Proportion FollowedUp => Proportion.Share(Rates.FollowedUp, Rates.Decided);

    /// <summary>The same, counting only what was said elsewhere.</summary>
    public Proportion FollowedUpElsewhere => Proportion.Share(_elsewhere, _decidedElsewhere);

    /// <summary>Still reciprocated after 90 days, of the first contacts that old.</summary>
    public Proportion StillReciprocated => Proportion.Share(_still, _decidedStill);

    /// <summary>Σ of the ties' strengths now, each the mean of both ways.</summary>
    public double Strength { get; private set; }

    public void Add(in VenueContact contact)
    {
        Rates.Add(contact.Contact, asOfMs);
        Strength += contact.Strength;
        if (contact.IsFollowedUpElsewhere(options.FollowUps)) _elsewhere++;
        if (!contact.IsPendingElsewhere(asOfMs, options.FollowUps)) _decidedElsewhere++;
        if (contact.IsStillReciprocated is not { } still) return;
        _decidedStill++;
        if (still) _still++;
    }
}
