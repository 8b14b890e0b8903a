using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>A request that is wrong as a whole, or at a certain line of a form of its own.</summary>
public sealed record MalformedBody(string ContentType, string Body, int Status, params string[] Words)
{
    public string Query { get; init; } = "";

    public string? Encoding { get; init; }

    /// <summary>For 200 and 422: the line rejected. For problems: where reading ended.</summary>
    public long? Line { get; init; }

    public string? Field { get; init; }

    public string? Parameter { get; init; }

    public int Kept { get; init; }

    public byte[] Bytes => System.Text.Encoding.Latin1.GetBytes(Body);
}

public class MalformedBodyTests
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";
    private const string Csv = "text/csv";
    private const string Header = "id,at,from,to,kind,venue\n";
    private const string Row = "1,2026-05-01T12:00:00Z,ann,bob,message,\n";
    private const string After = "9,2026-05-02T12:00:00Z,bob,ann;cy,meeting,\"Fair, Hall 1\"\n";
    private static readonly string s_good = Good("g");
    private static readonly string s_more = Good("h");

    public static IReadOnlyDictionary<string, MalformedBody> All { get; } = new Dictionary<string, MalformedBody>
    {
        ["no content type"] = new("", s_good, 415, "application/json", "application/x-ndjson", "text/csv") { Parameter = "Content-Type" },
        ["an unknown content type"] = new("text/plain", s_good, 415, "text/plain", "application/json") { Parameter = "Content-Type" },
        ["a form"] = new("application/x-www-form-urlencoded", "a=b", 415, "application/json") { Parameter = "Content-Type" },
        ["another charset"] = new(
            "application/json; charset=iso-8859-1", s_good, 415, "iso-8859-1", "UTF-8")
        { Parameter = "Content-Type" },
        ["UTF-16 lines"] = new("application/x-ndjson; charset=\"utf-16\"", s_good, 415, "utf-16", "UTF-8") { Parameter = "Content-Type" },
        ["an unknown encoding"] = new(Json, s_good, 415, "gzip") { Encoding = "br", Parameter = "Content-Encoding" },

        ["an empty document"] = new(Json, "", 400, "empty") { Line = 1 },
        ["a blank document"] = new(Json, " \r\n\t", 400, "empty") { Line = 1 },
        ["no lines"] = new(Ndjson, "", 400, "empty") { Line = 1 },
        ["blank lines"] = new(Ndjson, "\n\r\n  \n", 400, "empty") { Line = 1 },
        ["no rows"] = new(Csv, "", 400, "empty") { Line = 1 },

        ["an array cut off in an element"] = new(
            Json, $"[{s_good},{{\"id\":\"x\",", 400, "cut off within element 2", "1 accepted")
        { Line = 2, Kept = 1 },
        ["an array cut off after a comma"] = new(Json, $"[{s_good},", 400, "cut off after element 1") { Line = 1, Kept = 1 },
        ["an array cut off after an element"] = new(Json, $"[{s_good}", 400, "cut off after element 1") { Line = 1, Kept = 1 },
        ["an array cut off in a string"] = new(Json, $"[{s_good},{{\"id\":\"x\\", 400, "cut off within element 2") { Line = 2, Kept = 1 },
        ["an array without a comma"] = new(Json, $"[{s_good} {s_more}]", 400, "after element 1", "comma") { Line = 1, Kept = 1 },
        ["an array with two commas"] = new(Json, $"[{s_good},,{s_more}]", 400, "element 2 is missing") { Line = 2, Kept = 1 },
        ["an array with a comma at its end"] = new(Json, $"[{s_good},]", 400, "element 2 is missing") { Line = 2, Kept = 1 },
        ["an array with a brace too many"] = new(Json, $"[{s_good}}}]", 400, "after element 1") { Line = 1, Kept = 1 },
        ["an array with more after it"] = new(Json, $"[{s_good}] and so on", 400, "more after the end") { Line = 1, Kept = 1 },
        ["two arrays"] = new(Json, $"[{s_good}][{s_more}]", 400, "more after the end") { Line = 1, Kept = 1 },
        ["NDJSON sent as JSON"] = new(Json, $"{s_good}\n{s_more}\n", 400, "more after", "Nothing") { Line = 1 },
        ["an object cut off"] = new(Json, s_good[..^4], 400, "cut off", "Nothing") { Line = 1, Field = "kind" },
        ["an object in UTF-16"] = new(Json, "\u00ff\u00fe{\0}\0", 400, "not JSON") { Line = 1 },
        ["words"] = new(Json, "hello", 400, "object") { Line = 1 },

        ["a line cut off at the end"] = new(Ndjson, $"{s_good}\n{s_more[..^9]}", 200, "cut off") { Line = 2, Field = "kind", Kept = 1 },
        ["an array in a line"] = new(
            Ndjson, $"{s_good}\n[{s_more}]\n{s_more}", 200, "object", "array")
        { Line = 2, Field = "line", Kept = 2 },
        ["a line after blank ones"] = new(Ndjson, $"{s_good}\n\n\r\n{{}}\n{s_more}", 200, "required") { Line = 4, Field = "id", Kept = 2 },
        ["a line too long"] = new(
            Ndjson, $"{s_good}\n{{\"id\":\"{new string('x', 5000)}\"}}\n{s_more}", 200, "longer than 4096")
        {
            Line = 2,
            Field = "line",
            Kept = 2
        },
        ["a last line too long"] = new(
            Ndjson, $"{s_good}\n{{\"id\":\"{new string('x', 50000)}", 200, "longer than 4096")
        { Line = 2, Field = "line", Kept = 1 },
        ["an element too long"] = new(
            Json, $"[{s_good},{{\"id\":\"{new string('x', 50000)}\"}},{s_more}]", 200, "longer than 4096")
        {
            Line = 2,
            Field = "line",
            Kept = 2
        },
        ["an object too long"] = new(Json, $"{{\"id\":\"{new string('x', 50000)}\"}}", 413, "longer than 4096") { Line = 1 },
        ["a body too large"] = new(
            Ndjson, string.Join('\n', Enumerable.Range(0, 2000).Select(i => Good($"b{i}"))), 413, "larger than 100000")
        { Line = 1 },
        ["every line wrong"] = new(Ndjson, "{}\n", 422, "required") { Line = 1, Field = "id" },

        ["gzip that is none"] = new(Ndjson, s_good, 400, "Nothing") { Encoding = "gzip", Line = 1 },
        ["options for JSON"] = new(Json, s_good, 400, "text/csv") { Query = "?kind=message", Parameter = "kind" },
        ["an unknown option"] = new(Csv, Header + Row, 400, "delimeter", "delimiter") { Query = "?delimeter=;", Parameter = "delimeter" },
        ["an empty option"] = new(Csv, Header + Row, 400, "empty") { Query = "?epoch=", Parameter = "epoch" },
        ["a delimiter of two"] = new(Csv, Header + Row, 400, "one ASCII character") { Query = "?delimiter=ab", Parameter = "delimiter" },
        ["a bad epoch"] = new(Csv, Header + Row, 400, "RFC 3339") { Query = "?epoch=1970", Parameter = "epoch" },
        ["a bad unit"] = new(Csv, Header + Row, 400, "s or ms") { Query = "?timeUnit=h", Parameter = "timeUnit" },
        ["three bad options"] = new(
            Csv, Header + Row, 400, "delimiter", "'greeting'", "epoch")
        {
            Query = "?delimiter=ab&kind=a&epoch=x&map=greeting=a",
            Parameter = "delimiter"
        },
        ["a map without a column"] = new(Csv, Header + Row, 400, "field=column") { Query = "?map=at", Parameter = "map" },
        ["a map of an unknown field"] = new(
            Csv, Header + Row, 400, "'when' is not a field")
        { Query = "?map=when=Date", Parameter = "map" },
        ["columns with an unknown field"] = new(
            Csv, Row, 400, "'who' is not a field")
        { Query = "?columns=who,to,at&kind=message", Parameter = "columns" },
        ["columns without a kind"] = new(Csv, Row, 400, "no column for 'kind'") { Query = "?columns=from,to,at", Parameter = "columns" },
        ["columns and a map"] = new(Csv, Row, 400, "header") { Query = "?columns=from,to,at,kind&map=at=Date", Parameter = "map" },
        ["a kind that is none"] = new(Csv, Row, 400, "none of message") { Query = "?columns=from,to,at&kind=mail", Parameter = "kind" },

        ["an unknown column"] = new(Csv, "id,at,from,to,kind,mood\n" + Row, 400, "unknown column 'mood'", "map", "ignore") { Line = 1 },
        ["a missing column"] = new(Csv, "id,at,to,kind\n1,2026-05-01T12:00:00Z,bob,message\n", 400, "no column for 'from'") { Line = 1 },
        ["two columns of a name"] = new(Csv, "id,at,from,from,kind\n", 400, "two columns for 'from'") { Line = 1 },
        ["a mapped column that is not there"] = new(Csv, Header + Row, 400, "no column 'Date'", "map") { Query = "?map=at=Date", Line = 1 },
        ["a kind for all, and a column"] = new(
            Csv, Header + Row, 400, "column for 'kind'", "every row")
        { Query = "?kind=message", Line = 1 },
        ["a header with an open quote"] = new(Csv, "id,\"at,from\n" + Row, 400, "header", "never closed") { Line = 1 },
        ["a quote that is never closed"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,\"ann,bob,message,\n"
            + After.Replace("\"", ""), 200, "never closed")
        { Line = 3, Field = "line", Kept = 1 },
        ["a quote within a cell"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,an\"n,bob,message,\n"
            + After, 200, "quote within a cell")
        { Line = 3, Field = "line", Kept = 2 },
        ["text after a quote"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,\"ann\"x,bob,message,\n"
            + After, 200, "after a closing quote")
        { Line = 3, Field = "line", Kept = 2 },
        ["a row too short"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,ann\n" + After, 200, "3 cells", "6 columns")
        { Line = 3, Field = "line", Kept = 2 },
        ["a row too long"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,ann,bob,message,,more\n"
            + After, 200, "7 cells")
        { Line = 3, Field = "line", Kept = 2 },
        ["a row cut off"] = new(Csv, Header + Row + After + "2,2026-05-01T12", 200, "2 cells") { Line = 4, Field = "line", Kept = 2 },
        ["a cell that is empty"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,,bob,message,\n" + After, 200, "required")
        { Line = 3, Field = "from", Kept = 2 },
        ["a bad time in a row"] = new(
            Csv, Header + Row + "2,the first of May,ann,bob,message,\n" + After, 200, "not a date")
        { Line = 3, Field = "at", Kept = 2 },
        ["a bad kind in a row"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,ann,bob,pigeon,\n" + After, 200, "'pigeon'")
        { Line = 3, Field = "kind", Kept = 2 },
        ["no recipient in a row"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,ann,;;,message,\n" + After, 200, "required")
        { Line = 3, Field = "to", Kept = 2 },
        ["broken UTF-8 in a row"] = new(
            Csv, Header + Row + "2,2026-05-01T12:00:00Z,a\u00ffn,bob,message,\n"
            + After, 200, "UTF-8")
        { Line = 3, Field = "from", Kept = 2 },
        ["a row after one of two lines"] = new(
            Csv, Header + "1,2026-05-01T12:00:00Z,ann,bob,message,\"a\nb\"\n2,,ann,bob,message,\n"
            + After, 200, "control character")
        { Line = 2, Field = "venue", Kept = 1 },
        ["a row too large"] = new(
            Csv, Header + Row + new string('x', 50000) + "\n" + After, 200, "longer than 4096")
        { Line = 3, Field = "line", Kept = 2 },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_body_that_is_wrong_is_refused_by_name_and_what_was_good_is_kept(string name)
    {
        var bad = All[name];
        var limits = new RowLimits { MaxLineBytes = 4096, MaxBytes = 100_000 };
        await using var host = await IngestHost.StartAsync(new IngestOptions { Limits = limits });
        var content = new ByteArrayContent(bad.Bytes);
        if (bad.Encoding is { } encoding) content.Headers.ContentEncoding.Add(encoding);

        var answer = await host.PostAsync(content, bad.ContentType.Length == 0 ? null : bad.ContentType, bad.Query);

        answer.Status.ShouldBe(bad.Status, answer.Body);
        host.Log.LastPosition.ShouldBe(bad.Kept, answer.Body);
        if (bad.Status is 200 or 422)
        {
            answer.Json.GetProperty("accepted").GetInt64().ShouldBe(bad.Kept);
            var rejected = answer.Json.GetProperty("rejected")[0];
            rejected.GetProperty("line").GetInt64().ShouldBe(bad.Line!.Value);
            rejected.GetProperty("field").GetString().ShouldBe(bad.Field);
            foreach (var word in bad.Words) rejected.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain(word);
            return;
        }
        var detail = answer.ShouldBeProblem(bad.Status, bad.Parameter);
        foreach (var word in bad.Words) detail.ShouldContain(word);
        if (bad.Line is { } line) answer.Json.GetProperty("line").GetInt64().ShouldBe(line);
        if (bad.Field is { } field) answer.Json.GetProperty("field").GetString().ShouldBe(field);
        if (bad.Line is not null) answer.Json.GetProperty("accepted").GetInt64().ShouldBe(bad.Kept);
    }

    [Fact]
    public async Task A_gzip_body_cut_off_says_what_was_kept()
    {
        await using var host = await IngestHost.StartAsync();
        var whole = Compress(string.Join('\n', Enumerable.Range(0, 2000).Select(i => Good($"z{i}"))));

        var answer = await host.PostAsync(Gzip(whole[..(whole.Length / 2)]), Ndjson);

        var detail = answer.ShouldBeProblem(400);
        var accepted = answer.Json.GetProperty("accepted").GetInt64();
        accepted.ShouldBeInRange(1, 1999);
        host.Log.LastPosition.ShouldBe(accepted);
        detail.ShouldContain($"{accepted} accepted");
        answer.Json.GetProperty("line").GetInt64().ShouldBe(accepted + 1);
    }

    [Fact]
    public async Task A_gzip_body_is_read_as_what_it_holds()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await host.PostAsync(Gzip(Compress(s_good + "\n" + s_more)), Ndjson);

        answer.Status.ShouldBe(200, answer.Body);
        host.Log.LastPosition.ShouldBe(2);
    }

    private static string Good(string id) =>
        $"{{\"id\":\"{id}\",\"at\":\"2026-05-01T12:00:00Z\",\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}}";

    private static byte[] Compress(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static ByteArrayContent Gzip(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
