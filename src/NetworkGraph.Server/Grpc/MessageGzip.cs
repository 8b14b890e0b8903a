using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// gzip for messages, with the limit of a message on what is unpacked as well: the library's own would unpack a small
/// message into gigabytes before it looks.
/// </summary>
internal sealed class MessageGzip(int maxBytes) : ICompressionProvider
{
    private const int ChunkBytes = 16 * 1024;

    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>The unpacked message.</summary>
    /// <exception cref="RpcException">INTERNAL where it is not gzip, RESOURCE_EXHAUSTED where it unpacks into too much.</exception>
    public Stream CreateDecompressionStream(Stream stream)
    {
        var unpacked = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            while (gzip.Read(chunk) is > 0 and var count)
            {
                if (unpacked.Length + count > maxBytes)
                    throw new RpcException(new Status(StatusCode.ResourceExhausted, $"A request message has more than {maxBytes} bytes when it is unpacked."));
                unpacked.Write(chunk, 0, count);
            }
        }
        catch (InvalidDataException notGzip)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A request message is marked as gzip and cannot be unpacked.", notGzip));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
        unpacked.Position = 0;
        return unpacked;
    }
}
