using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Habits;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.People;

/// <summary>A person's habits: the archetypes they carry, and what they are warned of.</summary>
internal static class HabitEndpoints
{
    public static void MapHabits(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/v1/people/{id}").WithTags("Habits");
        person.MapGet("/archetypes", ArchetypesAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getArchetypes", "Get a person's archetypes",
                "The habits a person carries (score 0.5 or more), the strongest first, each with counsel and what it rests on. Nobody with fewer than 10 outgoing interactions carries any; cannotTell says where the log has nothing to judge by.")
            .Produces<ArchetypesAnswer>().MayNotFind();
        person.MapGet("/warnings", WarningsAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getWarnings", "Get a person's warnings",
                "What a person is warned of, in general (person is null) or on a tie: of their own behaviour, and of others who persist unwanted. The highest score first.")
            .Produces<ListAnswer<WarningAnswer>>().MayNotFind();
    }

    private static async Task<Reply> ArchetypesAsync(QueryReader query, PersonGrains people, NetworkQueries queries, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var habits = await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.ArchetypesAsync(request, stop), cancellation);
        if (habits is null) return Answer.NobodyHas("id", id);
        var found = Listing.PageOf(habits.Archetypes, a => (a.Score, a.Name), page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, found.Items.SelectMany(a => a.Positions), cancellation);
        var window = new HabitWindow(DateTimeOffset.FromUnixTimeMilliseconds(habits.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(habits.AsOfMs));
        return Answer.Of(
            new ArchetypesAnswer
            {
                CannotTell = habits.CannotTell,
                Items = [.. found.Items.Select(a => ArchetypeAnswer.Of(a, window, ids))],
                NextCursor = found.NextCursor,
                AsOf = found.AsOf,
            },
            AnswersJson.Plain.ArchetypesAnswer);
    }

    private static async Task<Reply> WarningsAsync(
        QueryReader query, PersonGrains people, NetworkQueries queries, PersonNames names, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var warnings = await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.WarningsAsync(request, stop), cancellation);
        if (warnings is null) return Answer.NobodyHas("id", id);
        var found = Listing.PageOf(warnings, w => (w.Score, $"{w.Name} {w.Person}"), page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, found.Items.SelectMany(w => w.Positions), cancellation);
        return Answer.Of(
            new ListAnswer<WarningAnswer>([.. found.Items.Select(w => WarningAnswer.Of(w, ids) with { Name = names.Of(w.Person), Entity = w.Person is null ? null : names.EntityOf(w.Person) })], found.NextCursor, found.AsOf),
            AnswersJson.Plain.ListAnswerWarningAnswer);
    }
}

/// <summary>From when to when habits were looked at; what lies before counts only as what led up to it.</summary>
public sealed record HabitWindow(DateTimeOffset From, DateTimeOffset To);

/// <summary>What an archetype or a warning rests on.</summary>
/// <param name="Counts">What was counted, by name.</param>
/// <param name="Interactions">Ids of the latest interactions that were, at most 10.</param>
public sealed record HabitEvidenceAnswer(IReadOnlyDictionary<string, double> Counts, IReadOnlyList<string> Interactions)
{
    internal static HabitEvidenceAnswer Of(HabitFinding finding, InteractionIds ids) =>
        new(finding.Counts, ids.Of(finding.Positions));
}

/// <summary>A page of the archetypes a person carries.</summary>
public sealed record ArchetypesAnswer
{
    /// <summary>What the log does not say of the person, and which archetypes cannot be told without it; null where all can.</summary>
    public required CannotTell? CannotTell { get; init; }

    public required IReadOnlyList<ArchetypeAnswer> Items { get; init; }

    public required string? NextCursor { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A habit that a person carries.</summary>
public sealed record ArchetypeAnswer
{
    public required string Archetype { get; init; }

    /// <summary>In [0,1]; 0.5 or more.</summary>
    public required double Score { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    public required string Counsel { get; init; }

    public required HabitWindow Window { get; init; }

    public required HabitEvidenceAnswer Evidence { get; init; }

    internal static ArchetypeAnswer Of(HabitFinding finding, HabitWindow window, InteractionIds ids) => new()
    {
        Archetype = finding.Name,
        Score = finding.Score,
        Counsel = finding.Counsel,
        Window = window,
        Evidence = HabitEvidenceAnswer.Of(finding, ids),
    };
}

/// <summary>What a person is warned of.</summary>
public sealed record WarningAnswer
{
    public required string Warning { get; init; }

    /// <summary>The other of the tie it is about; null where it is about the person.</summary>
    public required string? Person { get; init; }

    /// <summary>What the other is called; null where that is not known, or it is about the person.</summary>
    public string? Name { get; init; }

    /// <summary>What stands behind the other's id; null where it is about the person.</summary>
    public string? Entity { get; init; }

    /// <summary>In [0,1]; 0.5 or more.</summary>
    public required double Score { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    public required string Counsel { get; init; }

    public required HabitEvidenceAnswer Evidence { get; init; }

    internal static WarningAnswer Of(HabitFinding finding, InteractionIds ids) => new()
    {
        Warning = finding.Name,
        Person = finding.Person,
        Score = finding.Score,
        Counsel = finding.Counsel,
        Evidence = HabitEvidenceAnswer.Of(finding, ids),
    };
}
