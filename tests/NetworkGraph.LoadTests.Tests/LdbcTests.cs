using NetworkGraph.LoadTests.Ldbc;

namespace NetworkGraph.LoadTests.Tests;

/// <summary>The path queries of the LDBC Social Network Benchmark, on all pairs of its tiny data set.</summary>
public class LdbcTests
{
    [Fact]
    public void The_tiny_set_has_the_persons_and_knows_it_is_known_for()
    {
        var network = SnbNetwork.Load(RealData.Folder("ldbc-snb-tiny"), RealData.Stop);
        network.Persons.Length.ShouldBe(222);
        (network.Knows.Entries / 2).ShouldBe(825);
    }

    [Fact]
    public void Shortest_path_lengths_agree_with_a_naive_search_on_all_pairs()
    {
        var folder = RealData.Folder("ldbc-snb-tiny");
        var (network, oracle) = (SnbNetwork.Load(folder, RealData.Stop), new NaiveSnb(folder));
        foreach (var a in oracle.Persons)
        {
            var hops = oracle.Distances(a, (_, _) => 1);
            foreach (var b in oracle.Persons)
            {
                var length = InteractiveReads.ShortestPathLength(network, network.NumberOf(a), network.NumberOf(b), RealData.Stop);
                length.ShouldBe(hops.TryGetValue(b, out var expected) ? (int)expected : -1, $"{a} to {b}");
            }
        }
    }

    [Fact]
    public void Trusted_paths_are_as_cheap_as_a_naive_search_finds_on_all_pairs()
    {
        var folder = RealData.Folder("ldbc-snb-tiny");
        var (network, oracle) = (SnbNetwork.Load(folder, RealData.Stop), new NaiveSnb(folder));
        (network.Interactions.Entries / 2).ShouldBeGreaterThan(0);
        foreach (var a in oracle.Persons)
        {
            var weights = oracle.Distances(a, oracle.Weight);
            foreach (var b in oracle.Persons)
            {
                var path = InteractiveReads.TrustedPath(network, network.NumberOf(a), network.NumberOf(b), RealData.Stop);
                path.HasValue.ShouldBe(weights.ContainsKey(b), $"{a} to {b}");
                if (path is not { } found) continue;
                ((double)found.Weight).ShouldBe(weights[b], $"{a} to {b}");
                (found.Persons[0], found.Persons[^1]).ShouldBe((a, b));
                found.Persons.Zip(found.Persons.Skip(1), oracle.Weight).Sum().ShouldBe(found.Weight);
            }
        }
    }

    [Theory]
    [InlineData(1, 39)]
    [InlineData(5, 38)]
    [InlineData(1_521, 1)]
    [InlineData(100_000, 1)]
    public void More_interactions_make_an_edge_cheaper_but_never_free(long interactions, int weight) =>
        SnbNetwork.EdgeWeight(interactions).ShouldBe(weight);

    [Theory]
    [InlineData("13")]
    [InlineData("14")]
    public void The_command_answers_the_parameters_of_the_data_set_as_csv(string query)
    {
        var folder = RealData.Folder("ldbc-snb-tiny");
        using var output = new StringWriter();
        using var error = new StringWriter();
        LdbcCommand.Run([folder, query], output, error, TimeProvider.System, RealData.Stop).ShouldBe(0);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("person1Id|person2Id|");
        lines.Skip(1).ShouldAllBe(line => line.Split('|').Length == lines[0].Split('|').Length);
        error.ToString().ShouldContain("222 persons, 825 knows");
    }

    [Fact]
    public void A_person_the_data_set_does_not_have_has_no_path()
    {
        var folder = RealData.Folder("ldbc-snb-tiny");
        var parameters = Path.GetTempFileName();
        File.WriteAllText(parameters, "person1Id|person2Id\n3279|3280\n");
        using var output = new StringWriter();
        LdbcCommand.Run([folder, "13", parameters], output, TextWriter.Null, TimeProvider.System, RealData.Stop).ShouldBe(0);
        output.ToString().ShouldContain("3279|3280|-1");
        LdbcCommand.Run([folder, "14", parameters], output, TextWriter.Null, TimeProvider.System, RealData.Stop).ShouldBe(0);
        output.ToString().TrimEnd().ShouldEndWith("pathWeight");
        File.Delete(parameters);
    }

    [Fact]
    public void Bad_arguments_and_bad_data_are_reported()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        LdbcCommand.Run(["."], output, error, TimeProvider.System, RealData.Stop).ShouldBe(2);
        error.ToString().ShouldContain("usage");
        var folder = Directory.CreateTempSubdirectory("snb").FullName;
        LdbcCommand.Run([folder, "13"], output, error, TimeProvider.System, RealData.Stop).ShouldBe(1);
        error.ToString().ShouldContain("person_0_0.csv");
        File.WriteAllText(Path.Combine(folder, "person_0_0.csv"), "id|firstName\n7|Ada\nseven|Bob\n");
        LdbcCommand.Run([folder, "13"], output, error, TimeProvider.System, RealData.Stop).ShouldBe(1);
        error.ToString().ShouldContain("line 3");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Reads the files anew and searches by relaxing all edges until nothing changes (Bellman, Ford).</summary>
    private sealed class NaiveSnb
    {
        private readonly HashSet<(long, long)> _knows = [];
        private readonly Dictionary<(long, long), int> _replies = [];

        public NaiveSnb(string folder)
        {
            string[][] Rows(string name) =>
                File.ReadLines(Path.Combine(folder, "dynamic", name + "_0_0.csv")).Skip(1).Select(line => line.Split('|')).ToArray();
            Persons = Rows("person").Select(row => long.Parse(row[0])).ToArray();
            foreach (var row in Rows("person_knows_person")) _knows.Add(Pair(long.Parse(row[0]), long.Parse(row[1])));
            var commentBy = Rows("comment_hasCreator_person").ToDictionary(row => row[0], row => long.Parse(row[1]));
            var postBy = Rows("post_hasCreator_person").ToDictionary(row => row[0], row => long.Parse(row[1]));
            var replies = Rows("comment_replyOf_post").Select(row => (commentBy[row[0]], postBy[row[1]]))
                .Concat(Rows("comment_replyOf_comment").Select(row => (commentBy[row[0]], commentBy[row[1]])));
            foreach (var (author, creator) in replies)
                _replies[Pair(author, creator)] = _replies.GetValueOrDefault(Pair(author, creator)) + 1;
        }

        public long[] Persons { get; }

        /// <summary>Weight of the edge between two who know each other; infinite without interactions.</summary>
        public double Weight(long a, long b) => !_replies.TryGetValue(Pair(a, b), out var count)
            ? double.PositiveInfinity
            : Math.Max(Math.Floor(40 - Math.Sqrt(count) + 0.5), 1);

        public Dictionary<long, double> Distances(long source, Func<long, long, double> weight)
        {
            var distances = new Dictionary<long, double> { [source] = 0 };
            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var (a, b) in _knows)
                {
                    var w = weight(a, b);
                    if (!double.IsPositiveInfinity(w)) changed |= Relax(distances, a, b, w) | Relax(distances, b, a, w);
                }
            }
            return distances;
        }

        private static bool Relax(Dictionary<long, double> distances, long from, long to, double weight)
        {
            if (!distances.TryGetValue(from, out var near)) return false;
            if (distances.TryGetValue(to, out var known) && known <= near + weight) return false;
            distances[to] = near + weight;
            return true;
        }

        private static (long, long) Pair(long a, long b) => a < b ? (a, b) : (b, a);
    }
}
