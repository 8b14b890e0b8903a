using NetworkGraph.Analytics;
using NetworkGraph.Engine.Ties;
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
        person.MapGet("/ties", TiesAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getTies", "Get a person's ties", "All dyads tied in either direction, strongest first, then by id.")
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

    private static async Task<Reply> TiesAsync(QueryReader query, NetworkQueries queries, PreferenceStore preferences, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var view = new PreferenceView(query.Viewer, id, preferences);
        // One more than is shown tells whether the list goes on; as many as are hidden may have to be passed over.
        var range = new TieRange { After = Listing.PlaceAfter(page) is var (strength, other) ? new TiePlace(strength, other) : null, Most = page.Limit + 1 + view.Hidden };
        if (await queries.TiesAsync(query.Viewer, id, asOfMs, range, cancellation) is not { } ties) return Answer.NobodyHas("id", id);
        var shown = ties.Where(tie => !view.Hides(tie.Person)).Select(view.Of).ToList();
        var listed = Listing.PageOf(shown, tie => (tie.StrengthOut + tie.StrengthIn, tie.Person), page, asOfMs);
        return Answer.Of(new TiesAnswer(PersistencePrior.WindowDays, ModelAnswer.Prior, listed.Items, listed.NextCursor, listed.AsOf), AnswersJson.Plain.TiesAnswer);
    }

    private static async Task<Reply> TieAsync(QueryReader query, IPeopleHost people, NetworkQueries queries, PreferenceStore preferences, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var other = query.PersonInPath("other");
        var asOfMs = query.AsOf(clock) ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        if (await queries.TieAsync(query.Viewer, id, other, asOfMs, cancellation) is { } tie)
            return Answer.Of(new PreferenceView(query.Viewer, id, preferences).Of(tie), AnswersJson.Plain.TieDetail);
        if (await people.PersonAsync(id, asOfMs, cancellation) is null) return Answer.NobodyHas("id", id);
        if (await people.PersonAsync(other, asOfMs, cancellation) is null) return Answer.NobodyHas("other", other);
        var status = queries.ShowsBlocked(query.Viewer, id, other) ? TieNames.Blocked : null;
        return Answer.Of(new NoTie(other, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)) { Status = status }, AnswersJson.Plain.NoTie);
    }

    private static async Task<Reply> ReciprocityAsync(QueryReader query, IPeopleHost people, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var asOfMs = query.AsOf(clock) ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        return await people.ReciprocityAsync(id, asOfMs, cancellation) is { } reciprocity
            ? Answer.Of(reciprocity, AnswersJson.Plain.EgoReciprocity)
            : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> DormantTiesAsync(QueryReader query, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var goal = ReconnectGoals.Of(query.WordIfGiven(QueryParameters.Goal));
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        if (await queries.DormantTiesAsync(query.Viewer, id, goal, asOfMs, cancellation) is not { } dormant) return Answer.NobodyHas("id", id);
        return Answer.Of(Listing.PageOf(dormant, tie => (NoveltyOfTies.RankOf(tie, goal), tie.Person), page, asOfMs), AnswersJson.Plain.ListAnswerDormantTie);
    }
}

/// <summary>Two known people who have had nothing with each other by then: a dyad in full, with nothing in it.</summary>
public sealed record NoTie(string Person, DateTimeOffset AsOf)
{
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
