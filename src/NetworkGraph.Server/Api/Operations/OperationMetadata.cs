using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>
/// What an endpoint of an operation carries, over HTTP and gRPC alike: the operation itself, who may ask, and its limits.
/// </summary>
internal sealed class OperationMetadata : IDisableHttpMetricsMetadata
{
    /// <summary>The policy of those that take a core for a while.</summary>
    public const string Heavy = "heavy";

    private static readonly OperationMetadata s_uncounted = new();

    public static IEnumerable<object> Of(Operation operation)
    {
        yield return operation;
        if (operation.Access is { } access) yield return access;
        if (operation.Weight is Weight.Heavy) yield return new EnableRateLimitingAttribute(Heavy);
        if (operation.Weight is Weight.Unlimited) yield return new DisableRateLimitingAttribute();
        if (operation.IsUncounted) yield return s_uncounted;
    }
}
