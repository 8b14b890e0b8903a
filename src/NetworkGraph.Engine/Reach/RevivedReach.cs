using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Reach;

/// <summary>What reviving a tie changes in whom introductions reach.</summary>
/// <param name="Now">How many people introductions reach as things are.</param>
/// <param name="Then">How many they would reach.</param>
/// <param name="Gained">Those reached only then, best score first, then by id.</param>
/// <param name="Improved">Those reached now whose best path would score at least a tenth higher, by how much, most first, then by
/// id.</param>
/// <param name="ReachedNow">Person numbers, in no order.</param>
public sealed record RevivedReach(
    int Now, int Then, IReadOnlyList<RevivedPerson> Gained, IReadOnlyList<RevivedPerson> Improved, IReadOnlyCollection<int> ReachedNow)
{
    private const double MinGain = 1.1;

    /// <summary>
    /// Problem: to whom would introductions carry a person, if a tie of theirs were as strong as it might be again, who
    /// are out of reach (or further off) as things are?
    /// Method: <see cref="IntroductionReach"/> on the network as it is, and on an overlay of it with the one tie renewed;
    /// the two are compared person by person.
    /// Cost: twice that of the reach, and the rows of the two people.
    /// Source: Levin, Walter, Murnighan, "Dormant ties: the value of reconnecting", 2011, for why it is worth asking.
    /// </summary>
    /// <param name="snapshot">The network.</param>
    /// <param name="source">Who would revive the tie.</param>
    /// <param name="other">With whom.</param>
    /// <param name="strength">Strength of the revived tie in both directions at the snapshot's date; no less than it is in either is
    /// kept.</param>
    /// <param name="options">As for paths.</param>
    /// <param name="threshold">The least score that counts as reached, in (0,1].</param>
    /// <param name="cancellation">Stops it.</param>
    public static RevivedReach Compute(
        NetworkSnapshot snapshot, int source, int other, double strength, IntroductionOptions options, double threshold,
            CancellationToken cancellation)
    {
        var row = snapshot.Row(source);
        var entry = row.IndexOf(other);
        var facts = entry >= 0 ? row.FactsAt(entry) : new DyadFacts { FirstContactMs = snapshot.AsOfMs, Interactions = 1, Episodes = 1 };
        var atLandmark = strength / snapshot.StrengthFactor;
        var revived = SnapshotOverlay.With(snapshot, source, other, facts with
        {
            StrengthOut = Math.Max(facts.StrengthOut, atLandmark),
            StrengthIn = Math.Max(facts.StrengthIn, atLandmark),
            ContactStrengthOut = Math.Max(facts.ContactStrengthOut, atLandmark),
            ContactStrengthIn = Math.Max(facts.ContactStrengthIn, atLandmark),
            HopStrength = Math.Max(entry >= 0 ? facts.HopStrength : 0, strength / snapshot.HopFactor),
            ContactsOut = Math.Max(1, facts.ContactsOut),
            ContactsIn = Math.Max(1, facts.ContactsIn),
            LastContactMs = snapshot.AsOfMs,
        });
        var now = IntroductionReach.Reached(snapshot, source, options, threshold, cancellation);
        var then = IntroductionReach.Reached(revived, source, options, threshold, cancellation);
        var (gained, improved) = (new List<RevivedPerson>(), new List<RevivedPerson>());
        foreach (var (person, reached) in then)
        {
            if (!now.TryGetValue(person, out var before)) gained.Add(new RevivedPerson(person, reached.Score, null, reached.Broker));
            else if (reached.Score >= before.Score * MinGain)
                improved.Add(new RevivedPerson(person, reached.Score, before.Score, reached.Broker));
        }
        var ids = snapshot.Ids;
        gained.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(ids[a.Person], ids[b.Person]));
        improved.Sort((a, b) => a.Gain != b.Gain ? b.Gain.CompareTo(a.Gain) : string.CompareOrdinal(ids[a.Person], ids[b.Person]));
        return new RevivedReach(now.Count, then.Count, gained, improved, [.. now.Keys]);
    }
}

/// <summary>Somebody whom the revived tie brings nearer.</summary>
/// <param name="Person">Person number.</param>
/// <param name="Score">Of the best path then.</param>
/// <param name="Before">Of the best path now; null where it is below the threshold.</param>
/// <param name="Broker">First broker of the best path then.</param>
public readonly record struct RevivedPerson(int Person, double Score, double? Before, int Broker)
{
    public double Gain => Score - (Before ?? 0);
}
