using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Preferences;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>A person's ties: all of them, one in full, how mutual they are, and which lie dormant.</summary>
internal static class TieOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getTies", "/v1/people/{id}/ties", TiesAsync).In("Ties").For(Access.Readers, Own.Person).MayNotFind()
            .Described("Get a person's ties",
                "All dyads tied in either direction, or those that match the filters; strongest first (or by sort), then by id. "
                + "The pages of one walk are of one position of the log, so that each tie is in exactly one of them."),
        Operation.Get("getTie", "/v1/people/{id}/ties/{other}", TieAsync).In("Ties").For(Access.Readers, Own.Person).MayNotFind()
            .Or<NoTie>()
            .Described("Get one dyad in full", "What two people have had with each other, seen from the first."),
        Operation.Get("getReciprocity", "/v1/people/{id}/reciprocity", ReciprocityAsync).In("Ties").For(Access.Readers, Own.Person)
            .MayNotFind()
            .Described("Get a person's reciprocity",
            "The share of what the person puts in that comes back, and of what they get that they return."),
        Operation.Get("getDormantTies", "/v1/people/{id}/dormant-ties", DormantTiesAsync).In("Ties").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a person's dormant ties",
                "Ties gone quiet, the ones most worth reviving first (for the goal, where one is given), each with what "
                + "its worth is made of."),
    ];

    private static async Task<Reply<TiesAnswer>> TiesAsync(
        TiesRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, PreferenceStore preferences, PersonNames names,
            CancellationToken cancellation)
    {
        var (id, sort, page) = (request.Id, request.Sort, request.Page);
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var position = page.Cursor?.Position ?? queries.CurrentPosition;
        var view = new PreferenceView(viewer, id, preferences);
        // As many as are hidden may have to be passed over. One more than is shown tells whether the list goes on; where ties are
        // picked out or sorted anew, all are looked at.
        var range = request.IsWhole
            ? new TieRange
            {
                After = Listing.PlaceAfter(page) is var (strength, other) ? new TiePlace(strength, other) : null,
                Most = page.Limit + 1 + view.Hidden,
                UpToPosition = position,
            }
            : new TieRange { UpToPosition = position };
        var ties = await people.AskAsync(viewer, id, asOfMs, (person, asked, stop) => person.TiesAsync(asked, range, stop), cancellation);
        if (ties is null) return Problem.PersonNotFound("id", id);
        IReadOnlyList<Tie> chosen = [.. ties.Where(tie => !view.Hides(tie.Person)).Select(view.Of)];
        if (!request.IsWhole)
        {
            chosen = [.. chosen
                .Where(tie => (request.Status ?? tie.Status) == tie.Status && (request.Relationship ?? tie.Relationship) == tie.Relationship
                    && (request.Tag is not { } tag || tie.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)
                    || names.HasTag(tie.Person, tag)))
                .OrderByDescending(tie => Rank(tie, sort)).ThenBy(tie => tie.Person, StringComparer.Ordinal)];
        }
        var shown = Listing.PageOf(chosen, tie => (Rank(tie, sort), tie.Person), page, asOfMs, position);
        IReadOnlyList<Tie> items = [.. shown.Items.Select(tie => tie with { Name = names.Of(tie.Person) })];
        var forecast = queries.ForecastAt(asOfMs, position);
        return new TiesAnswer(
            forecast.PersistWithinDays, ModelAnswer.Of(forecast.Persistence?.GridMs), items, shown.NextCursor, shown.AsOf);
    }

    /// <summary>What ties are ordered by; what has no value comes last.</summary>
    private static double Rank(Tie tie, string sort) => sort switch
    {
        "strength" => tie.StrengthOut + tie.StrengthIn,
        "lastContact" => tie.LastContact?.ToUnixTimeMilliseconds() ?? double.MinValue,
        "silence" => tie.SilenceDays ?? double.MinValue,
        "balance" => tie.Balance ?? -1,
        "persistProbability" => tie.PersistProbability ?? -1,
        _ => tie.InteractionsOut + tie.InteractionsIn,
    };

    private static async Task<Reply<TieDetail>> TieAsync(
        PairRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, PreferenceStore preferences, PersonNames names,
            CancellationToken cancellation)
    {
        var (id, other) = (request.Id, request.Other);
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var tie = await people.AskAsync(viewer, id, asOfMs, (person, asked, stop) => person.TieAsync(asked, other, stop), cancellation);
        if (tie is not null) return new PreferenceView(viewer, id, preferences).Of(tie) with { Name = names.Of(other) };
        if (await IsUnknownAsync(id)) return Problem.PersonNotFound("id", id);
        if (await IsUnknownAsync(other)) return Problem.PersonNotFound("other", other);
        var status = queries.ShowsBlocked(viewer, id, other) ? TieNames.Blocked : null;
        return Reply<TieDetail>.Other(
            new NoTie(other, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)) { Name = names.Of(other), Status = status });

        async ValueTask<bool> IsUnknownAsync(string of) =>
            await people.AskAsync(
                viewer, of, asOfMs, static (person, asked, stop) => person.PersonAsync(asked, stop), cancellation) is null;
    }

    private static async Task<Reply<EgoReciprocity>> ReciprocityAsync(
        OnePersonRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var reciprocity = await people.AskAsync(
            viewer, request.Id, asOfMs, static (person, asked, stop) => person.ReciprocityAsync(asked, stop), cancellation);
        return reciprocity is not null ? reciprocity : Problem.PersonNotFound("id", request.Id);
    }

    private static async Task<Reply<ListAnswer<DormantTie>>> DormantTiesAsync(
        DormantTiesRequest request, Viewer viewer, PersonGrains people, PersonNames names, CancellationToken cancellation)
    {
        var goal = ReconnectGoals.Of(request.Goal);
        var dormant = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) => person.DormantTiesAsync(asked, goal, stop), cancellation);
        if (dormant is null) return Problem.PersonNotFound("id", request.Id);
        var shown = Listing.PageOf(dormant.Items, tie => (NoveltyOfTies.RankOf(tie, goal), tie.Person), request.Page, dormant.AsOfMs);
        return shown with
        {
            Items = [.. shown.Items.Select(tie => tie with { Name = names.Of(tie.Person), Entity = names.EntityOf(tie.Person) })],
        };
    }
}

internal sealed record TiesRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.TieStatus))] string? Status,
    [Query(nameof(QueryParameters.TieRelationship))] string? Relationship,
    [Query(nameof(QueryParameters.TieTag))] string? Tag,
    [Query(nameof(QueryParameters.TieSort))] string Sort,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;

    /// <summary>Whether all ties are asked for, in their own order.</summary>
    public bool IsWhole => Status is null && Relationship is null && Tag is null && Sort == "strength";
}

internal sealed record PairRequest([Person] string Id, [Person] string Other, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs)
    : IOperationRequest;

internal sealed record DormantTiesRequest(
    [Person] string Id, [Query(nameof(QueryParameters.Goal))] string? Goal, [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

/// <summary>A person's ties, with what their probabilities are about and how they were made.</summary>
/// <param name="PersistWithinDays">The span of time that each item's persistProbability is about, days.</param>
/// <param name="Model">How persistProbability is made.</param>
/// <param name="Items">Strongest first, then by id.</param>
/// <param name="NextCursor">Where the list goes on; null at its end.</param>
/// <param name="AsOf">The date that the answer is about.</param>
public sealed record TiesAnswer(
    double PersistWithinDays, ModelAnswer Model, IReadOnlyList<Tie> Items, string? NextCursor, DateTimeOffset AsOf);

/// <summary>How a probability was made.</summary>
/// <param name="Name">"prior" for the documented weights, "learned" for those fitted to this network's past.</param>
/// <param name="Learned">Whether it was learned from this network's past.</param>
/// <param name="GridDate">The date it was learned up to; null where it was not.</param>
public sealed record ModelAnswer(string Name, bool Learned, DateTimeOffset? GridDate)
{
    /// <summary>Learned up to a date (Unix ms), or the documented prior where it is null.</summary>
    public static ModelAnswer Of(long? gridMs) =>
        gridMs is { } date ? new("learned", true, DateTimeOffset.FromUnixTimeMilliseconds(date)) : new("prior", false, null);
}

/// <summary>Two known people who have had nothing with each other by then: a dyad in full, with nothing in it.</summary>
public sealed record NoTie(string Person, DateTimeOffset AsOf)
{
    /// <summary>What the other is called; null where that is not known.</summary>
    public string? Name { get; init; }

    /// <summary><c>blocked</c> in the view of the person who blocked the other, else null.</summary>
    public string? Status { get; init; }

    public string? Relationship { get; }

    public double StrengthOut { get; }

    public double StrengthIn { get; }

    public double? Balance { get; }

    public double? PersistProbability { get; }

    public int InteractionsOut { get; }

    public int InteractionsIn { get; }

    public int ContactsOut { get; }

    public int ContactsIn { get; }

    public int Episodes { get; }

    public bool OneWay { get; }

    public DateTimeOffset? FirstContact { get; }

    public DateTimeOffset? LastContact { get; }
}
