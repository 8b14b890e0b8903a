using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Preferences;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>What a person wishes about others: for that person and for administrators alone.</summary>
internal static class PreferenceOperations
{
    private const string Tie = "/v1/people/{id}/ties/{other}/preferences", Person = "/v1/people/{id}/preferences";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getPreference", Tie, Get).In("Preferences").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("Get a preference", "What the person wishes about the other; nothing is set where nothing was said. Only the "
            + "person and administrators see it."),
        Operation.Put("putPreference", Tie, PutAsync).In("Preferences").For(Scopes.Admin, Own.Person).MayNotFind()
            .Accepting<PreferenceRequest>()
            .Described("Put a preference",
                "Replaces what the person wishes about the other: how often to be in touch, the setting of what they have with each "
                + "other, tags, and whether to hide them. "
                + "Answered when it is durable."),
        Operation.Delete("deletePreference", Tie, DeleteAsync).In("Preferences").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("Delete a preference", "Takes it back; what is not there stays so. Answered when it is durable."),
        Operation.Get("getCadences", Person, GetCadences).In("Preferences").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("Get cadences by tag", "How often the person wants to be in touch with those they give a tag."),
        Operation.Put("putCadences", Person, PutCadencesAsync).In("Preferences").For(Scopes.Admin, Own.Person).MayNotFind()
            .Accepting<CadencesRequest>()
            .Described("Put cadences by tag", "Replaces them all. A cadence of a single person goes before that of their tags, and of "
            + "several tags the shortest counts."),
    ];

    private static Reply<PreferenceAnswer> Get(PreferencePair pair, EmbeddedPeople people, PreferenceStore preferences) =>
        IsKnown(people, pair.Id) ? AnswerOf(preferences, pair) : Problem.PersonNotFound("id", pair.Id);

    private static async Task<Reply<PreferenceAnswer>> PutAsync(
        PreferencePair pair, JsonBody body, Recorder recorder, EmbeddedPeople people, PreferenceStore preferences,
            CancellationToken cancellation)
    {
        if (!IsKnown(people, pair.Id)) return Problem.PersonNotFound("id", pair.Id);
        var (preference, rejection) = PreferenceJson.Parse(body.Utf8);
        if (rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        var changed = new PreferenceChanged { AtMs = recorder.NowMs, Person = pair.Id, Other = pair.Other, Preference = preference };
        return await recorder.RecordAsync(cancellation, changed) is { } failed ? failed : AnswerOf(preferences, pair);
    }

    private static async Task<Reply<PreferenceAnswer>> DeleteAsync(
        PreferencePair pair, Recorder recorder, EmbeddedPeople people, PreferenceStore preferences, CancellationToken cancellation)
    {
        if (!IsKnown(people, pair.Id)) return Problem.PersonNotFound("id", pair.Id);
        LogRecord[] records = preferences.Of(pair.Id, pair.Other) is null
            ? [] : [new PreferenceChanged { AtMs = recorder.NowMs, Person = pair.Id, Other = pair.Other }];
        return await recorder.RecordAsync(cancellation, records) is { } failed ? failed : AnswerOf(preferences, pair);
    }

    private static Reply<CadencesAnswer> GetCadences(CadenceOwner owner, EmbeddedPeople people, PreferenceStore preferences) =>
        IsKnown(people, owner.Id) ? new CadencesAnswer(preferences.CadencesOf(owner.Id)) : Problem.PersonNotFound("id", owner.Id);

    private static async Task<Reply<CadencesAnswer>> PutCadencesAsync(
        CadenceOwner owner, JsonBody body, Recorder recorder, EmbeddedPeople people, PreferenceStore preferences,
            CancellationToken cancellation)
    {
        var id = owner.Id;
        if (!IsKnown(people, id)) return Problem.PersonNotFound("id", id);
        var (cadences, rejection) = PreferenceJson.ParseCadences(body.Utf8);
        if (rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        var nowMs = recorder.NowMs;
        var gone = preferences.CadencesOf(id).Keys.Where(tag => !cadences.ContainsKey(tag))
            .Select(tag => new PreferenceChanged { AtMs = nowMs, Person = id, Tag = tag });
        var stated = cadences.Select(cadence => new PreferenceChanged
        {
            AtMs = nowMs,
            Person = id,
            Tag = cadence.Key,
            Preference = new Preference { CadenceDays = cadence.Value },
        });
        return await recorder.RecordAsync(cancellation, [.. gone, .. stated]) is { } failed
            ? failed : new CadencesAnswer(preferences.CadencesOf(id));
    }

    private static PreferenceAnswer AnswerOf(PreferenceStore preferences, PreferencePair pair)
    {
        var stated = preferences.Of(pair.Id, pair.Other);
        var preference = stated?.Preference ?? new Preference();
        return new PreferenceAnswer
        {
            Person = pair.Other,
            CadenceDays = preference.CadenceDays,
            Setting = preference.Setting is { } setting ? WireNames.Of(setting) : null,
            Tags = preference.Tags,
            Hidden = preference.Hidden,
            Since = stated is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known.SinceMs) : null,
        };
    }

    private static bool IsKnown(EmbeddedPeople people, string id) => people.Histories.People.TryGetNumber(id, out _);
}

/// <summary>Whose preference, about whom.</summary>
internal sealed record PreferencePair([Person] string Id, [Person] string Other) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the person themselves");
    }
}

/// <summary>Whose cadences.</summary>
internal sealed record CadenceOwner([Person] string Id) : IOperationRequest;

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
