namespace NetworkGraph.People.Venues;

/// <summary>
/// When a venue was worth it. Verdicts rest on 95 % bounds, not on shares: what few contacts might be chance is not
/// judged. Shares in [0,1].
/// </summary>
public sealed record VenueThresholds
{
    public static VenueThresholds Default { get; } = new();

    /// <summary>
    /// How long after a first contact it is asked whether it still is mutual, days: a quarter, as in most reviews of events.
    /// </summary>
    public double StillAfterDays { get; init; } = 90;

    /// <summary>Fewer first contacts old enough to judge give no verdict.</summary>
    public int JudgedFromFirstContacts { get; init; } = 10;

    /// <summary>A graveyard has at least this many attendees: what few people make little of is no waste of many.</summary>
    public int GraveyardFromPeople { get; init; } = 20;

    /// <summary>
    /// In a graveyard clearly fewer than this share is followed up elsewhere: two of three say nothing more to each other.
    /// </summary>
    public double GraveyardFollowedUpBelow { get; init; } = 1 / 3.0;

    /// <summary>In a graveyard clearly fewer than this share lasts.</summary>
    public double GraveyardLastingBelow { get; init; } = 0.1;

    /// <summary>At a fruitful venue clearly at least this share is followed up elsewhere.</summary>
    public double FruitfulFollowedUpFrom { get; init; } = 0.5;

    /// <summary>
    /// At a fruitful venue clearly at least this share lasts: one in seven. Where few go on by themselves (a tenth at the
    /// demo network's ordinary venues) that is a venue's own doing.
    /// </summary>
    public double FruitfulLastingFrom { get; init; } = 0.15;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (StillAfterDays is not (>= 14 and <= 3650))
            errors.Add($"{nameof(StillAfterDays)} is {StillAfterDays}; it must lie between 14 and 3650");
        if (JudgedFromFirstContacts < 1)
            errors.Add($"{nameof(JudgedFromFirstContacts)} is {JudgedFromFirstContacts}; it must be at least 1");
        if (GraveyardFromPeople < 5)
            errors.Add($"{nameof(GraveyardFromPeople)} is {GraveyardFromPeople}; it must be at least 5, of fewer nothing is said");
        Share(GraveyardFollowedUpBelow, nameof(GraveyardFollowedUpBelow));
        Share(GraveyardLastingBelow, nameof(GraveyardLastingBelow));
        Share(FruitfulFollowedUpFrom, nameof(FruitfulFollowedUpFrom));
        Share(FruitfulLastingFrom, nameof(FruitfulLastingFrom));
        if (GraveyardFollowedUpBelow > FruitfulFollowedUpFrom)
            errors.Add($"{nameof(GraveyardFollowedUpBelow)} is above {nameof(FruitfulFollowedUpFrom)}; no venue is both");
        if (GraveyardLastingBelow > FruitfulLastingFrom)
            errors.Add($"{nameof(GraveyardLastingBelow)} is above {nameof(FruitfulLastingFrom)}; no venue is both");
        return errors;

        void Share(double value, string name)
        {
            if (!(value is >= 0 and <= 1)) errors.Add($"{name} is {value}; it must lie between 0 and 1");
        }
    }
}
