using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>What a person says of how a tie of theirs began.</summary>
/// <param name="How">introducedBy, venue, self or unknown.</param>
/// <param name="By">Of introducedBy: who introduced them.</param>
/// <param name="Venue">Of venue: where they met.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BeginningRequest(string How, string? By, string? Venue);

/// <summary>How a tie began, as a person says.</summary>
/// <param name="Person">Whose tie with them it is.</param>
/// <param name="How">introducedBy, venue, self or unknown; null where nothing was said, and what can be seen of their interactions
/// holds.</param>
/// <param name="By">Who introduced them.</param>
/// <param name="Venue">Where they met.</param>
public sealed record BeginningAnswer(string Person, string? How, string? By, string? Venue);

/// <summary>Whose tie, with whom.</summary>
internal sealed record TiePair([Person] string Id, [Person] string Other) : IOperationRequest;

/// <summary>Corrects how a tie began, and takes the correction back.</summary>
internal static class BeginningOperations
{
    private const string Route = "/v1/people/{id}/ties/{other}/beginning";

    private static readonly string[] s_ways = ["introducedBy", "venue", "self", "unknown"];

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Put("putBeginning", Route, PutAsync).In("Ties").For(Scopes.Admin, Own.Person).MayNotFind().Accepting<BeginningRequest>()
            .Described("Say how a tie began", "Goes before what can be seen of the interactions, in the person's own ties. Answered when "
            + "it is durable."),
        Operation.Delete("deleteBeginning", Route, DeleteAsync).In("Ties").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("Take back how a tie began", "What can be seen of the interactions holds again. Answered when it is durable."),
    ];

    private static async Task<Reply<BeginningAnswer>> PutAsync(
        TiePair pair, JsonBody body, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        var (request, reason) = JsonObjects.Read(body.Utf8, BeginningJson.Default.BeginningRequest);
        if (request is null) return Problem.From(Outcome.InvalidArgument, reason);
        if (!s_ways.Contains(request.How)) return Problem.Invalid("how", $"is none of {string.Join(", ", s_ways)}");
        string? by = null;
        if (request.How == "introducedBy" && !PersonId.TryCanonical(request.By ?? "", out by, out var why)) return Problem.Invalid("by",
            why);
        if (by is not null && (people.Aliases.CanonicalOf(by) == pair.Id || people.Aliases.CanonicalOf(by) == pair.Other))
            return Problem.Invalid("by", "is one of the two");
        var venue = request.How == "venue" ? request.Venue?.Trim() : null;
        if (request.How == "venue" && InteractionRules.BrokenText(venue ?? "", "venue", 128) is { } broken)
            return Problem.Invalid("venue", broken.Reason);
        var stated = new BeginningStated
        {
            AtMs = recorder.NowMs,
            Person = pair.Id,
            Other = pair.Other,
            How = request.How,
            By = by,
            Venue = venue
        };
        return await RecordAsync(stated, people, recorder, cancellation);
    }

    private static async Task<Reply<BeginningAnswer>> DeleteAsync(
        TiePair pair, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation) =>
        people.Outreach.BeginningOf(pair.Id, pair.Other) is null
            ? new BeginningAnswer(pair.Other, null, null, null)
            : await RecordAsync(new BeginningStated { AtMs = recorder.NowMs, Person = pair.Id, Other = pair.Other }, people, recorder,
                cancellation);

    private static async Task<Reply<BeginningAnswer>> RecordAsync(
        BeginningStated stated, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        if (!people.Histories.People.TryGetNumber(stated.Person, out var person)) return Problem.PersonNotFound("id", stated.Person);
        if (!people.Histories.People.TryGetNumber(stated.Other, out var other)) return Problem.PersonNotFound("other", stated.Other);
        if (people.Histories.Find(person, other) is null) return Problem.NotFound("other", "The two have no tie.");
        return await recorder.RecordAsync(cancellation, stated) is { } failed
            ? failed
            : new BeginningAnswer(stated.Other, stated.How, stated.By, stated.Venue);
    }
}

/// <summary>What beginnings are stated with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BeginningRequest))]
internal sealed partial class BeginningJson : JsonSerializerContext;
