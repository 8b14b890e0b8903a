using System.Globalization;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>Whether a venue was worth it.</summary>
public static class VenueVerdicts
{
    /// <summary>Many attend, nothing lasts.</summary>
    public const string Graveyard = "graveyard";

    public const string Ordinary = "ordinary";

    /// <summary>Most is followed up, and much of it lasts.</summary>
    public const string Fruitful = "fruitful";

    /// <summary>Too few first contacts are old enough, or nothing is known of what attendees say elsewhere.</summary>
    public const string Unclear = "unclear";

    public static IReadOnlyList<string> Names { get; } = [Fruitful, Ordinary, Graveyard, Unclear];

    /// <summary>The verdict and the sentence that says what it rests on.</summary>
    /// <param name="people">Attendees.</param>
    /// <param name="elsewhere">First contacts followed up elsewhere, of those decided.</param>
    /// <param name="still">First contacts still reciprocated after 90 days, of those that old.</param>
    /// <param name="isSeenElsewhere">Whether anything at all is known of what attendees say elsewhere.</param>
    /// <param name="thresholds">Where the verdicts begin.</param>
    public static (string Verdict, string Reason) Of(
        int people, Proportion elsewhere, Proportion still, bool isSeenElsewhere, VenueThresholds thresholds)
    {
        var least = thresholds.JudgedFromFirstContacts;
        var days = thresholds.StillAfterDays;
        if (elsewhere.Cases < least || still.Of < least)
        {
            return (Unclear, string.Create(CultureInfo.InvariantCulture,
                $"{Math.Min((int)elsewhere.Cases, still.Of)} first contacts are old enough to tell whether they last {days:0.#} days; a "
                    + $"verdict needs {least}."));
        }
        if (!isSeenElsewhere)
            return (Unclear, "Nothing is known of what attendees said to anybody elsewhere since, so that nothing followed cannot be "
                + "distinguished from nothing being recorded.");
        var found = string.Create(CultureInfo.InvariantCulture,
            $"{people} attended; of those who first met there {elsewhere.Value:P0} ({elsewhere.Count} of {elsewhere.Of}) spoke again "
                + $"elsewhere, and {still.Value:P0} ({still.Count} of {still.Of}) were still in exchange {days:0.#} days later");
        if (people >= thresholds.GraveyardFromPeople && elsewhere.High < thresholds.GraveyardFollowedUpBelow
            && still.High < thresholds.GraveyardLastingBelow)
            return (Graveyard, found + ": many attend, nothing lasts.");
        if (elsewhere.Low >= thresholds.FruitfulFollowedUpFrom && still.Low >= thresholds.FruitfulLastingFrom)
            return (Fruitful, found + ": much of what begins there lasts.");
        return (Ordinary, found + ".");
    }
}
