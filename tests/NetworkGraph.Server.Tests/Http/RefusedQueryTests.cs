namespace NetworkGraph.Server.Tests.Http;

public class RefusedQueryTests(SmallNetworkServer fixture) : IClassFixture<SmallNetworkServer>
{
    private const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    [Theory]
    [InlineData("/v1/people?limit=0", 400, "limit")]
    [InlineData("/v1/people?limit=1001", 400, "limit")]
    [InlineData("/v1/people?cursor=nonsense", 400, "cursor")]
    [InlineData("/v1/people?name=ada", 400, "name")]
    [InlineData("/v1/people?tag=a&tag=b", 400, "tag")]
    [InlineData("/v1/people?organisation=", 400, "organisation")]
    [InlineData("/v1/people?asOf=2025-01-01T00:00:00Z", 400, "asOf")]
    [InlineData("/v1/people/nobody", 404, "id")]
    [InlineData("/v1/people/%0A", 400, "id")]
    [InlineData("/v1/people/%FF", 400, "id")]
    [InlineData("/v1/people/" + Long, 400, "id")]
    [InlineData("/v1/people/cem?asOf=2999-01-01T00:00:00Z", 400, "asOf")]
    [InlineData("/v1/people/cem?asOf=garbage", 400, "asOf")]
    [InlineData("/v1/people/cem?asOf=2025-01-01T00:00:00", 400, "asOf")]
    [InlineData("/v1/people/cem?asOf=2025-01-01T00:00:00+01:00", 400, "asOf")]
    [InlineData("/v1/people/cem?as_of=2025-01-01T00:00:00Z", 400, "as_of")]
    [InlineData("/v1/people/nobody/ties", 404, "id")]
    [InlineData("/v1/people/cem/ties?limit=-1", 400, "limit")]
    [InlineData("/v1/people/cem/ties?limit=ten", 400, "limit")]
    [InlineData("/v1/people/cem/ties?cursor=AAAA", 400, "cursor")]
    [InlineData("/v1/people/cem/ties?status=dormant", 400, "status")]
    [InlineData("/v1/people/nobody/ties/cem", 404, "id")]
    [InlineData("/v1/people/cem/ties/nobody", 404, "other")]
    [InlineData("/v1/people/cem/ties/%1F", 400, "other")]
    [InlineData("/v1/people/cem/ties/" + Long, 400, "other")]
    [InlineData("/v1/people/nobody/reciprocity", 404, "id")]
    [InlineData("/v1/people/cem/reciprocity?limit=5", 400, "limit")]
    [InlineData("/v1/people/nobody/dormant-ties", 404, "id")]
    [InlineData("/v1/people/cem/dormant-ties?asOf=2999-01-01T00:00:00Z", 400, "asOf")]
    [InlineData("/v1/people/nobody/interactions", 404, "id")]
    [InlineData("/v1/people/cem/interactions?kind=shout", 400, "kind")]
    [InlineData("/v1/people/cem/interactions?since=yesterday", 400, "since")]
    [InlineData("/v1/people/cem/interactions?until=2025-02-30T00:00:00Z", 400, "until")]
    [InlineData("/v1/people/cem/interactions?since=2025-02-01T00:00:00Z&until=2025-01-01T00:00:00Z", 400, "until")]
    [InlineData("/v1/people/cem/interactions?with=a%00b", 400, "with")]
    [InlineData("/v1/network?asOf=tomorrow", 400, "asOf")]
    [InlineData("/v1/network?limit=5", 400, "limit")]
    [InlineData("/v1/network/reciprocity?asOf=2999-01-01T00:00:00Z", 400, "asOf")]
    public async Task A_malformed_query_is_refused_by_the_name_of_what_is_wrong(string target, int status, string parameter)
    {
        var detail = (await fixture.Server.GetRawAsync(target)).ShouldBeProblem(status, parameter);
        if (status == 404) detail.ShouldContain("nobody");
    }
}
