using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>Whose profile, and which of its fields to take away.</summary>
internal sealed record ProfileChangeRequest([AnyId] string Id, [Query(nameof(QueryParameters.Clear))] IReadOnlyList<string>? Clear)
    : IOperationRequest;

/// <summary>Changes some fields of a profile and leaves the others (RFC 7396, JSON merge patch).</summary>
internal static class ProfileChangeOperations
{
    /// <summary>One change of a profile at a time, so that two of them do not lose each other's fields.</summary>
    private static readonly SemaphoreSlim s_changing = new(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Patch("patchPerson", "/v1/people/{id}", PatchAsync).In("People").For(Access.Senders, Own.Person)
            .Accepting<Profile>("application/json", "application/merge-patch+json")
            .Answering<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .Answering<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Described("Change a profile",
                "Replaces the fields that are given and leaves the others; null takes a field away. Of somebody without a profile it "
                + "makes one. Answered when it is durable and visible."),
    ];

    private static async Task<Reply<Profile>> PatchAsync(
        ProfileChangeRequest request, JsonBody body, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        var id = request.Id;
        // Checked alone first, so that what is wrong is said in the words of the profile that was sent.
        var given = ProfileJson.Parse(body.Utf8.Span, id);
        if (given.Rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        await s_changing.WaitAsync(cancellation);
        try
        {
            var before = people.Histories.People.TryGetAnyNumber(id, out var number) ? people.Profiles.OwnOf(number) : null;
            var parsed = ProfileJson.Parse(Merge(before ?? new Profile { Id = id }, body.Utf8, request.Clear ?? []), id);
            if (parsed.Rejection is { } broken) return Problem.Invalid(broken.Field, broken.Reason);
            var changed = new ProfileChanged { AtMs = recorder.NowMs, Profile = parsed.Profile! };
            return await recorder.RecordAsync(cancellation, changed) is { } failed ? failed : changed.Profile;
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
