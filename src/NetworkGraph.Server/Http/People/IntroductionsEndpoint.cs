using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.People;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>Who can introduce a person to another, or to anyone of a set.</summary>
internal static class IntroductionsEndpoint
{
    public static void MapIntroductions(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/people/{id}").WithTags("Introductions")
        .MapGet("/introductions", IntroductionsAsync)
        .Takes(QueryParameters.To, QueryParameters.TargetOrganisation, QueryParameters.TargetRole, QueryParameters.TargetTag,
            QueryParameters.K, QueryParameters.MaxHops, QueryParameters.MinScore, QueryParameters.AsOf)
        .IsHeavy()
        .Describe("getIntroductions", "Find introduction paths",
            "The paths most likely to work, with different first brokers, to one person (to) or to anyone of an organisation, role or tag (those given must all match).")
        .Produces<IntroductionsAnswer>().MayNotFind();

    private static async Task<Reply> IntroductionsAsync(QueryReader query, PersonGrains people, TimeProvider clock, CancellationToken cancellation)
    {
        var from = query.PersonInPath();
        var to = query.Person(QueryParameters.To);
        var target = new PersonFilter
        {
            Organisation = query.Text(QueryParameters.TargetOrganisation),
            Role = query.Text(QueryParameters.TargetRole),
            Tag = query.Text(QueryParameters.TargetTag),
        };
        if (to is null && target.IsEmpty) query.Fail(QueryParameters.To.Name, "is missing: give a person (to), or an organisation, role or tag");
        if (to is not null && !target.IsEmpty) query.Fail(QueryParameters.To.Name, "and a set (organisation, role, tag) exclude each other");
        if (to is not null && to == from) query.Fail(QueryParameters.To.Name, "is the person who asks");
        var question = new IntroductionsRequest
        {
            Viewer = query.Viewer,
            From = from,
            To = to,
            Target = to is null ? target : null,
            Paths = query.Number(QueryParameters.K),
            MaxHops = query.Number(QueryParameters.MaxHops),
            MinScore = query.Text(QueryParameters.MinScore) is null ? null : query.Share(QueryParameters.MinScore),
            AsOfMs = query.AsOf(clock),
        };
        if (query.Problem is { } problem) return problem;
        var (answer, unknown) = await people.AskAsync(
            query.Viewer, from, question.AsOfMs, (person, request, stop) => person.IntroductionsAsync(request, question, stop), cancellation);
        return answer is not null
            ? Answer.Of(answer, AnswersJson.Plain.IntroductionsAnswer)
            : Answer.NobodyHas(unknown == from ? "id" : QueryParameters.To.Name, unknown!);
    }
}
