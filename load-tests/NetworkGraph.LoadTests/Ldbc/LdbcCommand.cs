using System.Globalization;

namespace NetworkGraph.LoadTests.Ldbc;

/// <summary>
/// Answers the path queries of the LDBC Social Network Benchmark as CSV ('|' between fields):
/// <c>ldbc FOLDER 13|14 [PARAMETERS] [OUTPUT]</c>. Without PARAMETERS the data set's own, with "all" every ordered pair
/// of persons; without OUTPUT to standard output. Times go to standard error.
/// </summary>
public static class LdbcCommand
{
    private const string Usage = "usage: ldbc FOLDER 13|14 [PARAMETERS|all] [OUTPUT]";

    /// <summary>0 where every query was answered, 1 where the data could not be read, 2 for arguments that are none.</summary>
    public static int Run(
        string[] args, TextWriter standardOutput, TextWriter standardError, TimeProvider time, CancellationToken cancellation)
    {
        if (args.Length is < 2 or > 4 || args[1] is not ("13" or "14"))
        {
            standardError.WriteLine(Usage);
            return 2;
        }
        try
        {
            var network = SnbNetwork.Load(args[0], cancellation);
            standardError.WriteLine(
                $"{network.Persons.Length} persons, {network.Knows.Entries / 2} knows, "
                + $"{network.Interactions.Entries / 2} with interactions");
            var parameters = args.Length > 2
                ? args[2] : Path.Combine(args[0], "substitution_parameters", $"interactive_{args[1]}_param.txt");
            var pairs = parameters == "all" ? AllPairs(network) : SnbFiles.ReadPairs(parameters);
            using var file = args.Length > 3 ? new StreamWriter(args[3]) : null;
            var latencies = Answer(network, args[1], pairs, file ?? standardOutput, time, cancellation);
            Summarize(latencies, standardError);
            return 0;
        }
        catch (Exception problem) when (problem is IOException or FormatException or UnauthorizedAccessException)
        {
            standardError.WriteLine(problem.Message);
            return 1;
        }
    }

    private static List<double> Answer(
        SnbNetwork network, string query, IEnumerable<(long From, long To)> pairs, TextWriter output, TimeProvider time,
            CancellationToken cancellation)
    {
        var latencies = new List<double>();
        output.WriteLine(query == "13" ? "person1Id|person2Id|shortestPathLength" : "person1Id|person2Id|personIdsInPath|pathWeight");
        foreach (var (fromId, toId) in pairs)
        {
            var (from, to) = (network.NumberOf(fromId), network.NumberOf(toId));
            var begun = time.GetTimestamp();
            var answer = query == "13" ? Length(network, from, to, cancellation) : Path14(network, from, to, cancellation);
            latencies.Add(time.GetElapsedTime(begun).TotalMilliseconds);
            // IC 14 gives no row where there is no path.
            if (answer is not null) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fromId}|{toId}|{answer}"));
        }
        return latencies;
    }

    private static string Length(SnbNetwork network, int from, int to, CancellationToken cancellation)
    {
        // Parameters may name persons the data set does not have: there is no path to them.
        var length = from < 0 || to < 0 ? -1 : InteractiveReads.ShortestPathLength(network, from, to, cancellation);
        return length.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Path14(SnbNetwork network, int from, int to, CancellationToken cancellation)
    {
        if (from < 0 || to < 0) return null;
        return InteractiveReads.TrustedPath(network, from, to, cancellation) is { } path
            ? $"{string.Join(';', path.Persons)}|{path.Weight}" : null;
    }

    private static IEnumerable<(long, long)> AllPairs(SnbNetwork network) =>
        from a in network.Persons from b in network.Persons select (a, b);

    private static void Summarize(List<double> latencies, TextWriter output)
    {
        if (latencies.Count == 0) return;
        latencies.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{latencies.Count} queries, median {latencies[latencies.Count / 2]:F4} ms, p99 {latencies[(int)(latencies.Count * 0.99)]:F4} "
                + $"ms, max {latencies[^1]:F4} ms"));
    }
}
