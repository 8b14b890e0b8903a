using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Preferences;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>A person's ties: all of them, one in full, how mutual they are, and which lie dormant.</summary>
internal static class TieEndpoints
{
    public static void MapTies(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/v1/people/{id}").WithTags("Ties");
        person.MapGet("/ties", TiesAsync)
            .Takes(
                QueryParameters.TieStatus, QueryParameters.TieRelationship, QueryParameters.TieTag, QueryParameters.TieSort, QueryParameters.AsOf,
                QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getTies", "Get a person's ties",
                "All dyads tied in either direction, or those that match the filters; strongest first (or by sort), then by id. "
                + "The pages of one walk are of one position of the log, so that each tie is in exactly one of them.")
            .Produces<TiesAnswer>().MayNotFind();
        person.MapGet("/ties/{other}", TieAsync).Takes(QueryParameters.AsOf)
            .Describe("getTie", "Get one dyad in full", "What two people have had with each other, seen from the first.")
            .Produces<TieDetail>().MayNotFind();
        person.MapGet("/reciprocity", ReciprocityAsync).Takes(QueryParameters.AsOf)
            .Describe("getReciprocity", "Get a person's reciprocity", "The share of what the person puts in that comes back, and of what they get that they return.")
            .Produces<EgoReciprocity>().MayNotFind();
        person.MapGet("/dormant-ties", DormantTiesAsync).Takes(QueryParameters.Goal, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getDormantTies", "Get a person's dormant ties", "Ties gone quiet, the ones most worth reviving first (for the goal, where one is given), each with what its worth is made of.")
            .Produces<ListAnswer<DormantTie>>().MayNotFind();
    }

    private static async Task<Reply> TiesAsync(
        QueryReader query, PersonGrains people, NetworkQueries queries, PreferenceStore preferences, PersonNames names, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var status = query.WordIfGiven(QueryParameters.TieStatus);
        var relationship = query.WordIfGiven(QueryParameters.TieRelationship);
        var tag = query.Text(QueryParameters.TieTag);
        var sort = query.Word(QueryParameters.TieSort);
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var position = page.Cursor?.Position ?? queries.CurrentPosition;
        var isWhole = status is null && relationship is null && tag is null && sort == "strength";
        var view = new PreferenceView(query.Viewer, id, preferences);
        // As many as are hidden may have to be passed over. One more than is shown tells whether the list goes on; where ties are picked out or sorted anew, all are looked at.
        var range = isWhole
            ? new TieRange { After = Listing.PlaceAfter(page) is var (strength, other) ? new TiePlace(strength, other) : null, Most = page.Limit + 1 + view.Hidden, UpToPosition = position }
            : new TieRange { UpToPosition = position };
        var ties = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.TiesAsync(request, range, stop), cancellation);
        if (ties is null) return Answer.NobodyHas("id", id);
        IReadOnlyList<Tie> chosen = [.. ties.Where(tie => !view.Hides(tie.Person)).Select(view.Of)];
        if (!isWhole)
        {
            chosen = [.. chosen
                .Where(tie => (status ?? tie.Status) == tie.Status && (relationship ?? tie.Relationship) == tie.Relationship
                    && (tag is null || tie.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase) || names.HasTag(tie.Person, tag)))
                .OrderByDescending(tie => Rank(tie, sort)).ThenBy(tie => tie.Person, StringComparer.Ordinal)];
        }
        var shown = Listing.PageOf(chosen, tie => (Rank(tie, sort), tie.Person), page, asOfMs, position);
        IReadOnlyList<Tie> items = [.. shown.Items.Select(tie => tie with { Name = names.Of(tie.Person) })];
        var forecast = queries.ForecastAt(asOfMs, position);
        return Answer.Of(new TiesAnswer(forecast.PersistWithinDays, ModelAnswer.Of(forecast.Persistence?.GridMs), items, shown.NextCursor, shown.AsOf), AnswersJson.Plain.TiesAnswer);
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

    private static async Task<Reply> TieAsync(
        QueryReader query, PersonGrains people, NetworkQueries queries, PreferenceStore preferences, PersonNames names, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var other = query.PersonInPath("other");
        var asOfMs = query.AsOf(clock) ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var tie = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.TieAsync(request, other, stop), cancellation);
        if (tie is not null) return Answer.Of(new PreferenceView(query.Viewer, id, preferences).Of(tie) with { Name = names.Of(other) }, AnswersJson.Plain.TieDetail);
        if (await IsUnknownAsync(id)) return Answer.NobodyHas("id", id);
        if (await IsUnknownAsync(other)) return Answer.NobodyHas("other", other);
        var status = queries.ShowsBlocked(query.Viewer, id, other) ? TieNames.Blocked : null;
        return Answer.Of(new NoTie(other, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)) { Name = names.Of(other), Status = status }, AnswersJson.Plain.NoTie);

        async ValueTask<bool> IsUnknownAsync(string who) =>
            await people.AskAsync(query.Viewer, who, asOfMs, static (person, request, stop) => person.PersonAsync(request, stop), cancellation) is null;
    }

    private static async Task<Reply> ReciprocityAsync(QueryReader query, PersonGrains people, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var asOfMs = query.AsOf(clock) ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        return await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.ReciprocityAsync(request, stop), cancellation) is { } reciprocity
            ? Answer.Of(reciprocity, AnswersJson.Plain.EgoReciprocity)
            : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> DormantTiesAsync(QueryReader query, PersonGrains people, PersonNames names, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var goal = ReconnectGoals.Of(query.WordIfGiven(QueryParameters.Goal));
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs;
        if (query.Problem is { } problem) return problem;
        var dormant = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.DormantTiesAsync(request, goal, stop), cancellation);
        if (dormant is null) return Answer.NobodyHas("id", id);
        var shown = Listing.PageOf(dormant.Items, tie => (NoveltyOfTies.RankOf(tie, goal), tie.Person), page, dormant.AsOfMs);
        return Answer.Of(shown with { Items = [.. shown.Items.Select(tie => tie with { Name = names.Of(tie.Person), Entity = names.EntityOf(tie.Person) })] }, AnswersJson.Plain.ListAnswerDormantTie);
    }
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
