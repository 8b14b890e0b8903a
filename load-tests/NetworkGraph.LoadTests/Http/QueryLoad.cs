using System.Net;

namespace NetworkGraph.LoadTests.Http;

/// <summary>Asks queries of several kinds in turn, about people drawn at random, at a fixed rate.</summary>
internal sealed class QueryLoad(HttpClient client, HttpLoadOptions options, int maxInFlight)
{
    // Introductions are what the product is about, and the dearest: they come twice.
    private static readonly string[] s_queries = [
        "introductions", "ties", "reciprocity", "dormant-ties", "introductions", "person", "network"];
    private readonly Dictionary<string,
        Latencies> _latencies = s_queries.Distinct().ToDictionary(query => query, query => new Latencies(query));
    private readonly IReadOnlyList<string> _ids = options.Ids.Count > 0
        ? options.Ids : [.. Enumerable.Range(0, options.People).Select(InteractionBodies.Person)];

    public IEnumerable<Latencies> Latencies => _latencies.Values;

    /// <summary>Returns how many queries could not be sent on time.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (options.QueryRate == 0) return 0;
        var random = new Random(unchecked((int)options.Seed + 1));
        return await OpenLoop.RunAsync(
            options.QueryRate,
            options.Duration,
            maxInFlight,
            (number, due) => AskAsync(
                s_queries[number % s_queries.Length], _ids[random.Next(_ids.Count)], _ids[random.Next(_ids.Count)], due, cancellation),
            cancellation);
    }

    private async Task AskAsync(string query, string person, string other, long due, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(AddressOf(query, person, other), cancellation);
            await response.Content.ReadAsByteArrayAsync(cancellation);
            // A person who has no interaction yet is a right answer here.
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound) _latencies[query].Add(due);
            else _latencies[query].AddFailure($"status {(int)response.StatusCode}");
        }
        catch (Exception failure) when (HttpLoad.IsOfRequest(failure, cancellation))
        {
            _latencies[query].AddFailure(HttpLoad.NameOf(failure));
        }
    }

    private Uri AddressOf(string query, string person, string other)
    {
        var id = Uri.EscapeDataString(person);
        var path = query switch
        {
            "introductions" => $"v1/people/{id}/introductions?to={Uri.EscapeDataString(person == other ? other + "-2" : other)}&",
            "person" => $"v1/people/{id}?",
            "network" => "v1/network?",
            _ => $"v1/people/{id}/{query}?",
        };
        return new Uri((path + options.QueryParameters).TrimEnd('?', '&'), UriKind.Relative);
    }
}
