using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// gzip for messages, with the limit of a message on what is unpacked as well: the library's own would unpack a small
/// message into gigabytes before it looks.
/// </summary>
internal sealed class BoundedGzip(int maxBytes) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) => new Unpacking(stream, maxBytes);

    private sealed class Unpacking(Stream packed, int maxBytes) : GZipStream(packed, CompressionMode.Decompress, leaveOpen: true)
    {
        private const int ChunkBytes = 16 * 1024;

        public override void CopyTo(Stream destination, int bufferSize)
        {
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                long total = 0;
                while (Read(chunk) is > 0 and var count)
                {
                    total += count;
                    if (total > maxBytes)
                        throw new RpcException(new Status(StatusCode.ResourceExhausted, $"A request message has more than {maxBytes} bytes unpacked."));
                    destination.Write(chunk, 0, count);
                }
            }
            catch (Exception notGzip) when (notGzip is InvalidDataException or IOException)
            {
                throw new RpcException(new Status(StatusCode.Internal, "A request message is marked as gzip and cannot be unpacked.", notGzip));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }
}
