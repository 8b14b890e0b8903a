using System.Text.Json;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>Every date that an operation takes may be as early or as late as a date can be written.</summary>
public class ExtremeDateTests
{
    private static readonly string[] s_dates =
        ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.001%2B14:00", "0001-01-20T00:00:00Z", "1899-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
            "2026-06-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-14:00"];

    [Fact]
    public async Task No_date_makes_an_operation_fail()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        var paths = (await server.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        var failed = new List<string>();
        var asked = 0;
        foreach (var path in paths.EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var operation) || path.Name == "/v1/live"
                || !operation.TryGetProperty("parameters", out var parameters)) continue;
            var dates = parameters.EnumerateArray().Where(IsDate).Select(p => p.GetProperty("name").GetString()!).ToList();
            if (dates.Count == 0) continue;
            var address = path.Name.Replace(
                "{id}", Id(path.Name.Contains("venues", StringComparison.Ordinal) && !path.Name.Contains("people", StringComparison.Ordinal)
                ? "Spring" : SmallNetwork.Ada), StringComparison.Ordinal)
                .Replace("{other}", Id(SmallNetwork.Bob), StringComparison.Ordinal);
            var more = path.Name.EndsWith("/introductions", StringComparison.Ordinal) ? $"&to={Id(SmallNetwork.Eve)}" : "";
            foreach (var query in dates.SelectMany(name => s_dates.Select(date => $"{name}={date}")).Concat(Together(dates)))
            {
                var answer = await server.GetAsync($"{address}?{query}{more}");
                asked++;
                if (answer.Status >= 500) failed.Add($"{answer.Status} {address}?{query}: {answer.Body}");
            }
        }
        asked.ShouldBeGreaterThan(100);
        failed.ShouldBeEmpty(string.Join('\n', failed));
    }

    [Fact]
    public async Task Before_everything_the_network_is_empty()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        var network = (await server.GetAsync("/v1/network?asOf=0001-01-01T00:00:00Z")).Json;
        network.GetProperty("people").GetInt32().ShouldBe(0);
        network.GetProperty("asOf").GetString().ShouldBe("0001-01-01T00:00:00Z");
    }

    private static IEnumerable<string> Together(List<string> dates) =>
        dates.Count < 2
            ? [] : s_dates.Select(first => string.Join('&', dates.Select((name, i) => $"{name}={(i == 0 ? first : s_dates[^2])}")));

    private static bool IsDate(JsonElement parameter) =>
        parameter.GetProperty("schema").TryGetProperty("format", out var format) && format.GetString() == "date-time";

    private static string Id(string id) => Uri.EscapeDataString(id);
}
