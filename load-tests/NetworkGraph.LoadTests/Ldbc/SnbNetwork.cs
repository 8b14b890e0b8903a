using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.LoadTests.Ldbc;

/// <summary>
/// What the path queries of the LDBC Social Network Benchmark need: persons, whom they know, and how often two who know
/// each other replied to each other's messages directly. Read from the CSV files of any scale factor
/// (CsvBasic layout, '|' between fields, a file in any number of parts).
/// </summary>
public sealed class SnbNetwork
{
    private readonly Dictionary<long, int> _numbers;

    private SnbNetwork(long[] persons, Dictionary<long, int> numbers, Adjacency knows, Adjacency interactions)
    {
        Persons = persons;
        _numbers = numbers;
        Knows = knows;
        Interactions = interactions;
    }

    /// <summary>Ids of persons by number.</summary>
    public long[] Persons { get; }

    /// <summary>Who knows whom, undirected.</summary>
    public Adjacency Knows { get; }

    /// <summary>Those who know each other and interacted; weight max(round(40 − √n), 1) for n replies in both directions.</summary>
    public Adjacency Interactions { get; }

    /// <summary>A person's number, or −1.</summary>
    public int NumberOf(long person) => _numbers.GetValueOrDefault(person, -1);

    /// <param name="folder">The data set, or its folder <c>dynamic</c>.</param>
    /// <exception cref="FileNotFoundException">A file of the data set is missing; the message names it.</exception>
    /// <exception cref="FormatException">A line that is none; the message names file and line.</exception>
    public static SnbNetwork Load(string folder, CancellationToken cancellation)
    {
        var dynamic = Path.Combine(folder, "dynamic");
        var files = new SnbFiles(Directory.Exists(dynamic) ? dynamic : folder, cancellation);
        var persons = new List<long>();
        var numbers = new Dictionary<long, int>();
        foreach (var (id, _) in files.Read("person", columns: 1))
        {
            if (numbers.TryAdd(id, persons.Count)) persons.Add(id);
        }
        var known = new List<(int, int, float)>();
        foreach (var (a, b) in files.Read("person_knows_person", columns: 2)) known.Add((Number(numbers, a), Number(numbers, b), 1));
        var knows = Adjacency.Undirected(persons.Count, known);
        var replies = CountReplies(files, numbers, knows);
        var interactions = new List<(int, int, float)>(replies.Count);
        foreach (var ((low, high), count) in replies) interactions.Add((low, high, EdgeWeight(count)));
        return new SnbNetwork([.. persons], numbers, knows, Adjacency.Undirected(persons.Count, interactions));
    }

    /// <summary>Weight of a knows edge whose persons had <paramref name="interactions"/> interactions.</summary>
    public static int EdgeWeight(long interactions) =>
        (int)Math.Max(Math.Round(40 - Math.Sqrt(interactions), MidpointRounding.AwayFromZero), 1);

    private static Dictionary<(int Low, int High), long> CountReplies(SnbFiles files, Dictionary<long, int> numbers, Adjacency knows)
    {
        var commentCreators = Creators(files, "comment_hasCreator_person", numbers);
        var postCreators = Creators(files, "post_hasCreator_person", numbers);
        var counts = new Dictionary<(int, int), long>();
        Count("comment_replyOf_post", postCreators);
        Count("comment_replyOf_comment", commentCreators);
        return counts;

        void Count(string name, Dictionary<long, int> creators)
        {
            foreach (var (comment, message) in files.Read(name, columns: 2))
            {
                if (!commentCreators.TryGetValue(comment, out var author) || !creators.TryGetValue(message, out var creator)) continue;
                if (knows.NeighboursOf(author).BinarySearch(creator) < 0) continue;
                var pair = (Math.Min(author, creator), Math.Max(author, creator));
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }
    }

    private static Dictionary<long, int> Creators(SnbFiles files, string name, Dictionary<long, int> numbers)
    {
        var creators = new Dictionary<long, int>();
        foreach (var (message, person) in files.Read(name, columns: 2)) creators[message] = Number(numbers, person);
        return creators;
    }

    private static int Number(Dictionary<long, int> numbers, long person) =>
        numbers.TryGetValue(person, out var number) ? number : throw new FormatException($"person {person} is not among the persons");
}
