using NetworkGraph.Analytics;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.People;

/// <summary>Who of a team can be introduced to a person, or to anyone of a set.</summary>
internal static class TeamIntroductionsEndpoint
{
    public static void MapTeamIntroductions(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/introductions").WithTags("Introductions")
        .MapGet("", TeamIntroductionsAsync)
        .Takes(QueryParameters.FromOrganisation, QueryParameters.FromRole, QueryParameters.FromTag,
            QueryParameters.To, QueryParameters.TargetOrganisation, QueryParameters.TargetRole, QueryParameters.TargetTag,
            QueryParameters.K, QueryParameters.MaxHops, QueryParameters.MinScore, QueryParameters.AsOf)
        .IsHeavy()
        .Describe("getTeamIntroductions", "Find introduction paths from a team",
            "Who of us knows someone there, how warmly, and whom to ask first: paths from the people of an organisation, role or tag (fromOrganisation, "
            + "fromRole, fromTag; those given must all match) to one person (to) or to anyone of a set. No two paths have the same first "
            + "broker or target, and colleagues who have no path yet come first. Ties that stand already are in alreadyConnected.")
        .Produces<TeamIntroductionsAnswer>().MayNotFind();

    private static async Task<Reply> TeamIntroductionsAsync(QueryReader query, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var source = new PersonFilter
        {
            Organisation = query.Text(QueryParameters.FromOrganisation),
            Role = query.Text(QueryParameters.FromRole),
            Tag = query.Text(QueryParameters.FromTag),
        };
        var to = query.Person(QueryParameters.To);
        var target = new PersonFilter
        {
            Organisation = query.Text(QueryParameters.TargetOrganisation),
            Role = query.Text(QueryParameters.TargetRole),
            Tag = query.Text(QueryParameters.TargetTag),
        };
        if (source.IsEmpty) query.Fail(QueryParameters.FromOrganisation.Name, "is missing: give an organisation, role or tag whose people are the team");
        if (to is null && target.IsEmpty) query.Fail(QueryParameters.To.Name, "is missing: give a person (to), or an organisation, role or tag");
        if (to is not null && !target.IsEmpty) query.Fail(QueryParameters.To.Name, "and a set (organisation, role, tag) exclude each other");
        var request = new TeamIntroductionsRequest
        {
            Viewer = query.Viewer,
            Source = source,
            To = to,
            Target = to is null ? target : null,
            Paths = query.Number(QueryParameters.K),
            MaxHops = query.Number(QueryParameters.MaxHops),
            MinScore = query.Share(QueryParameters.MinScore),
            AsOfMs = query.AsOf(clock),
        };
        if (query.Problem is { } problem) return problem;
        return await queries.TeamIntroductionsAsync(request, cancellation) is { } answer
            ? Answer.Of(answer, AnswersJson.Plain.TeamIntroductionsAnswer)
            : Answer.NobodyHas(QueryParameters.To.Name, to!);
    }
}
