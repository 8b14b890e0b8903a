using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>
/// Four clients that send interactions and ask about people, through one address, until stopped. What is not
/// acknowledged is sent again with the same ids, so that every id must be in the log exactly once in the end.
/// </summary>
internal sealed class ClusterLoad(HttpClient http)
{
    public const int Clients = 4;
    private const int BatchSize = 20;
    public const int People = 200;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly List<string> _acknowledged = [];
    private readonly List<(long Started, long Ended, bool Succeeded)> _queries = [];
    private int _batches;

    /// <summary>Bodies that were acknowledged, each <see cref="BatchSize"/> interactions.</summary>
    public IReadOnlyList<string> Acknowledged
    {
        get
        {
            lock (_gate) return [.. _acknowledged];
        }
    }

    public long Interactions => (long)Acknowledged.Count * BatchSize;

    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => RunClientAsync(client, stop)));

    /// <summary>
    /// How long after a moment the last query failed (0 where none did), how many did, and the longest that any took.
    /// </summary>
    public (TimeSpan LastFailure, int Failures, TimeSpan Longest, int Queries) Since(long moment)
    {
        lock (_gate)
        {
            var since = _queries.Where(query => query.Ended >= moment).ToList();
            var failed = since.Where(query => !query.Succeeded).ToList();
            return (
                failed.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(moment, failed.Max(query => query.Ended)),
                failed.Count,
                since.Count == 0 ? TimeSpan.Zero : since.Max(query => Stopwatch.GetElapsedTime(query.Started, query.Ended)),
                since.Count);
        }
    }

    private async Task RunClientAsync(int client, CancellationToken stop)
    {
        var random = new Random(client);
        while (!stop.IsCancellationRequested)
        {
            await SendAsync(Body(random), stop);
            await AskAsync($"v1/people/load{random.Next(People)}/ties", stop);
            await AskAsync("v1/network/reciprocity", stop);
        }
    }

    /// <summary>Sends until acknowledged: an id that got through without its answer is then a duplicate.</summary>
    private async Task SendAsync(string body, CancellationToken stop)
    {
        // What was begun is brought to its end, so that it is known what must be there.
        while (true)
        {
            try
            {
                if (await AcceptedAsync(http, body) == BatchSize) break;
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
            {
                if (stop.IsCancellationRequested && away is TaskCanceledException) return;
            }
            await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None);
        }
        lock (_gate) _acknowledged.Add(body);
    }

    private async Task AskAsync(string path, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var succeeded = false;
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), stop);
            // No one has had anything with a person yet whom no interaction has named.
            succeeded = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            if (stop.IsCancellationRequested) return;
        }
        lock (_gate) _queries.Add((started, Stopwatch.GetTimestamp(), succeeded));
        if (!succeeded) await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>How many interactions of a body are in the log now, by the server's word; 0 where it could not take it.</summary>
    public static async Task<int> AcceptedAsync(HttpClient http, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        using var answer = await http.PostAsync(new Uri("v1/interactions", UriKind.Relative), content);
        if (answer.StatusCode is not HttpStatusCode.OK) return 0;
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("accepted").GetInt32() + json.RootElement.GetProperty("duplicates").GetInt32();
    }

    private string Body(Random random)
    {
        var batch = Interlocked.Increment(ref _batches);
        var body = new StringBuilder();
        for (var i = 0; i < BatchSize; i++)
        {
            var from = random.Next(People);
            var to = (from + 1 + random.Next(20)) % People;
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(batch * BatchSize + i);
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"load-{batch}-{i}\",\"at\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",");
            body.Append(CultureInfo.InvariantCulture, $"\"from\":\"load{from}\",\"to\":\"load{to}\",\"kind\":\"message\"}}\n");
        }
        return body.ToString();
    }
}
