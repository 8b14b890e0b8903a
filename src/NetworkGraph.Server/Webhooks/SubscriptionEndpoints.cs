using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Outreach;
using NetworkGraph.Server.Asks;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Webhooks;

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
    string Id, string Url, IReadOnlyList<string> Events, string State, DateTimeOffset Created, long Position, IReadOnlyList<DeadLetter> DeadLetters, string? Secret);

/// <summary>Webhooks: made, listed, ended. Each key sees its own; administrators see all.</summary>
internal static class SubscriptionEndpoints
{
    private const int MaxDeadLetters = 100;
    private const int MaxActive = 100;

    public static void MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        var subscriptions = routes.MapGroup("/v1/subscriptions").WithTags("Webhooks");
        subscriptions.MapGet("", List).Takes(QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("listSubscriptions", "List webhooks", "Those that the key made, or all for administrators, the one made last first; those that ended too.")
            .Produces<ListAnswer<SubscriptionAnswer>>();
        subscriptions.MapPost("", CreateAsync).Takes().Accepts<SubscriptionRequest>("application/json")
            .Describe("createSubscription", "Make a webhook",
                "Sends what is recorded from now on to a URL, in order and at least once: POST of {id, type, position, data} with the headers Webhook-Id and Webhook-Signature "
                + "(t=<Unix seconds>,v1=<hex of HMAC-SHA256 over \"<t>.<body>\", keyed by the secret>). Answer 2xx within ten seconds; else it is sent again for 24 hours. "
                + "It sees what the key sees, and ends with it. The secret is in this answer alone.")
            .Produces<SubscriptionAnswer>();
        subscriptions.MapGet("/{subscription}", Get).Takes()
            .Describe("getSubscription", "Get a webhook", "How far it has come, and the events that were given up.").Produces<SubscriptionAnswer>().MayNotFind();
        subscriptions.MapDelete("/{subscription}", DeleteAsync).Takes()
            .Describe("deleteSubscription", "End a webhook", "Nothing more is sent. Answered when it is durable.").Produces<SubscriptionAnswer>().MayNotFind();
    }

    private static Reply List(QueryReader query, OutreachStore outreach, NetworkQueries queries)
    {
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var own = outreach.Subscriptions.Where(records => IsOf(query.Viewer, records)).Select(records => Show(records, null))
            .OrderByDescending(made => made.Created).ThenBy(made => made.Id, StringComparer.Ordinal).ToList();
        var shown = Listing.PageOf(own, made => (made.Created.ToUnixTimeMilliseconds(), made.Id), page, page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs);
        return Answer.Of(shown, AnswersJson.Plain.ListAnswerSubscriptionAnswer);
    }

    private static Reply Get(QueryReader query, OutreachStore outreach)
    {
        var id = query.TextInPath("subscription");
        if (query.Problem is { } problem) return problem;
        var records = outreach.SubscriptionOf(id);
        return records.Count > 0 && IsOf(query.Viewer, records) ? Answer.Of(Show(records, null), AnswersJson.Plain.SubscriptionAnswer) : Unknown(id);
    }

    private static async Task<Reply> CreateAsync(
        QueryReader query, JsonBody body, OutreachStore outreach, WebhookSecrets secrets, ServerOptions options, IInteractionLog log, LogFold fold, TimeProvider clock,
        CancellationToken cancellation)
    {
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var (request, reason) = JsonObjects.Read(body.Utf8, AnswersJson.Plain.SubscriptionRequest);
        if (request is null) return Answer.Problem(Outcome.InvalidArgument, reason);
        if (WebhookTargets.WhyNot(request.Url, options.WebhooksToPrivate) is { } why) return Answer.Problem(Outcome.InvalidArgument, $"url {why}", "url");
        var events = request.Events ?? [];
        if (events.FirstOrDefault(name => !WebhookEvents.Names.Contains(name)) is not null)
            return Answer.Problem(Outcome.InvalidArgument, $"events: each is one of {string.Join(", ", WebhookEvents.Names)}", "events");
        if (outreach.Subscriptions.Count(records => WebhookSender.IsActive(records, out var made) && made.Key == query.Viewer.KeyId) >= MaxActive)
            return Answer.Problem(Outcome.InvalidArgument, $"A key has at most {MaxActive} webhooks.");
        var id = $"sub-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        var made = new SubscriptionChanged
        {
            AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Id = id,
            Key = query.Viewer.KeyId,
            Url = request.Url,
            Events = [.. events],
            Signer = secrets.Signer,
            IsActive = true,
        };
        return await RecordAsync(made, outreach, log, fold, secrets.Of(id), cancellation);
    }

    private static async Task<Reply> DeleteAsync(
        QueryReader query, OutreachStore outreach, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.TextInPath("subscription");
        if (query.Problem is { } problem) return problem;
        var records = outreach.SubscriptionOf(id);
        if (records.Count == 0 || !IsOf(query.Viewer, records)) return Unknown(id);
        if (!WebhookSender.IsActive(records, out var made)) return Answer.Of(Show(records, null), AnswersJson.Plain.SubscriptionAnswer);
        var ended = new SubscriptionChanged
        {
            AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Id = id,
            Key = made.Key,
            Url = made.Url,
            Events = made.Events,
            Signer = made.Signer,
            IsActive = false,
        };
        return await RecordAsync(ended, outreach, log, fold, null, cancellation);
    }

    private static async Task<Reply> RecordAsync(
        SubscriptionChanged changed, OutreachStore outreach, IInteractionLog log, LogFold fold, string? secret, CancellationToken cancellation)
    {
        var receipt = await log.AppendAsync([changed], cancellation);
        if (receipt.Overloaded) return Answer.Overloaded();
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return Answer.Of(Show(outreach.SubscriptionOf(changed.Id), secret), AnswersJson.Plain.SubscriptionAnswer);
    }

    private static bool IsOf(Viewer viewer, IReadOnlyList<PlacedRecord> records) =>
        viewer.MaySeeAllInteractions || ((SubscriptionChanged)records[0].Record).Key == viewer.KeyId;

    private static SubscriptionAnswer Show(IReadOnlyList<PlacedRecord> records, string? secret)
    {
        var isActive = WebhookSender.IsActive(records, out var made);
        var dead = records.Select(placed => placed.Record).OfType<SubscriptionAdvanced>().Where(advanced => advanced.GivenUp is not null).Reverse().Take(MaxDeadLetters)
            .Select(advanced => new DeadLetter(
                WebhookEvents.IdOf(made.Id, advanced.Position), advanced.Position, DateTimeOffset.FromUnixTimeMilliseconds(advanced.AtMs), advanced.GivenUp!));
        return new SubscriptionAnswer(
            made.Id, made.Url, made.Events, isActive ? "active" : "ended", DateTimeOffset.FromUnixTimeMilliseconds(made.AtMs), WebhookSender.ReachedBy(records), [.. dead], secret);
    }

    private static Reply Unknown(string id) => Answer.Problem(Outcome.NotFound, $"There is no webhook '{id}'.", "subscription");
}
