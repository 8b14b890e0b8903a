using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>A person's interactions, newest first.</summary>
internal static class HistoryEndpoint
{
    public static void MapHistory(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/people/{id}").WithTags("People")
        .MapGet("/interactions", HistoryAsync)
        .Takes(QueryParameters.With, QueryParameters.Since, QueryParameters.Until, QueryParameters.Kind, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
        .Describe("getInteractions", "Get a person's interactions", "What the person took part in, newest first.")
        .Produces<ListAnswer<InteractionAnswer>>().MayNotFind();

    private static async Task<Reply> HistoryAsync(QueryReader query, PersonGrains people, NetworkQueries queries, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var since = query.Time(QueryParameters.Since);
        var until = query.Time(QueryParameters.Until);
        if (since > until) query.Fail(QueryParameters.Until.Name, "lies before since");
        var filter = new HistoryFilter
        {
            With = query.Person(QueryParameters.With),
            SinceMs = since ?? long.MinValue,
            UntilMs = Math.Min(until ?? asOfMs, asOfMs),
            Kind = query.Kind(QueryParameters.Kind),
            After = page.Cursor is { } cursor ? Read(cursor.After) : null,
            Limit = page.Limit + 1,
        };
        if (query.Problem is { } problem) return problem;
        var entries = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.HistoryAsync(request, filter, stop), cancellation);
        if (entries is null) return Answer.NobodyHas("id", id);
        var shown = entries.Take(page.Limit).ToList();
        var records = await log.ReadAtAsync([.. shown.Select(e => e.Position)], cancellation);
        var next = entries.Count > page.Limit ? page.Next(asOfMs, Write(shown[^1])) : null;
        // A record that was erased since is a tombstone, and no longer part of anybody's history.
        var items = records.OfType<Interaction>().Select(static interaction => InteractionAnswer.Of(interaction)).ToList();
        return Answer.Of(new ListAnswer<InteractionAnswer>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)), AnswersJson.Plain.ListAnswerInteractionAnswer);
    }

    private static string Write(HistoryEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.AtMs} {entry.Position}");

    private static HistoryEntry? Read(string after) =>
        after.Split(' ') is [var at, var position]
        && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var atMs)
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new HistoryEntry(atMs, number)
            : null;
}

/// <summary>An interaction, as it was sent.</summary>
public record InteractionAnswer
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required string Kind { get; init; }

    public required string Exchange { get; init; }

    public required string Setting { get; init; }

    public string? Channel { get; init; }

    public string? Venue { get; init; }

    public string? InReplyTo { get; init; }

    public string? About { get; init; }

    public bool? Personalised { get; init; }

    public double? LengthSeconds { get; init; }

    public required string ExchangeBy { get; init; }

    public double? ExchangeConfidence { get; init; }

    public string? Series { get; init; }

    public string? Batch { get; init; }

    internal static InteractionAnswer Of(Interaction interaction) => new()
    {
        Id = interaction.Id,
        At = DateTimeOffset.FromUnixTimeMilliseconds(interaction.AtMs),
        From = interaction.From,
        To = interaction.To,
        Kind = WireNames.Of(interaction.Kind),
        Exchange = WireNames.Of(interaction.Exchange),
        Setting = WireNames.Of(interaction.Setting),
        Channel = interaction.Channel,
        Venue = interaction.Venue,
        InReplyTo = interaction.InReplyTo,
        About = interaction.About,
        Personalised = interaction.Personalised,
        LengthSeconds = interaction.LengthSeconds,
        ExchangeBy = WireNames.Of(interaction.ExchangeBy),
        ExchangeConfidence = interaction.ExchangeConfidence,
        Series = interaction.Series,
        Batch = interaction.Batch,
    };
}
