using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Server.Api.People;

/// <summary>What people are called: answers show it beside their ids, as the profiles are now.</summary>
internal sealed class PersonNames(EmbeddedPeople people)
{
    /// <summary>Null where the person has no profile, or it has no name.</summary>
    public string? Of(string? id) => ProfileOf(id)?.Name;

    /// <summary>What stands behind the id.</summary>
    public string EntityOf(string id) => Profile.EntityOf(id, ProfileOf(id));

    public bool HasTag(string id, string tag) =>
        ProfileOf(id) is { } profile && profile.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);

    private Profile? ProfileOf(string? id) =>
        id is not null && people.Histories.People.TryGetNumber(id, out var number) ? people.Profiles.Of(number) : null;
}
