using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>A person's interactions, newest first.</summary>
internal static class HistoryOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getInteractions", "/v1/people/{id}/interactions", HistoryAsync).In("People").For(Access.Readers, Own.Person)
            .MayNotFind()
            .Described("Get a person's interactions", "What the person took part in, newest first."),
    ];

    private static async Task<Reply<ListAnswer<InteractionAnswer>>> HistoryAsync(
        HistoryRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, IInteractionLog log,
            CancellationToken cancellation)
    {
        var page = request.Page;
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var filter = new HistoryFilter
        {
            With = request.With,
            SinceMs = request.SinceMs ?? long.MinValue,
            UntilMs = Math.Min(request.UntilMs ?? asOfMs, asOfMs),
            Kind = request.Kind,
            After = page.Cursor is { } cursor ? Read(cursor.After) : null,
            Limit = page.Limit + 1,
        };
        var entries = await people.AskAsync(
            viewer, request.Id, asOfMs, (person, asked, stop) => person.HistoryAsync(asked, filter, stop), cancellation);
        if (entries is null) return Problem.PersonNotFound("id", request.Id);
        var shown = entries.Take(page.Limit).ToList();
        var records = await log.ReadAtAsync([.. shown.Select(e => e.Position)], cancellation);
        var next = entries.Count > page.Limit ? page.Next(asOfMs, Write(shown[^1])) : null;
        // A record that was erased since is a tombstone, and no longer part of any history.
        var items = records.OfType<Interaction>().Select(static interaction => InteractionAnswer.Of(interaction)).ToList();
        return new ListAnswer<InteractionAnswer>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    private static string Write(HistoryEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.AtMs} {entry.Position}");

    private static HistoryEntry? Read(string after) =>
        after.Split(' ') is [var at, var position]
        && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var atMs)
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new HistoryEntry(atMs, number)
            : null;
}

internal sealed record HistoryRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.With))] string? With,
    [Query(nameof(QueryParameters.Since))] long? SinceMs,
    [Query(nameof(QueryParameters.Until))] long? UntilMs,
    [Query(nameof(QueryParameters.Kind))] InteractionKind? Kind,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;

    public void Check(QueryReader query)
    {
        if (SinceMs > UntilMs) query.Fail("until", "lies before since");
    }
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
