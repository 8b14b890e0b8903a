using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Outreach;
using NetworkGraph.Server.Api.Webhooks;
using NetworkGraph.Stories;

namespace NetworkGraph.Server.Tests.Webhooks;

/// <summary>A subscriber in this process over a log in memory, with a clock that the test moves.</summary>
public sealed class WebhookSenderTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 30, 0, TimeSpan.Zero));
    private readonly MemoryLog _log = new();
    private readonly OutreachStore _outreach = new();
    private readonly WebhookSecrets _secrets = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private readonly Receiver _receiver = new();
    private readonly CancellationTokenSource _stopFold = new();
    private readonly Task _fold;
    private Viewer? _viewer = new(Scopes.Analyst) { KeyId = "k1" };

    public WebhookSenderTests() => _fold = FoldAsync(_outreach, 0, _stopFold.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopFold.CancelAsync();
        await _fold.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopFold.Dispose();
    }

    [Fact]
    public async Task Events_arrive_signed_and_in_the_order_of_the_log()
    {
        Subscribe("s1");
        await using var sending = Start();
        _log.Append(Message("m-1"), Message("m-2"), Block(), Message("m-3"));
        await Until.TrueAsync("three events arrived", () => Task.FromResult(_receiver.Bodies.Count == 3));
        _receiver.Bodies.Select(IdIn).ShouldBe(["m-1", "m-2", "m-3"]);
        _receiver.Events.ShouldBe(["evt_s1_2", "evt_s1_3", "evt_s1_5"]);
        var (signature, body) = (_receiver.Signatures[0], _receiver.Bodies[0]);
        var seconds = signature[2..signature.IndexOf(',', StringComparison.Ordinal)];
        seconds.ShouldBe($"{_time.GetUtcNow().ToUnixTimeSeconds()}");
        signature.ShouldEndWith($",v1={Hmac(_secrets.Of("s1"), $"{seconds}.{body}")}");
        signature.ShouldNotEndWith(Hmac(_secrets.Of("s2"), $"{seconds}.{body}"));
        signature.ShouldNotEndWith(Hmac(_secrets.Of("s1"), $"{seconds}.{body} "));
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_an_hour_loses_nothing_and_gets_it_in_order()
    {
        Subscribe("s1");
        _receiver.Status = HttpStatusCode.ServiceUnavailable;
        await using var sending = Start();
        _log.Append(Message("m-1"), Message("m-2"));
        var minutes = 0;
        await Until.TrueAsync("an hour has passed and it was tried again and again", async () =>
        {
            await PassAsync(TimeSpan.FromMinutes(1));
            return ++minutes >= 60 && _receiver.Attempts > 2;
        });
        _receiver.Bodies.ShouldBeEmpty();
        _receiver.Status = HttpStatusCode.OK;
        await Until.TrueAsync("both events arrived", async () =>
        {
            await PassAsync(TimeSpan.FromMinutes(10));
            return _receiver.Events.Distinct().Count() >= 2;
        });
        // What took its time under a clock that jumps may come twice, under the same id.
        _receiver.Bodies.Select(IdIn).Distinct().ShouldBe(["m-1", "m-2"]);
        _receiver.Events.Distinct().ShouldBe(["evt_s1_2", "evt_s1_3"]);
    }

    [Fact]
    public async Task What_is_not_received_for_24_hours_is_a_dead_letter_and_the_next_is_sent()
    {
        Subscribe("s1");
        _receiver.Refuses = body => body.Contains("m-1", StringComparison.Ordinal);
        await using var sending = Start();
        _log.Append(Message("m-1"), Message("m-2"));
        await Until.TrueAsync("the second event arrived", async () =>
        {
            await PassAsync(TimeSpan.FromMinutes(30));
            return _receiver.Bodies.Count > 0;
        });
        IdIn(_receiver.Bodies[0]).ShouldBe("m-2");
        await Until.TrueAsync("the dead letter is recorded", () => Task.FromResult(
            _outreach.SubscriptionOf("s1").Select(placed => placed.Record).OfType<SubscriptionAdvanced>().Any(a => a is
            {
                Position: 2,
                GivenUp: not null
            })));
        (_time.GetUtcNow() - new DateTimeOffset(2026, 11, 25, 9, 30, 0,
            TimeSpan.Zero)).ShouldBeGreaterThanOrEqualTo(WebhookSender.GivesUpAfter);
    }

    [Fact]
    public async Task A_server_that_starts_anew_goes_on_and_repeats_events_under_the_same_id()
    {
        Subscribe("s1");
        await using (Start())
        {
            _log.Append(Message("m-1"));
            await Until.TrueAsync("the first event is received and recorded", () => Task.FromResult(
                _outreach.SubscriptionOf("s1") is { Count: > 0 } records && WebhookSender.ReachedBy(records) == 2));
        }
        _log.Append(Message("m-2"));
        var restored = new OutreachStore();
        using var stop = new CancellationTokenSource();
        var fold = FoldAsync(restored, 0, stop.Token);
        await Until.TrueAsync("the log is folded", () => Task.FromResult(restored.SubscriptionOf("s1").Count == 2));
        await using (Start(restored)) await Until.TrueAsync("the second event arrived", () => Task.FromResult(_receiver.Bodies.Count == 2));
        // A fold that never saw how far the webhook came sends all again, under the ids they had.
        var behind = new OutreachStore();
        behind.Apply((await _log.ReadAtAsync([1], TestContext.Current.CancellationToken))[0], 1);
        await using (Start(behind)) await Until.TrueAsync("both came again", () => Task.FromResult(_receiver.Bodies.Count == 4));
        _receiver.Bodies.Select(IdIn).ShouldBe(["m-1", "m-2", "m-1", "m-2"]);
        _receiver.Events[2..].ShouldBe(_receiver.Events[..2]);
        await stop.CancelAsync();
        await Task.WhenAny(fold);
    }

    [Fact]
    public async Task A_subscription_ends_with_its_key_and_sees_what_the_key_sees()
    {
        Subscribe("s1");
        await using var sending = Start();
        _log.Append(new AskChanged
        {
            AtMs = 1,
            Id = "a",
            From = "x",
            Target = "y",
            Brokers = ["z"],
            State = AskState.Proposed,
            Score = 0.5
        }, Message("m-1"));
        await Until.TrueAsync("the interaction arrived", () => Task.FromResult(_receiver.Bodies.Count == 1));
        IdIn(_receiver.Bodies[0]).ShouldBe("m-1");
        _viewer = null;
        _log.Append(Message("m-2"));
        await Until.TrueAsync("it has ended", () => Task.FromResult(!WebhookSender.IsActive(_outreach.SubscriptionOf("s1"), out _)));
        _receiver.Bodies.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://example.com/hook", true)]
    [InlineData("http://example.com/hook", false)]
    [InlineData("https://127.0.0.1/hook", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://user:secret@example.com/", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("not a url", false)]
    public void Private_and_unencrypted_targets_are_refused_unless_allowed(string url, bool isAllowed)
    {
        (WebhookTargets.WhyNot(url, allowsPrivate: false) is null).ShouldBe(isAllowed);
        if (url.StartsWith("http", StringComparison.Ordinal) && !url.Contains('@')) WebhookTargets.WhyNot(url,
            allowsPrivate: true).ShouldBeNull();
    }

    [Fact]
    public async Task A_host_that_resolves_to_a_private_address_is_not_connected_to()
    {
        using var http = new HttpClient(WebhookTargets.Handler(allowsPrivate: false));
        var failure = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost:9/"),
            TestContext.Current.CancellationToken));
        failure.ToString().ShouldContain("private address");
    }

    private static string IdIn(string body) => JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("id").GetString()!;

    private static string Hmac(string key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key),
        Encoding.UTF8.GetBytes(text)));

    private static Interaction Message(string id) => new()
    {
        Id = id,
        AtMs = 1_790_000_000_000,
        From = "ann",
        To = ["bob"],
        Kind = InteractionKind.Message
    };

    private static BlockChanged Block() => new() { AtMs = 1, By = "ann", Against = "bob", IsPlaced = true };

    private void Subscribe(string id) =>
        _log.Append(new SubscriptionChanged
        {
            AtMs = 1,
            Id = id,
            Key = "k1",
            Url = "https://receiver.example/hook",
            Events = [],
            Signer = _secrets.Signer,
            IsActive = true
        });

    private async Task FoldAsync(OutreachStore into, long after, CancellationToken stop)
    {
        await foreach (var batch in _log.FollowAsync(after, stop))
            for (var i = 0; i < batch.Records.Length; i++)
                if (batch.Records[i] is SubscriptionChanged or SubscriptionAdvanced or AskChanged) into.Apply(batch.Records[i],
                    batch.FirstPosition + i);
    }

    private Sending Start(OutreachStore? outreach = null) => new(new WebhookSender(_log, outreach ?? _outreach, _secrets, _ => _viewer,
        new Unowned(_receiver), _time));

    /// <summary>Lets time pass once everybody waits for it.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var before = _receiver.Attempts;
        _time.Advance(time);
        for (var turn = 0; turn < 50 && _receiver.Attempts == before; turn++) await Task.Yield();
    }

    private sealed class Sending : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly WebhookSender _sender;
        private readonly Task _running;

        public Sending(WebhookSender sender) => (_sender, _running) = (sender, sender.RunAsync(_stop.Token));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _sender.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>Keeps the receiver when a sender goes.</summary>
    private sealed class Unowned(Receiver receiver) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            receiver.AnswerAsync(request, cancellationToken);
    }

    private sealed class Receiver
    {
        private readonly Lock _gate = new();
        private readonly List<(string Body, string Event, string Signature)> _received = [];
        private int _attempts;

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public Func<string, bool> Refuses { get; set; } = _ => false;

        public int Attempts => Volatile.Read(ref _attempts);

        public List<string> Bodies => Get(received => received.Body);

        public List<string> Events => Get(received => received.Event);

        public List<string> Signatures => Get(received => received.Signature);

        public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _attempts);
            var body = await request.Content!.ReadAsStringAsync(cancellation);
            if (Refuses(body)) return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            if (Status == HttpStatusCode.OK)
                lock (_gate) _received.Add((body, request.Headers.GetValues("Webhook-Id").Single(),
                    request.Headers.GetValues("Webhook-Signature").Single()));
            return new HttpResponseMessage(Status);
        }

        private List<string> Get(Func<(string Body, string Event, string Signature), string> part)
        {
            lock (_gate) return [.. _received.Select(part)];
        }
    }
}
