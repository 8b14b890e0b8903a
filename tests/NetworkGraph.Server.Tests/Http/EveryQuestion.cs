using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>Every operation that only asks, with parameters that make sense, and its answer without what tells the time of day.</summary>
internal static class EveryQuestion
{
    private static readonly string[] s_withoutDates = ["getLive", "getNetworkWarnings", "exportNetwork"];

    /// <summary>Paths of all GETs of the OpenAPI document about a person, another and a venue, by operation.</summary>
    public static async Task<List<(string Operation, string Path)>> PathsAsync(
        RunningServer server, string person, string other, string venue)
    {
        var api = (await server.GetAsync("/openapi/v1.json")).Json;
        var paths = new List<(string, string)>();
        foreach (var path in api.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var get)) continue;
            var operation = get.GetProperty("operationId").GetString()!;
            // The feed has no end; the warnings are those last counted, and say when; an export is of all there is. Reports and single
            // records have ids of their own.
            if (s_withoutDates.Contains(operation) || path.Name.Contains("/reports", StringComparison.Ordinal)) continue;
            var isVenue = path.Name.Contains("/venues/{id}", StringComparison.Ordinal);
            var filled = path.Name.Replace("{id}", Uri.EscapeDataString(isVenue ? venue : person), StringComparison.Ordinal)
                .Replace("{other}", Uri.EscapeDataString(other), StringComparison.Ordinal);
            if (filled.Contains('{', StringComparison.Ordinal)) continue;
            var takes = get.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Select(p => p.GetProperty("name").GetString()!).ToHashSet()
                : [];
            var query = new List<string>();
            if (takes.Contains("to") && operation.StartsWith("getIntroduction", StringComparison.Ordinal))
                query.Add($"to={Uri.EscapeDataString(other)}");
            if (operation == "getRevival") query.Add($"with={Uri.EscapeDataString(other)}");
            paths.Add((operation, filled + (query.Count > 0 ? "?" + string.Join('&', query) : "")));
            if (takes.Contains("asOf")) paths.Add((operation, $"{filled}?{string.Join('&', query.Append("asOf=ASOF"))}"));
        }
        return paths;
    }

    /// <summary>The answer's bytes, but for how old the snapshot is.</summary>
    public static async Task<string> AskAsync(RunningServer server, string path)
    {
        var answer = await server.GetAsync(path);
        if (answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is not true)
            return $"{answer.Status} {answer.Body}";
        var body = JsonNode.Parse(answer.Body)!.AsObject();
        body.Remove("snapshotAgeMs");
        var relaxed = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return $"{answer.Status} {body.ToJsonString(relaxed)}";
    }
}
