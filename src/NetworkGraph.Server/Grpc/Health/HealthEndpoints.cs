using Microsoft.AspNetCore.Routing;
using NetworkGraph.Server.Grpc.Health.V1;

namespace NetworkGraph.Server.Grpc.Health;

/// <summary>
/// The service <c>grpc.health.v1.Health</c>, as load balancers and orchestrators ask it:
/// https://github.com/grpc/grpc/blob/master/doc/health-checking.md.
/// </summary>
public static class HealthEndpoints
{
    public static RouteGroupBuilder MapGrpcHealth(this IEndpointRouteBuilder endpoints, HealthStatuses statuses) =>
        endpoints.MapGrpcService(HealthReflection.Descriptor.Services[0], health => health
            .Unary<HealthCheckRequest, HealthCheckResponse>("Check", (request, _) => Task.FromResult(Check(statuses, request)))
            .Unary<HealthListRequest, HealthListResponse>("List", (_, _) => Task.FromResult(List(statuses)))
            .ServerStreaming<HealthCheckRequest, HealthCheckResponse>("Watch", (request, answers, call) =>
                WatchAsync(statuses, request, answers, call)));

    private static GrpcOutcome<HealthCheckResponse> Check(HealthStatuses statuses, HealthCheckRequest request)
    {
        var status = statuses.Status(request.Service);
        if (status == HealthCheckResponse.Types.ServingStatus.ServiceUnknown)
            return new GrpcStatus(GrpcStatusCode.NotFound, $"There is no service '{request.Service}'.");
        return new HealthCheckResponse { Status = status };
    }

    private static GrpcOutcome<HealthListResponse> List(HealthStatuses statuses)
    {
        var answer = new HealthListResponse();
        var services = statuses.Services;
        foreach (var (service, isServing) in services)
        {
            answer.Statuses[service] = new HealthCheckResponse
            {
                Status = isServing
                    ? HealthCheckResponse.Types.ServingStatus.Serving
                    : HealthCheckResponse.Types.ServingStatus.NotServing,
            };
        }

        return answer;
    }

    private static async Task<GrpcStatus> WatchAsync(
        HealthStatuses statuses, HealthCheckRequest request, GrpcWriter<HealthCheckResponse> answers, GrpcCall call)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, call.Stopping);
        try
        {
            await foreach (var status in statuses.WatchAsync(request.Service, ends.Token))
                await answers.WriteAsync(new HealthCheckResponse { Status = status });
        }
        catch (OperationCanceledException) when (call.Stopping.IsCancellationRequested && !call.Cancellation.IsCancellationRequested)
        {
            return GrpcStatus.Stopping;
        }

        return GrpcStatus.Ok;
    }
}
