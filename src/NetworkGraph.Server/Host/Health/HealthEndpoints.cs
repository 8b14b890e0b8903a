using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Host.Health;

/// <summary>What a supervisor asks: is the process alive, and can it answer queries.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new HealthAnswer("live"), HealthJson.Default.HealthAnswer)).NeedsNoKey()
            .ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).NeedsNoKey().ExcludeFromDescription();
    }

    private static IResult Ready(Readiness readiness) =>
        readiness.IsServing
            ? Results.Json(new HealthAnswer("ready"), HealthJson.Default.HealthAnswer)
            : new ProblemResult(readiness.NotReady());
}

internal sealed record HealthAnswer(string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
