using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace NetworkGraph.LoadTests.Http;

/// <summary>What became of the interactions sent.</summary>
/// <param name="Accepted">Durable now and not before.</param>
/// <param name="Duplicates">There already: the same seed was sent before.</param>
/// <param name="Late">Requests that could not be sent on time.</param>
/// <param name="Took">From the first request to the last answer.</param>
internal readonly record struct IngestOutcome(long Accepted, long Duplicates, int Late, TimeSpan Took);

/// <summary>Posts interactions, at a fixed rate or as fast as they are taken.</summary>
internal sealed class IngestLoad(HttpClient client, HttpLoadOptions options, Latencies latencies, int maxInFlight)
{
    // Fixed, so that the same seed sends the same bytes whenever it is run.
    private static readonly DateTimeOffset s_until = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);
    private static readonly Uri s_interactions = new("v1/interactions", UriKind.Relative);
    private static readonly TimeSpan s_retryUnlessSaid = TimeSpan.FromSeconds(1);
    private long _accepted;
    private long _duplicates;

    public async Task<IngestOutcome> RunAsync(CancellationToken cancellation)
    {
        if (options.IngestRate == 0) return default;
        var started = Stopwatch.GetTimestamp();
        var late = 0;
        if (double.IsFinite(options.IngestRate)) late = await AtRateAsync(cancellation);
        else await Task.WhenAll(
            Enumerable.Range(0, options.Connections).Select(
            stream => Task.Run(() => WithoutPauseAsync(stream, started, cancellation), cancellation)));
        return new IngestOutcome(_accepted, _duplicates, late, Stopwatch.GetElapsedTime(started));
    }

    private Task<int> AtRateAsync(CancellationToken cancellation)
    {
        var bodies = Bodies(stream: 0);
        return OpenLoop.RunAsync(
            options.IngestRate / options.Batch,
            options.Duration,
            maxInFlight,
            (_, due) => SendAsync(bodies.Next(options.Batch), due, cancellation),
            cancellation);
    }

    private async Task WithoutPauseAsync(int stream, long started, CancellationToken cancellation)
    {
        var bodies = Bodies(stream);
        while (Stopwatch.GetElapsedTime(started) < options.Duration)
        {
            var retryAfter = await SendAsync(bodies.Next(options.Batch), dueTicks: null, cancellation);
            if (retryAfter is { } wait) await Task.Delay(wait, cancellation);
        }
    }

    private InteractionBodies Bodies(int stream) => new(options.People, options.Seed, stream, s_until);

    /// <summary>Sends one request, due at a time stamp or now. Returns how long to leave the server alone, where it failed.</summary>
    private async Task<TimeSpan?> SendAsync(ReadOnlyMemory<byte> body, long? dueTicks, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var due = dueTicks ?? Stopwatch.GetTimestamp();
        try
        {
            using var response = await client.PostAsync(s_interactions, content, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                latencies.AddFailure($"status {(int)response.StatusCode}");
                return response.Headers.RetryAfter?.Delta ?? s_retryUnlessSaid;
            }
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var answer = await JsonDocument.ParseAsync(stream, default, cancellation);
            latencies.Add(due);
            Interlocked.Add(ref _accepted, answer.RootElement.GetProperty("accepted").GetInt64());
            Interlocked.Add(ref _duplicates, answer.RootElement.GetProperty("duplicates").GetInt64());
            return null;
        }
        catch (Exception failure) when (HttpLoad.IsOfRequest(failure, cancellation))
        {
            latencies.AddFailure(HttpLoad.NameOf(failure));
            return s_retryUnlessSaid;
        }
    }
}
