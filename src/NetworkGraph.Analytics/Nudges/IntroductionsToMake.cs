using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>Two contacts of a person who should know each other.</summary>
/// <param name="First">Person number, the nearer one.</param>
/// <param name="Second">Person number.</param>
/// <param name="ToFirst">Probability that an introduction passes between the person and the first.</param>
/// <param name="ToSecond">The same with the second.</param>
/// <param name="Match">How much they have in common and to offer each other, in [0,1].</param>
/// <param name="Audience">One audience both serve.</param>
public readonly record struct IntroductionToMake(int First, int Second, double ToFirst, double ToSecond, double Match, string Audience)
{
    public double Worth(double delta) => delta * ToFirst * ToSecond * Match;
}

/// <summary>
/// Problem: which two of a person's contacts should be introduced to each other?
/// Preconditions: the snapshot is of the date asked about; profiles are the current ones.
/// Method: among the contacts that an introduction reaches with the option's probability, at most the 60 nearest, the pairs
/// without a tie in either direction who serve a common audience, whose offers do not overlap, who are both open to
/// introductions and do not block each other. Match = half for the common audience, and half × the share of audiences they
/// have in common (Jaccard). Ranked by δ × p(first) × p(second) × match.
/// Cost: pairs of at most 60 contacts, and their rows.
/// Source: Burt, "Structural Holes", 1992: the broker's own position; Obstfeld, "Social networks, the tertius iungens
/// orientation", 2005: joining those who gain from each other.
/// </summary>
public static class IntroductionsToMake
{
    private const int MaxContacts = 60;

    /// <param name="snapshot">The network.</param>
    /// <param name="person">Person number of the broker.</param>
    /// <param name="isOffLimits">Who is not to be proposed.</param>
    /// <param name="profiles">What people offer whom.</param>
    /// <param name="hops">hops, δ, and who carries nothing.</param>
    /// <param name="thresholds">From which probability on, and how many.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<IntroductionToMake> Of(
        NetworkSnapshot snapshot, int person, Func<int, bool> isOffLimits, ProfileStore profiles, IntroductionOptions hops,
            NudgeThresholds thresholds,
        CancellationToken cancellation)
    {
        var contacts = Contacts(snapshot, person, isOffLimits, profiles, hops, thresholds);
        var found = new List<IntroductionToMake>();
        for (var i = 0; i < contacts.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var known = new HashSet<int>();
            foreach (var neighbour in snapshot.Row(contacts[i].Person).Neighbours) known.Add(neighbour);
            for (var j = i + 1; j < contacts.Count; j++)
            {
                var (first, second) = (contacts[i], contacts[j]);
                if (known.Contains(second.Person) || hops.Constraints.IsBlocked(first.Person, second.Person)) continue;
                if (MatchOf(first.Profile, second.Profile) is not var (match, audience)) continue;
                found.Add(new IntroductionToMake(first.Person, second.Person, first.Probability, second.Probability, match, audience));
            }
        }
        var ids = snapshot.Ids;
        found.Sort((a, b) =>
        {
            var byWorth = b.Worth(1).CompareTo(a.Worth(1));
            if (byWorth != 0) return byWorth;
            var byFirst = string.CompareOrdinal(ids[a.First], ids[b.First]);
            return byFirst != 0 ? byFirst : string.CompareOrdinal(ids[a.Second], ids[b.Second]);
        });
        return found;
    }

    /// <summary>How well two profiles go together; null where they do not.</summary>
    public static (double Match, string Audience)? MatchOf(Profile first, Profile second)
    {
        if (first.Offers.Intersect(second.Offers, StringComparer.OrdinalIgnoreCase).Any()) return null;
        var common = first.Audience.Intersect(second.Audience, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (common.Count == 0) return null;
        var all = first.Audience.Union(second.Audience, StringComparer.OrdinalIgnoreCase).Count();
        return (0.5 + 0.5 * common.Count / all, common[0]);
    }

    private static List<(int Person, double Probability, Profile Profile)> Contacts(
        NetworkSnapshot snapshot, int person, Func<int, bool> isOffLimits, ProfileStore profiles, IntroductionOptions hops,
            NudgeThresholds thresholds)
    {
        var contacts = new List<(int, double, Profile)>();
        var row = snapshot.Row(person);
        var mutual = row.Mutual;
        var hop = row.Hop;
        for (var i = 0; i < row.MutualCount && contacts.Count < MaxContacts; i++)
        {
            // Strongest first: no one after this one is nearer.
            var probability = hops.Hop.Probability(hop[i] * snapshot.HopFactor);
            if (probability < thresholds.IntroduceFromProbability) break;
            if (mutual[i] * snapshot.StrengthFactor < hops.MinStrength) continue;
            var contact = row.Neighbours[i];
            if (profiles.Of(contact) is not { Audience.Length: > 0 } profile) continue;
            if (!profile.OpenToIntroductions || isOffLimits(contact) || hops.Constraints.IsBlocked(person, contact)) continue;
            contacts.Add((contact, probability, profile));
        }
        return contacts;
    }
}
