using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.People;

/// <summary>A person's habits: the archetypes they carry, and what they are warned of.</summary>
internal static class HabitOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getArchetypes", "/v1/people/{id}/archetypes", ArchetypesAsync).In("Habits").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a person's archetypes",
                "The habits a person carries (score 0.5 or more), the strongest first, each with counsel and what it rests on. Nobody "
                + "with fewer than 10 outgoing "
                + "interactions carries any; cannotTell says where the log has nothing to judge by."),
        Operation.Get("getWarnings", "/v1/people/{id}/warnings", WarningsAsync).In("Habits").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a person's warnings",
                "What a person is warned of, in general (person is null) or on a tie: of their own behaviour, and of others who persist "
                + "unwanted. The highest score first."),
    ];

    private static async Task<Reply<ArchetypesAnswer>> ArchetypesAsync(
        PersonPageRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, IInteractionLog log,
            CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var habits = await people.AskAsync(
            viewer, request.Id, asOfMs, static (person, asked, stop) => person.ArchetypesAsync(asked, stop), cancellation);
        if (habits is null) return Problem.PersonNotFound("id", request.Id);
        var found = Listing.PageOf(habits.Archetypes, a => (a.Score, a.Name), request.Page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, found.Items.SelectMany(a => a.Positions), cancellation);
        var window = new HabitWindow(
            DateTimeOffset.FromUnixTimeMilliseconds(habits.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(habits.AsOfMs));
        return new ArchetypesAnswer
        {
            CannotTell = habits.CannotTell,
            Items = [.. found.Items.Select(a => ArchetypeAnswer.Of(a, window, ids))],
            NextCursor = found.NextCursor,
            AsOf = found.AsOf,
        };
    }

    private static async Task<Reply<ListAnswer<WarningAnswer>>> WarningsAsync(
        PersonPageRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, PersonNames names, IInteractionLog log,
            CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var warnings = await people.AskAsync(
            viewer, request.Id, asOfMs, static (person, asked, stop) => person.WarningsAsync(asked, stop), cancellation);
        if (warnings is null) return Problem.PersonNotFound("id", request.Id);
        var found = Listing.PageOf(warnings, w => (w.Score, $"{w.Name} {w.Person}"), request.Page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, found.Items.SelectMany(w => w.Positions), cancellation);
        return new ListAnswer<WarningAnswer>([.. found.Items.Select(w => AnswerOf(w, ids, names))], found.NextCursor, found.AsOf);
    }

    private static WarningAnswer AnswerOf(HabitFinding warning, InteractionIds ids, PersonNames names) =>
        WarningAnswer.Of(warning, ids) with
        {
            Name = names.Of(warning.Person),
            Entity = warning.Person is null ? null : names.EntityOf(warning.Person),
        };
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
