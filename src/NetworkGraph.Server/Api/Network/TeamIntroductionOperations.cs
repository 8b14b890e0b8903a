using NetworkGraph.Analytics;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>Who of a team can be introduced to a person, or to anyone of a set.</summary>
internal static class TeamIntroductionOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        // Uses everybody's ties in a team.
        Operation.Get("getTeamIntroductions", "/v1/introductions", TeamIntroductionsAsync).In("Introductions").For(Access.Analysts).Heavy()
            .MayNotFind()
            .Described("Find introduction paths from a team",
                "Who of us knows someone there, how warmly, and whom to ask first: paths from the people of an organisation, role or tag "
                + "(fromOrganisation, "
                + "fromRole, fromTag; those given must all match) to one person (to) or to anyone of a set. No two paths "
                + "have the same first "
                + "broker or target, and colleagues who have no path yet come first. Ties that stand already are in alreadyConnected."),
    ];

    private static async Task<Reply<TeamIntroductionsAnswer>> TeamIntroductionsAsync(
        TeamRequest request, Viewer viewer, NetworkQueries queries, CancellationToken cancellation)
    {
        var question = new TeamIntroductionsRequest
        {
            Viewer = viewer,
            Source = request.Source,
            To = request.To,
            Target = request.To is null ? request.Target : null,
            Paths = request.Paths,
            MaxHops = request.MaxHops,
            MinScore = request.MinScore,
            AsOfMs = request.AsOfMs,
        };
        var answer = await queries.TeamIntroductionsAsync(question, cancellation);
        return answer is not null ? answer : Problem.PersonNotFound("to", request.To!);
    }
}

internal sealed record TeamRequest(
    [Query(nameof(QueryParameters.FromOrganisation))] string? FromOrganisation,
    [Query(nameof(QueryParameters.FromRole))] string? FromRole,
    [Query(nameof(QueryParameters.FromTag))] string? FromTag,
    [Query(nameof(QueryParameters.To))] string? To,
    [Query(nameof(QueryParameters.TargetOrganisation))] string? Organisation,
    [Query(nameof(QueryParameters.TargetRole))] string? Role,
    [Query(nameof(QueryParameters.TargetTag))] string? Tag,
    [Query(nameof(QueryParameters.K))] int Paths,
    [Query(nameof(QueryParameters.MaxHops))] int MaxHops,
    [Query(nameof(QueryParameters.MinScore))] double MinScore,
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest
{
    public PersonFilter Source => new() { Organisation = FromOrganisation, Role = FromRole, Tag = FromTag };

    public PersonFilter Target => new() { Organisation = Organisation, Role = Role, Tag = Tag };

    public void Check(QueryReader query)
    {
        if (Source.IsEmpty) query.Fail("fromOrganisation", "is missing: give an organisation, role or tag whose people are the team");
        if (To is null && Target.IsEmpty) query.Fail("to", "is missing: give a person (to), or an organisation, role or tag");
        if (To is not null && !Target.IsEmpty) query.Fail("to", "and a set (organisation, role, tag) exclude each other");
    }
}
