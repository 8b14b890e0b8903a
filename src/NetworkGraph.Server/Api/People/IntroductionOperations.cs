using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>Who can introduce a person to another, or to anyone of a set.</summary>
internal static class IntroductionOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getIntroductions", "/v1/people/{id}/introductions", IntroductionsAsync).In("Introductions")
            .For(Access.Readers, Own.Person).Heavy().MayNotFind()
            .Described("Find introduction paths",
                "The paths most likely to work, with different first brokers, to one person (to) or to anyone of an organisation, role or "
                + "tag (those given must all match)."),
    ];

    private static async Task<Reply<IntroductionsAnswer>> IntroductionsAsync(
        IntroductionPathsRequest request, Viewer viewer, PersonGrains people, CancellationToken cancellation)
    {
        var question = new IntroductionsRequest
        {
            Viewer = viewer,
            From = request.Id,
            To = request.To,
            Target = request.To is null ? request.Target : null,
            Paths = request.Paths,
            MaxHops = request.MaxHops,
            MinScore = request.MinScore,
            AsOfMs = request.AsOfMs,
        };
        var (answer, unknown) = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) => person.IntroductionsAsync(asked, question, stop), cancellation);
        return answer is not null ? answer : Problem.PersonNotFound(unknown == request.Id ? "id" : "to", unknown!);
    }
}

internal sealed record IntroductionPathsRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.To))] string? To,
    [Query(nameof(QueryParameters.TargetOrganisation))] string? Organisation,
    [Query(nameof(QueryParameters.TargetRole))] string? Role,
    [Query(nameof(QueryParameters.TargetTag))] string? Tag,
    [Query(nameof(QueryParameters.K))] int Paths,
    [Query(nameof(QueryParameters.MaxHops))] int MaxHops,
    [Query(nameof(QueryParameters.MinScore))] double? MinScore,
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest
{
    public PersonFilter Target => new() { Organisation = Organisation, Role = Role, Tag = Tag };

    public void Check(QueryReader query)
    {
        if (To is null && Target.IsEmpty) query.Fail("to", "is missing: give a person (to), or an organisation, role or tag");
        if (To is not null && !Target.IsEmpty) query.Fail("to", "and a set (organisation, role, tag) exclude each other");
        if (To == Id) query.Fail("to", "is the person who asks");
    }
}
