using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Health;

/// <summary>What a supervisor asks: is the process alive, and can it answer queries.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new HealthAnswer("live"), HealthJson.Default.HealthAnswer)).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    /// <summary>Keeps queries from seeing a network that is still being read.</summary>
    public static TBuilder WhenReady<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter((call, next) =>
            call.HttpContext.RequestServices.GetRequiredService<Readiness>().NotReadyYet() is { } problem
                ? ValueTask.FromResult<object?>(new ProblemResult(problem))
                : next(call));

    private static IResult Ready(Readiness readiness) =>
        readiness.NotReadyYet() is { } problem
            ? new ProblemResult(problem)
            : Results.Json(new HealthAnswer("ready"), HealthJson.Default.HealthAnswer);
}

internal sealed record HealthAnswer(string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
