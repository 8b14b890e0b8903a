using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Reach;

/// <summary>
/// How far introductions carry a person.
/// Problem: to how many people, not yet contacts (without a mutual tie), is there an introduction path with a score of at
/// least a threshold within maxHops, and over which first brokers.
/// Method: for each first broker, strongest first, the best ways on from there (<see cref="PathLabels"/>) as long as they
/// are worth the threshold; every hop multiplies by less than 1, so few are.
/// Cost: O(entries of the people reached), summed over first brokers.
/// Source: a threshold on the scores of <see cref="IntroductionSearch"/>.
/// </summary>
/// <param name="People">How many people are reached over any first broker.</param>
/// <param name="Brokers">First brokers who lead to someone; those who are the best way to the most people first, then by how many they lead
/// to, then by id.</param>
public sealed record IntroductionReach(int People, IReadOnlyList<BrokerReach> Brokers)
{
    /// <param name="snapshot">The network.</param>
    /// <param name="source">Person number.</param>
    /// <param name="options">As for paths; the number of paths does not matter here.</param>
    /// <param name="threshold">The least score that counts, in (0,1].</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The person's number is negative, an option or the threshold out of its
    /// range.</exception>
    public static IntroductionReach Compute(
        NetworkSnapshot snapshot, int source, IntroductionOptions options, double threshold = 0.2, CancellationToken cancellation = default)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        if (!(threshold is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is above 0 and at most 1.");
        if (source >= snapshot.People) return new IntroductionReach(0, []);
        var workspace = IntroductionSearch.Rent();
        try
        {
            workspace.Graph.Use(snapshot, options, cancellation);
            return Compute(workspace.Graph, workspace.Labels, source, options.MaxHops, threshold * options.Delta * PathOrder.Margin);
        }
        finally
        {
            IntroductionSearch.Return(workspace);
        }
    }

    /// <summary>
    /// Everyone reached, with the score of the best path and its first broker; parameters and errors as of
    /// <see cref="Compute(NetworkSnapshot, int, IntroductionOptions, double, CancellationToken)"/>.
    /// </summary>
    public static IReadOnlyDictionary<int, ReachedPerson> Reached(
        NetworkSnapshot snapshot, int source, IntroductionOptions options, double threshold = 0.2, CancellationToken cancellation = default)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        if (!(threshold is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is above 0 and at most 1.");
        if (source >= snapshot.People) return new Dictionary<int, ReachedPerson>();
        var workspace = IntroductionSearch.Rent();
        try
        {
            workspace.Graph.Use(snapshot, options, cancellation);
            var bestOf = new Dictionary<int, (double Value, int Broker)>();
            Search(workspace.Graph, workspace.Labels, source, options.MaxHops, threshold * options.Delta * PathOrder.Margin, bestOf);
            return bestOf.ToDictionary(best => best.Key, best => new ReachedPerson(best.Value.Value / options.Delta, best.Value.Broker));
        }
        finally
        {
            IntroductionSearch.Return(workspace);
        }
    }

    /// <param name="least">The threshold as a product of hop factors.</param>
    private static IntroductionReach Compute(SearchGraph graph, PathLabels labels, int source, int maxHops, double least)
    {
        var bestOf = new Dictionary<int, (double Value, int Broker)>();
        var reachedOver = Search(graph, labels, source, maxHops, least, bestOf);
        var bestCount = bestOf.Values.CountBy(best => best.Broker).ToDictionary();
        return new IntroductionReach(bestOf.Count, [.. reachedOver
            .Select(reached => new BrokerReach(reached.Broker, reached.People, bestCount.GetValueOrDefault(reached.Broker)))
            .OrderByDescending(broker => broker.BestFor).ThenByDescending(broker => broker.People)
            .ThenBy(broker => graph.Snapshot.Ids[broker.Broker], StringComparer.Ordinal)]);
    }

    /// <summary>Fills in the best way to everyone reached; returns how many each first broker leads to.</summary>
    private static List<(int Broker, int People)> Search(
        SearchGraph graph, PathLabels labels, int source, int maxHops, double least, Dictionary<int, (double Value, int Broker)> bestOf)
    {
        var row = graph.MutualRow(source);
        var contacts = row.Neighbours;
        var known = new HashSet<int>(contacts.Length);
        foreach (var contact in contacts) known.Add(contact);
        var reachedOver = new List<(int Broker, int People)>();
        for (var i = 0; i < contacts.Length; i++)
        {
            var first = graph.Factor.Of(row.Hop[i]);
            if (first * graph.Factor.Most < least) break;
            if (!graph.Carries(row.Mutual[i]) || graph.Constraints.IsClosed(contacts[i])
                || graph.Constraints.IsBlocked(source, contacts[i])) continue;
            labels.Begin(graph.Snapshot.People, rootComesFirst: true);
            labels.Exclude(source);
            labels.Exclude(contacts[i]);
            LabelContacts(graph, labels, contacts[i], first, least);
            while (labels.Level + 1 < maxHops && labels.LevelBest * graph.Factor.Most >= least)
                labels.Expand(graph, least, labelClosed: true);
            var people = Collect(graph.Snapshot.Ids, labels, contacts[i], known, least, bestOf);
            if (people > 0) reachedOver.Add((contacts[i], people));
        }
        return reachedOver;
    }

    private static void LabelContacts(SearchGraph graph, PathLabels labels, int broker, double value, double least)
    {
        var row = graph.MutualRow(broker);
        for (var i = 0; i < row.Length; i++)
        {
            var reached = value * graph.Factor.Of(row.Hop[i]);
            if (reached < least) break;
            if (graph.Carries(row.Mutual[i]) && !graph.Constraints.IsBlocked(broker, row.Neighbours[i]))
                labels.Add(row.Neighbours[i], reached);
        }
    }

    /// <summary>
    /// Counts the people a first broker leads to, and keeps for each person the better first broker (of equal ones by id).
    /// </summary>
    private static int Collect(
        PersonIds ids, PathLabels labels, int broker, HashSet<int> known, double least, Dictionary<int, (double Value, int Broker)> bestOf)
    {
        var people = 0;
        foreach (ref readonly var label in labels.Labels[1..])
        {
            // A person who was labelled on several levels is counted with the last, best one.
            if (label.Value < least || labels.Of(label.Person).Level != label.Level || known.Contains(label.Person)) continue;
            people++;
            if (!bestOf.TryGetValue(label.Person, out var best) || label.Value > best.Value * (1 + PathOrder.Tolerance)
                || (label.Value >= best.Value * (1 - PathOrder.Tolerance) && string.CompareOrdinal(ids[broker], ids[best.Broker]) < 0))
                bestOf[label.Person] = (label.Value, broker);
        }
        return people;
    }
}

/// <summary>Somebody an introduction reaches.</summary>
/// <param name="Score">Of the best path.</param>
/// <param name="Broker">Its first broker, person number.</param>
public readonly record struct ReachedPerson(double Score, int Broker);

/// <summary>What one first broker opens up.</summary>
/// <param name="Broker">Person number.</param>
/// <param name="People">How many people are reached with the threshold over this first broker.</param>
/// <param name="BestFor">For how many of them no other first broker is better.</param>
public readonly record struct BrokerReach(int Broker, int People, int BestFor);
