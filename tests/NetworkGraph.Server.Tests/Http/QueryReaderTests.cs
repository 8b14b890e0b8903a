using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Tests.Http;

public class QueryReaderTests
{
    private static readonly QueryParameter[] s_all =
    [
        QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor, QueryParameters.K, QueryParameters.MaxHops,
            QueryParameters.Kind, QueryParameters.With,
    ];

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?limit=-1", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?limit=1.5", "limit")]
    [InlineData("?limit=%201", "limit")]
    [InlineData("?limit=99999999999999999999", "limit")]
    [InlineData("?limit=", "limit")]
    [InlineData("?limit", "limit")]
    [InlineData("?limit=5&limit=6", "limit")]
    [InlineData("?k=0", "k")]
    [InlineData("?k=-3", "k")]
    [InlineData("?k=11", "k")]
    [InlineData("?maxHops=1", "maxHops")]
    [InlineData("?maxHops=7", "maxHops")]
    [InlineData("?maxHops=abc", "maxHops")]
    [InlineData("?maxhops=3", "maxhops")]
    [InlineData("?kind=shout", "kind")]
    [InlineData("?kind=Message", "kind")]
    [InlineData("?with=a%00b", "with")]
    [InlineData("?asOf=yesterday", "asOf")]
    [InlineData("?asOf=2026-01-01", "asOf")]
    [InlineData("?asOf=2026-01-01T00:00:00", "asOf")]
    [InlineData("?asOf=2026-01-01T00:00:00+01:00", "asOf")]
    [InlineData("?asOf=2026-13-01T00:00:00Z", "asOf")]
    [InlineData("?asOf=2999-01-01T00:00:00Z", "asOf")]
    [InlineData("?asof=2020-01-01T00:00:00Z", "asof")]
    [InlineData("?cursor=abc", "cursor")]
    [InlineData("?cursor=%F0%9F%9A%80", "cursor")]
    [InlineData("?unknown=1", "unknown")]
    public void Invalid_parameters_are_refused_by_name(string query, string parameter) =>
        Read(query).Problem.ShouldNotBeNull().Parameter.ShouldBe(parameter);

    [Theory]
    [InlineData("")]
    [InlineData("?limit=1000&k=10&maxHops=6&kind=unused")]
    [InlineData("?limit=1&k=1&maxHops=2&with=a%2Fb&asOf=2020-01-01T00%3A00%3A00.5%2B02%3A00")]
    public void Valid_parameters_are_read(string query) =>
        Read(query.Replace("unused", "message", StringComparison.Ordinal)).Problem.ShouldBeNull();

    [Fact]
    public void A_cursor_is_read_as_it_was_written_and_only_for_its_query() => Prop.ForAll<long, string>((asOfMs, text) =>
    {
        var cursor = new Cursor(asOfMs, asOfMs / 3, new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]));
        var written = cursor.Write("a");
        return Cursor.TryRead(written, "a", out var read) && read == cursor && !Cursor.TryRead(written, "b", out _);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_changed_in_any_one_character_is_refused()
    {
        var written = new Cursor(1234567890123, 4711, "grace@example.org").Write("scope");
        for (var i = 0; i < written.Length; i++)
        {
            var changed = written.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Cursor.TryRead(new string(changed), "scope", out _).ShouldBeFalse();
            Cursor.TryRead(written[..i], "scope", out _).ShouldBeFalse();
        }
        Cursor.TryRead(written + "=", "scope", out _).ShouldBeFalse();
        Cursor.TryRead(" " + written, "scope", out _).ShouldBeFalse();
    }

    private static QueryReader Read(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        var reader = new QueryReader(new RequestParameters(http), TimeProvider.System);
        if (new AcceptedQuery(s_all).FirstProblem(http.Request.Query) is { Parameter: { } parameter, Detail: { } detail })
            reader.Fail(parameter, detail);
        reader.AsOf();
        reader.Page();
        reader.Number(QueryParameters.K);
        reader.Number(QueryParameters.MaxHops);
        reader.Kind(QueryParameters.Kind);
        reader.Person(QueryParameters.With);
        return reader;
    }
}
