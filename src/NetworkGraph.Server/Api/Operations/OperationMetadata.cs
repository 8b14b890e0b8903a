using Microsoft.AspNetCore.Http.Metadata;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>
/// What an endpoint of an operation carries, over HTTP and gRPC alike: the operation itself, and who may ask.
/// </summary>
internal sealed class OperationMetadata : IDisableHttpMetricsMetadata
{
    private static readonly OperationMetadata s_uncounted = new();

    public static IEnumerable<object> Of(Operation operation)
    {
        yield return operation;
        if (operation.Access is { } access) yield return access;
        if (operation.IsUncounted) yield return s_uncounted;
    }
}
