using System.Reflection;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Operations;

/// <summary>
/// The operations by their ids, filled as the HTTP endpoints are built. gRPC methods are called as their operations are
/// (GetTies is getTies); the two ways to record are one operation.
/// </summary>
internal sealed class OperationIndex
{
    private readonly Dictionary<string, Operation> _operations = new(StringComparer.Ordinal);

    public IEnumerable<Operation> All => _operations.Values;

    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public Operation Of(MethodDescriptor method) => _operations.TryGetValue(IdOf(method), out var operation)
        ? operation
        : throw new InvalidOperationException($"{method.FullName} has no operation '{IdOf(method)}' behind it.");

    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public Operation Of(string id) => _operations.TryGetValue(id, out var operation) ? operation : throw new InvalidOperationException($"There is no operation '{id}'.");

    public static string IdOf(MethodDescriptor method) => method.Name is "Record" or "RecordStream"
        ? "recordInteractions"
        : char.ToLowerInvariant(method.Name[0]) + method.Name[1..];

    /// <summary>Remembers an HTTP endpoint that is described as an operation.</summary>
    public void Add(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault() is not { EndpointName: { } id }) return;
        if (endpoint.Metadata.OfType<MethodInfo>().LastOrDefault() is not { } function) return;
        var method = endpoint.Metadata.OfType<HttpMethodMetadata>().Last().HttpMethods[0];
        _operations[id] = new Operation(id, method, function, [.. endpoint.Metadata.Where(IsLimit)]);
    }

    /// <summary>Gives a gRPC endpoint its operation, and the limits that the operation has over HTTP.</summary>
    public void Apply(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<MethodDescriptor>().LastOrDefault() is not { } method) return;
        var operation = Of(method);
        endpoint.Metadata.Add(operation);
        endpoint.Metadata.Add(operation.IsShared || IsStreamed(method) ? AskedInMessage.Marker : new AskedAs(operation.Id));
        foreach (var limit in operation.Limits) endpoint.Metadata.Add(limit);
    }

    /// <summary>One message in, many out: mapped so that the message is read, and access asked for, before the first answer.</summary>
    private static bool IsStreamed(MethodDescriptor method) => method is { IsServerStreaming: true, IsClientStreaming: false };

    private static bool IsLimit(object metadata) => metadata is EnableRateLimitingAttribute or DisableRateLimitingAttribute or IDisableHttpMetricsMetadata;
}
