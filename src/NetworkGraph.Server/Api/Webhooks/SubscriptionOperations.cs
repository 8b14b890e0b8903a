using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Outreach;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>What a webhook is made with.</summary>
/// <param name="Url">Where events are sent, https.</param>
/// <param name="Events">interaction, retraction, profile, alias, ask; left out: all that the key may see.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubscriptionRequest(string Url, IReadOnlyList<string>? Events);

/// <summary>An event that was given up after 24 hours of attempts.</summary>
/// <param name="Event">Id of the event.</param>
/// <param name="Position">Position of its record in the log.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Reason">What the last attempt came to.</param>
public sealed record DeadLetter(string Event, long Position, DateTimeOffset At, string Reason);

/// <summary>A webhook.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Events">The events it is sent; empty for all that its key may see.</param>
/// <param name="State">active, or ended: deleted, or its key is good no longer.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Position">Position of the last record that it need not be sent any more.</param>
/// <param name="DeadLetters">The last 100 events that were given up, newest first.</param>
/// <param name="Secret">What signatures are keyed with: only in the answer that made it, else null.</param>
public sealed record SubscriptionAnswer(
    string Id, string Url, IReadOnlyList<string> Events, string State, DateTimeOffset Created, long Position,
        IReadOnlyList<DeadLetter> DeadLetters, string? Secret);

/// <summary>Where webhooks may go.</summary>
/// <param name="ToPrivate">Also to private addresses, and without TLS.</param>
internal sealed record WebhookPolicy(bool ToPrivate);

/// <summary>A webhook, by its id.</summary>
internal sealed record SubscriptionKey([Name] string Subscription) : IOperationRequest;

/// <summary>What webhooks are made with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SubscriptionRequest))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;

/// <summary>Webhooks: made, listed, ended. Each key sees its own; administrators see all.</summary>
internal static class SubscriptionOperations
{
    private const string Route = "/v1/subscriptions";
    private const int MaxDeadLetters = 100;
    private const int MaxActive = 100;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listSubscriptions", Route, List).In("Webhooks").For(Access.Analysts)
            .Described("List webhooks",
                "Those that the key made, or all for administrators, the one made last first; those that ended too."),
        Operation.Post("createSubscription", Route, CreateAsync).In("Webhooks").For(Access.Analysts).Accepting<SubscriptionRequest>()
            .Described("Make a webhook",
                "Sends what is recorded from now on to a URL, in order and at least once: POST of {id, type, position, data} with the "
                + "headers Webhook-Id and Webhook-Signature (t=<Unix seconds>,v1=<hex of HMAC-SHA256 over \"<t>.<body>\", keyed by the "
                + "secret>). Answer 2xx within ten seconds; else it is sent again for 24 hours. It sees what the key sees, and ends with "
                + "it. The secret is in this answer alone."),
        Operation.Get("getSubscription", Route + "/{subscription}", Get).In("Webhooks").For(Access.Analysts).MayNotFind()
            .Described("Get a webhook", "How far it has come, and the events that were given up."),
        Operation.Delete("deleteSubscription", Route + "/{subscription}", DeleteAsync).In("Webhooks").For(Access.Analysts).MayNotFind()
            .Described("End a webhook", "Nothing more is sent. Answered when it is durable."),
    ];

    private static Reply<ListAnswer<SubscriptionAnswer>> List(PageRequest request, Viewer viewer, OutreachStore outreach,
        NetworkQueries queries)
    {
        var own = outreach.Subscriptions.Where(records => IsOf(viewer, records)).Select(records => Show(records, null))
            .OrderByDescending(made => made.Created).ThenBy(made => made.Id, StringComparer.Ordinal).ToList();
        return Listing.PageOf(own, made => (made.Created.ToUnixTimeMilliseconds(), made.Id), request.Page,
            request.Page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs);
    }

    private static Reply<SubscriptionAnswer> Get(SubscriptionKey key, Viewer viewer, OutreachStore outreach)
    {
        var records = outreach.SubscriptionOf(key.Subscription);
        return records.Count > 0 && IsOf(viewer, records) ? Show(records, null) : Unknown(key.Subscription);
    }

    private static async Task<Reply<SubscriptionAnswer>> CreateAsync(
        JsonBody body, Viewer viewer, OutreachStore outreach, WebhookSecrets secrets, WebhookPolicy policy, Recorder recorder,
        CancellationToken cancellation)
    {
        var (request, reason) = JsonObjects.Read(body.Utf8, SubscriptionJson.Default.SubscriptionRequest);
        if (request is null) return Problem.From(Outcome.InvalidArgument, reason);
        if (WebhookTargets.WhyNot(request.Url, policy.ToPrivate) is { } why) return Problem.Invalid("url", why);
        var events = request.Events ?? [];
        if (events.FirstOrDefault(name => !WebhookEvents.Names.Contains(name)) is not null)
            return Problem.Invalid("events", $"must each be one of {string.Join(", ", WebhookEvents.Names)}");
        if (outreach.Subscriptions.Count(records => WebhookSender.IsActive(records, out var made) && made.Key == viewer.KeyId) >= MaxActive)
            return Problem.From(Outcome.InvalidArgument, $"A key has at most {MaxActive} webhooks.");
        var id = $"sub-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        var made = new SubscriptionChanged
        {
            AtMs = recorder.NowMs,
            Id = id,
            Key = viewer.KeyId,
            Url = request.Url,
            Events = [.. events],
            Signer = secrets.Signer,
            IsActive = true,
        };
        return await RecordAsync(made, outreach, recorder, secrets.Of(id), cancellation);
    }

    private static async Task<Reply<SubscriptionAnswer>> DeleteAsync(
        SubscriptionKey key, Viewer viewer, OutreachStore outreach, Recorder recorder, CancellationToken cancellation)
    {
        var records = outreach.SubscriptionOf(key.Subscription);
        if (records.Count == 0 || !IsOf(viewer, records)) return Unknown(key.Subscription);
        if (!WebhookSender.IsActive(records, out var made)) return Show(records, null);
        var ended = new SubscriptionChanged
        {
            AtMs = recorder.NowMs,
            Id = made.Id,
            Key = made.Key,
            Url = made.Url,
            Events = made.Events,
            Signer = made.Signer,
            IsActive = false,
        };
        return await RecordAsync(ended, outreach, recorder, null, cancellation);
    }

    private static async Task<Reply<SubscriptionAnswer>> RecordAsync(
        SubscriptionChanged changed, OutreachStore outreach, Recorder recorder, string? secret, CancellationToken cancellation) =>
        await recorder.RecordAsync(cancellation, changed) is { } failed ? failed : Show(outreach.SubscriptionOf(changed.Id), secret);

    private static bool IsOf(Viewer viewer, IReadOnlyList<PlacedRecord> records) =>
        viewer.MaySeeAllInteractions || ((SubscriptionChanged)records[0].Record).Key == viewer.KeyId;

    private static SubscriptionAnswer Show(IReadOnlyList<PlacedRecord> records, string? secret)
    {
        var isActive = WebhookSender.IsActive(records, out var made);
        var dead = records.Select(placed => placed.Record).OfType<SubscriptionAdvanced>().Where(advanced =>
            advanced.GivenUp is not null).Reverse().Take(MaxDeadLetters)
            .Select(advanced => new DeadLetter(
                WebhookEvents.IdOf(made.Id, advanced.Position), advanced.Position, DateTimeOffset.FromUnixTimeMilliseconds(advanced.AtMs),
                    advanced.GivenUp!));
        return new SubscriptionAnswer(
            made.Id, made.Url, made.Events, isActive ? "active" : "ended", DateTimeOffset.FromUnixTimeMilliseconds(made.AtMs),
                WebhookSender.ReachedBy(records), [.. dead], secret);
    }

    private static Problem Unknown(string id) => Problem.NotFound("subscription", $"There is no webhook '{id}'.");
}
