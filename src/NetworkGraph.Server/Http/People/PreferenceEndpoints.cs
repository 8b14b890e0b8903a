using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Preferences;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>What a person wishes about others: for that person and for administrators alone.</summary>
internal static class PreferenceEndpoints
{
    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        var tie = routes.MapGroup("/v1/people/{id}/ties/{other}/preferences").WithTags("Preferences");
        tie.MapGet("", Get).Takes()
            .Describe("getPreference", "Get a preference", "What the person wishes about the other; nothing is set where nothing was said. Only the person and administrators see it.")
            .Produces<PreferenceAnswer>().MayNotFind();
        tie.MapPut("", PutAsync).Takes().Accepts<PreferenceRequest>("application/json")
            .Describe("putPreference", "Put a preference",
                "Replaces what the person wishes about the other: how often to be in touch, the setting of what they have with each other, tags, and whether to hide them. Answered when it is durable.")
            .Produces<PreferenceAnswer>().MayNotFind();
        tie.MapDelete("", DeleteAsync).Takes()
            .Describe("deletePreference", "Delete a preference", "Takes it back; what is not there stays so. Answered when it is durable.").Produces<PreferenceAnswer>().MayNotFind();
        var person = routes.MapGroup("/v1/people/{id}/preferences").WithTags("Preferences");
        person.MapGet("", GetCadences).Takes()
            .Describe("getCadences", "Get cadences by tag", "How often the person wants to be in touch with those they give a tag.").Produces<CadencesAnswer>().MayNotFind();
        person.MapPut("", PutCadencesAsync).Takes().Accepts<CadencesRequest>("application/json")
            .Describe("putCadences", "Put cadences by tag", "Replaces them all. A cadence of a single person goes before that of their tags, and of several tags the shortest counts.")
            .Produces<CadencesAnswer>().MayNotFind();
    }

    private static Reply Get(QueryReader query, EmbeddedPeople people, PreferenceStore preferences)
    {
        var (id, other) = Pair(query);
        if (query.Problem is { } problem) return problem;
        return IsKnown(people, id) ? Show(preferences, id, other) : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> PutAsync(
        QueryReader query, JsonBody body, IInteractionLog log, LogFold fold, EmbeddedPeople people, PreferenceStore preferences, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = Pair(query);
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        if (!IsKnown(people, id)) return Answer.NobodyHas("id", id);
        var (preference, rejection) = PreferenceJson.Parse(body.Utf8);
        if (rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        return await ChangeAsync(new PreferenceChanged { AtMs = NowMs(clock), Person = id, Other = other, Preference = preference }, log, fold, preferences, cancellation);
    }

    private static async Task<Reply> DeleteAsync(
        QueryReader query, IInteractionLog log, LogFold fold, EmbeddedPeople people, PreferenceStore preferences, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = Pair(query);
        if (query.Problem is { } problem) return problem;
        if (!IsKnown(people, id)) return Answer.NobodyHas("id", id);
        return preferences.Of(id, other) is null
            ? Show(preferences, id, other)
            : await ChangeAsync(new PreferenceChanged { AtMs = NowMs(clock), Person = id, Other = other }, log, fold, preferences, cancellation);
    }

    private static Reply GetCadences(QueryReader query, EmbeddedPeople people, PreferenceStore preferences)
    {
        var id = query.PersonInPath();
        if (query.Problem is { } problem) return problem;
        return !IsKnown(people, id) ? Answer.NobodyHas("id", id) : Answer.Of(new CadencesAnswer(preferences.CadencesOf(id)), AnswersJson.Plain.CadencesAnswer);
    }

    private static async Task<Reply> PutCadencesAsync(
        QueryReader query, JsonBody body, IInteractionLog log, LogFold fold, EmbeddedPeople people, PreferenceStore preferences, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        if (!IsKnown(people, id)) return Answer.NobodyHas("id", id);
        var (cadences, rejection) = PreferenceJson.ParseCadences(body.Utf8);
        if (rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        var nowMs = NowMs(clock);
        var gone = preferences.CadencesOf(id).Keys.Where(tag => !cadences.ContainsKey(tag)).Select(tag => new PreferenceChanged { AtMs = nowMs, Person = id, Tag = tag });
        var stated = cadences.Select(cadence => new PreferenceChanged { AtMs = nowMs, Person = id, Tag = cadence.Key, Preference = new Preference { CadenceDays = cadence.Value } });
        LogRecord[] records = [.. gone, .. stated];
        if (records.Length > 0)
        {
            var receipt = await log.AppendAsync(records, cancellation);
            if (receipt.Overloaded) return Answer.Overloaded();
            await fold.UntilFoldedAsync(receipt.Results[^1].Position, cancellation);
        }
        return Answer.Of(new CadencesAnswer(preferences.CadencesOf(id)), AnswersJson.Plain.CadencesAnswer);
    }

    private static (string Id, string Other) Pair(QueryReader query)
    {
        var (id, other) = (query.PersonInPath(), query.PersonInPath("other"));
        if (query.Problem is null && id == other) query.Fail("other", "is the person themselves");
        return (id, other);
    }

    private static async Task<Reply> ChangeAsync(PreferenceChanged changed, IInteractionLog log, LogFold fold, PreferenceStore preferences, CancellationToken cancellation)
    {
        var receipt = await log.AppendAsync([changed], cancellation);
        if (receipt.Overloaded) return Answer.Overloaded();
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return Show(preferences, changed.Person, changed.Other!);
    }

    private static Reply Show(PreferenceStore preferences, string id, string other)
    {
        var stated = preferences.Of(id, other);
        var preference = stated?.Preference ?? new Preference();
        return Answer.Of(
            new PreferenceAnswer
            {
                Person = other,
                CadenceDays = preference.CadenceDays,
                Setting = preference.Setting is { } setting ? WireNames.Of(setting) : null,
                Tags = preference.Tags,
                Hidden = preference.Hidden,
                Since = stated is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known.SinceMs) : null,
            },
            AnswersJson.Plain.PreferenceAnswer);
    }

    private static bool IsKnown(EmbeddedPeople people, string id) => people.Histories.People.TryGetNumber(id, out _);

    private static long NowMs(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A preference to be put. What is left out is not wished.</summary>
public sealed record PreferenceRequest(double? CadenceDays, string? Setting, IReadOnlyList<string>? Tags, bool? Hidden);

/// <summary>What a person wishes about another.</summary>
public sealed record PreferenceAnswer
{
    /// <summary>Whom it is about.</summary>
    public required string Person { get; init; }

    /// <summary>How often to be in touch, days; null where nothing is wished.</summary>
    public double? CadenceDays { get; init; }

    /// <summary>What holds for interactions that state no setting; null for professional.</summary>
    public string? Setting { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The other is in no list of ties and in no nudge.</summary>
    public required bool Hidden { get; init; }

    /// <summary>Since when; null where nothing was said.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Cadences to be put, days by tag.</summary>
public sealed record CadencesRequest(IReadOnlyDictionary<string, double>? CadenceByTag);

/// <summary>Cadences, days by tag.</summary>
public sealed record CadencesAnswer(IReadOnlyDictionary<string, double> CadenceByTag);
