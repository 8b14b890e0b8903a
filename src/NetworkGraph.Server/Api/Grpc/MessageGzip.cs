using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using NetworkGraph.Server.Api.Bodies;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// gzip for messages, with the limit of a message on what is unpacked as well: the library's own would unpack a small
/// message into gigabytes before it looks.
/// </summary>
internal sealed class MessageGzip(int maxBytes) : ICompressionProvider
{
    private readonly GzipLimits _limits = new() { MaxBytes = maxBytes, FreeBytes = maxBytes };

    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>The unpacked message.</summary>
    /// <exception cref="RpcException">INTERNAL where it is not gzip, RESOURCE_EXHAUSTED where it unpacks into too much.</exception>
    public Stream CreateDecompressionStream(Stream stream)
    {
        var unpacked = new MemoryStream();
        try
        {
            using var gzip = new BoundedGzipStream(stream, _limits, TimeProvider.System);
            gzip.CopyTo(unpacked);
        }
        catch (GzipLimitException)
        {
            throw new RpcException(
                new Status(StatusCode.ResourceExhausted, $"A request message has more than {maxBytes} bytes when it is unpacked."));
        }
        catch (InvalidDataException notGzip)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A request message is marked as gzip and cannot be unpacked.", notGzip));
        }
        unpacked.Position = 0;
        return unpacked;
    }
}
