using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>Changes some fields of a profile and leaves the others (RFC 7396, JSON merge patch).</summary>
internal static class ProfileChangeEndpoint
{
    /// <summary>One change of a profile at a time, so that two of them do not lose each other's fields.</summary>
    private static readonly SemaphoreSlim s_changing = new(1);

    public static void MapProfileChanges(this IEndpointRouteBuilder routes) => routes.MapPatch("/v1/people/{id}", PatchAsync).WithTags("People").Takes(QueryParameters.Clear)
        .Accepts<Profile>("application/json", "application/merge-patch+json")
        .Describe("patchPerson", "Change a profile",
            "Replaces the fields that are given and leaves the others; null takes a field away. Of somebody without a profile it makes one. Answered when it is durable and visible.")
        .Produces<Profile>()
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType).Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType);

    private static async Task<Reply> PatchAsync(
        QueryReader query, JsonBody body, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.IdInPath();
        var cleared = query.Words(QueryParameters.Clear);
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        // Checked alone first, so that what is wrong is said in the words of the profile that was sent.
        var given = ProfileJson.Parse(body.Utf8.Span, id);
        if (given.Rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        await s_changing.WaitAsync(cancellation);
        try
        {
            var before = people.Histories.People.TryGetAnyNumber(id, out var number) ? people.Profiles.OwnOf(number) : null;
            var merged = Merge(before ?? new Profile { Id = id }, body.Utf8, cleared);
            var parsed = ProfileJson.Parse(merged, id);
            if (parsed.Rejection is { } broken) return Answer.Problem(Outcome.InvalidArgument, $"{broken.Field} {broken.Reason}", broken.Field);
            var changed = new ProfileChanged { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = parsed.Profile! };
            var receipt = await log.AppendAsync([changed], cancellation);
            if (receipt.Overloaded) return Answer.Overloaded();
            await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
            return Answer.Of(changed.Profile, AnswersJson.Plain.Profile);
        }
        finally
        {
            s_changing.Release();
        }
    }

    /// <summary>The profile as JSON with the fields given in its place.</summary>
    private static byte[] Merge(Profile before, ReadOnlyMemory<byte> given, IReadOnlyList<string> cleared)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written)) ProfileJson.Write(writer, before);
        var merged = JsonNode.Parse(written.ToArray())!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(given.Span)!.AsObject())
        {
            if (value is null) merged.Remove(field);
            else merged[field] = value.DeepClone();
        }
        foreach (var field in cleared) merged.Remove(field);
        return Encoding.UTF8.GetBytes(merged.ToJsonString());
    }
}
