using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Outreach;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>
/// Sends the log to its subscribers: to each one event after the other in the order of the log, at least once. What is not received (any
/// answer
/// but 2xx, or none within ten seconds) is sent again after 1, 2, 4 ... s, at most ten minutes, for 24 hours; then it is a dead letter and
/// the next one is sent. How far a subscriber has come is recorded in the log, so that a server that starts anew goes on there; events
/// may then
/// come twice, under the same id. Ends with the key that made the subscription.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_minWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(10);

    private readonly IInteractionLog _log;
    private readonly OutreachStore _outreach;
    private readonly WebhookSecrets _secrets;
    private readonly Func<string?, Viewer?> _viewerOf;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Meter _meter = new(Tracing.SourceName);
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _deadLetters;

    /// <param name="log">What is sent.</param>
    /// <param name="outreach">The subscriptions.</param>
    /// <param name="secrets">What is signed with.</param>
    /// <param name="viewerOf">Whose key has an id (null: no keys were configured); null where it is good no longer.</param>
    /// <param name="handler">Connects; disposed with this.</param>
    /// <param name="time">The clock.</param>
    public WebhookSender(IInteractionLog log, OutreachStore outreach, WebhookSecrets secrets, Func<string?, Viewer?> viewerOf,
        HttpMessageHandler handler, TimeProvider time)
    {
        (_log, _outreach, _secrets, _viewerOf, _time) = (log, outreach, secrets, viewerOf, time);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _deliveries = _meter.CreateCounter<long>("networkgraph.webhooks.deliveries", "{attempt}",
            "Attempts to deliver events to webhooks, by outcome.");
        _deadLetters = _meter.CreateCounter<long>("networkgraph.webhooks.dead_letters", "{event}",
            "Events given up after 24 hours of attempts.");
    }

    /// <summary>Sends until cancelled, also to subscriptions that are made meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        var changed = new SemaphoreSlim(1);
        void OnApplied(LogRecord record)
        {
            if (record is SubscriptionChanged) changed.Release();
        }
        _outreach.Applied += OnApplied;
        try
        {
            while (true)
            {
                await changed.WaitAsync(cancellation);
                foreach (var records in _outreach.Subscriptions)
                {
                    if (!IsActive(records, out var subscription) || subscription.Signer != _secrets.Signer) continue;
                    if (running.TryGetValue(subscription.Id, out var sending) && !sending.IsCompleted) continue;
                    running[subscription.Id] = SendAllAsync(subscription, ReachedBy(records), cancellation);
                }
            }
        }
        finally
        {
            _outreach.Applied -= OnApplied;
            await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            changed.Dispose();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _meter.Dispose();
    }

    /// <summary>Whether a webhook stands, and as what it was made.</summary>
    public static bool IsActive(IReadOnlyList<PlacedRecord> records, out SubscriptionChanged subscription)
    {
        subscription = (SubscriptionChanged)records[0].Record;
        return records.All(placed => placed.Record is not SubscriptionChanged { IsActive: false });
    }

    /// <summary>Position of the last record that a webhook need not be sent any more: at first that of its making.</summary>
    public static long ReachedBy(IReadOnlyList<PlacedRecord> records) =>
        records.Select(placed => placed.Record).OfType<SubscriptionAdvanced>().Select(advanced =>
            advanced.Position).Append(records.Count > 0 ? records[0].Position : 0).Max();

    private async Task SendAllAsync(SubscriptionChanged subscription, long after, CancellationToken cancellation)
    {
        await Task.Yield();
        await foreach (var batch in _log.FollowAsync(after, cancellation))
        {
            var (reached, recorded) = (0L, 0L);
            for (var i = 0; i < batch.Records.Length; i++)
            {
                var position = batch.FirstPosition + i;
                if (position <= after) continue;
                if (!IsActive(_outreach.SubscriptionOf(subscription.Id), out _)) return;
                if (_viewerOf(subscription.Key) is not { } viewer)
                {
                    await EndAsync(subscription, cancellation);
                    return;
                }
                if (WebhookEvents.NameOf(batch.Records[i], viewer) is not { } type || (subscription.Events.Length > 0
                    && !subscription.Events.Contains(type))) continue;
                var outcome = await SendAsync(subscription, position, type, batch.Records[i], cancellation);
                if (outcome is Sent.Ended) return;
                reached = position;
                if (outcome is Sent.GivenUp) recorded = position;
            }
            if (reached > recorded) await AdvanceAsync(subscription.Id, reached, null, cancellation);
        }
    }

    private enum Sent
    {
        Received,
        GivenUp,
        Ended,
    }

    private async Task<Sent> SendAsync(SubscriptionChanged subscription, long position, string type, LogRecord record,
        CancellationToken cancellation)
    {
        var body = WebhookEvents.Body(subscription.Id, position, type, record);
        var started = _time.GetTimestamp();
        for (var wait = s_minWait; ; wait = wait * 2 < s_maxWait ? wait * 2 : s_maxWait)
        {
            if (await TryAsync(subscription, position, body, cancellation) is not { } why)
            {
                _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", "received"));
                return Sent.Received;
            }
            _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
            if (_time.GetElapsedTime(started) >= GivesUpAfter)
            {
                _deadLetters.Add(1);
                await AdvanceAsync(subscription.Id, position, why, cancellation);
                return Sent.GivenUp;
            }
            await Task.Delay(wait, _time, cancellation);
            if (!IsActive(_outreach.SubscriptionOf(subscription.Id), out _)) return Sent.Ended;
            if (_viewerOf(subscription.Key) is null)
            {
                await EndAsync(subscription, cancellation);
                return Sent.Ended;
            }
        }
    }

    /// <summary>Why the event was not received; null where it was.</summary>
    private async Task<string?> TryAsync(SubscriptionChanged subscription, long position, byte[] body, CancellationToken cancellation)
    {
        var seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Webhook-Id", WebhookEvents.IdOf(subscription.Id, position));
        request.Headers.Add("Webhook-Signature", _secrets.Sign(subscription.Id, seconds, body));
        request.Headers.UserAgent.ParseAdd("NetworkGraph-Webhooks/1");
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "did not answer within 10 seconds";
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError is HttpRequestError.NameResolutionError ? "the host was not found" : "could not be reached";
        }
    }

    private async Task AdvanceAsync(string id, long position, string? givenUp, CancellationToken cancellation) =>
        await AppendAsync(new SubscriptionAdvanced
        {
            AtMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Id = id,
            Position = position,
            GivenUp = givenUp
        }, cancellation);

    private async Task EndAsync(SubscriptionChanged ended, CancellationToken cancellation) => await AppendAsync(
        new SubscriptionChanged
        {
            AtMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Id = ended.Id,
            Key = ended.Key,
            Url = ended.Url,
            Events = ended.Events,
            Signer = ended.Signer,
            IsActive = false
        },
        cancellation);

    private async Task AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        while ((await _log.AppendAsync([record], cancellation)).Overloaded) await Task.Delay(s_minWait, _time, cancellation);
    }
}
