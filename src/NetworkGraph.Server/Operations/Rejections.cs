using NetworkGraph.Server.Grpc;

namespace NetworkGraph.Server.Operations;

/// <summary>The status of a request of which nothing could be taken.</summary>
internal static class Rejections
{
    /// <summary>INVALID_ARGUMENT that names the first fields at fault, as many as trailers have room for.</summary>
    public static Google.Rpc.Status Status(string message, IEnumerable<(string Field, string Reason)> rejected) =>
        RichStatus.InvalidArgument(message, rejected.Take(100));
}
