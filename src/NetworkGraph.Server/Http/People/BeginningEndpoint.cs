using System.Text.Json.Serialization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Asks;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>What a person says of how a tie of theirs began.</summary>
/// <param name="How">introducedBy, venue, self or unknown.</param>
/// <param name="By">Of introducedBy: who introduced them.</param>
/// <param name="Venue">Of venue: where they met.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BeginningRequest(string How, string? By, string? Venue);

/// <summary>How a tie began, as a person says.</summary>
/// <param name="Person">Whose tie with them it is.</param>
/// <param name="How">introducedBy, venue, self or unknown; null where nothing was said, and what can be seen of their interactions holds.</param>
/// <param name="By">Who introduced them.</param>
/// <param name="Venue">Where they met.</param>
public sealed record BeginningAnswer(string Person, string? How, string? By, string? Venue);

/// <summary>Corrects how a tie began, and takes the correction back.</summary>
internal static class BeginningEndpoint
{
    private static readonly string[] s_ways = ["introducedBy", "venue", "self", "unknown"];

    public static void MapBeginnings(this IEndpointRouteBuilder routes)
    {
        var beginning = routes.MapGroup("/v1/people/{id}/ties/{other}/beginning").WithTags("Ties");
        beginning.MapPut("", PutAsync).Takes().Accepts<BeginningRequest>("application/json")
            .Describe("putBeginning", "Say how a tie began", "Goes before what can be seen of the interactions, in the person's own ties. Answered when it is durable.")
            .Produces<BeginningAnswer>().MayNotFind();
        beginning.MapDelete("", DeleteAsync).Takes()
            .Describe("deleteBeginning", "Take back how a tie began", "What can be seen of the interactions holds again. Answered when it is durable.")
            .Produces<BeginningAnswer>().MayNotFind();
    }

    private static async Task<Reply> PutAsync(
        QueryReader query, JsonBody body, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = (query.PersonInPath(), query.PersonInPath("other"));
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var (request, reason) = JsonObjects.Read(body.Utf8, AnswersJson.Plain.BeginningRequest);
        if (request is null) return Answer.Problem(Outcome.InvalidArgument, reason);
        if (!s_ways.Contains(request.How)) return Answer.Problem(Outcome.InvalidArgument, $"how is none of {string.Join(", ", s_ways)}", "how");
        string? by = null;
        if (request.How == "introducedBy" && !PersonId.TryCanonical(request.By ?? "", out by, out var why)) return Answer.Problem(Outcome.InvalidArgument, $"by {why}", "by");
        if (by is not null && (people.Aliases.CanonicalOf(by) == id || people.Aliases.CanonicalOf(by) == other)) return Answer.Problem(Outcome.InvalidArgument, "by is one of the two", "by");
        var venue = request.How == "venue" ? request.Venue?.Trim() : null;
        if (request.How == "venue" && InteractionRules.BrokenText(venue ?? "", "venue", 128) is { } broken) return Answer.Problem(Outcome.InvalidArgument, $"venue {broken.Reason}", "venue");
        return await RecordAsync(new BeginningStated { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Person = id, Other = other, How = request.How, By = by, Venue = venue }, people, log, fold, cancellation);
    }

    private static Task<Reply> DeleteAsync(
        QueryReader query, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = (query.PersonInPath(), query.PersonInPath("other"));
        if (query.Problem is { } problem) return Task.FromResult<Reply>(problem);
        return people.Outreach.BeginningOf(id, other) is null
            ? Task.FromResult(Answer.Of(new BeginningAnswer(other, null, null, null), AnswersJson.Plain.BeginningAnswer))
            : RecordAsync(new BeginningStated { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Person = id, Other = other }, people, log, fold, cancellation);
    }

    private static async Task<Reply> RecordAsync(BeginningStated stated, EmbeddedPeople people, IInteractionLog log, LogFold fold, CancellationToken cancellation)
    {
        if (!people.Histories.People.TryGetNumber(stated.Person, out var person)) return Answer.NobodyHas("id", stated.Person);
        if (!people.Histories.People.TryGetNumber(stated.Other, out var other)) return Answer.NobodyHas("other", stated.Other);
        if (people.Histories.Find(person, other) is null) return Answer.Problem(Outcome.NotFound, "The two have no tie.", "other");
        var receipt = await log.AppendAsync([stated], cancellation);
        if (receipt.Overloaded) return Answer.Overloaded();
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return Answer.Of(new BeginningAnswer(stated.Other, stated.How, stated.By, stated.Venue), AnswersJson.Plain.BeginningAnswer);
    }
}
