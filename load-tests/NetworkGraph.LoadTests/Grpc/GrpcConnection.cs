using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>gRPC calls on .NET's own HTTP/2 client: enough of the protocol to measure a server with, and nothing else.</summary>
internal sealed class GrpcConnection(Uri server) : IDisposable
{
    public const string RecordStream = "/networkgraph.v1.Interactions/RecordStream";
    private const int PrefixBytes = 5;
    private static readonly MediaTypeHeaderValue s_contentType = new("application/grpc");
    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <summary>A message with the five bytes before it.</summary>
    public static byte[] Frame(IMessage message)
    {
        var frame = new byte[PrefixBytes + message.CalculateSize()];
        WritePrefix(frame, frame.Length - PrefixBytes);
        message.WriteTo(frame.AsSpan(PrefixBytes));
        return frame;
    }

    public static void WritePrefix(Span<byte> frame, int messageBytes)
    {
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], messageBytes);
    }

    /// <summary>One request, one answer; returns the length of the answer.</summary>
    /// <exception cref="HttpRequestException">The call did not end with OK.</exception>
    public async Task<int> AskAsync(string method, byte[] frame, CancellationToken cancellation)
    {
        using var response = await SendAsync(method, new ByteArrayContent(frame), cancellation);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        Check(response);
        return answer.Length;
    }

    /// <summary>Sends frames to a stream until there are no more, and hands over its answers as they come.</summary>
    /// <exception cref="HttpRequestException">The call did not end with OK, or the server has gone.</exception>
    /// <exception cref="IOException">The server has gone.</exception>
    public async Task StreamAsync<T>(
        string method, Func<ValueTask<ReadOnlyMemory<byte>?>> next, Action<T> answered, CancellationToken cancellation)
        where T : class, IMessage<T>, new()
    {
        using var response = await SendAsync(method, new Frames(next), cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var prefix = new byte[PrefixBytes];
        while (await body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellation) == PrefixBytes)
        {
            var message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(message, cancellation);
            var answer = new T();
            answer.MergeFrom(message);
            answered(answer);
        }
        Check(response);
    }

    private Task<HttpResponseMessage> SendAsync(string method, HttpContent content, CancellationToken cancellation)
    {
        content.Headers.ContentType = s_contentType;
        var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.ParseAdd("trailers");
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static void Check(HttpResponseMessage response)
    {
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailers) ? trailers
            : response.Headers.TryGetValues("grpc-status", out var headers) ? headers : [];
        if (int.TryParse(status.FirstOrDefault(), CultureInfo.InvariantCulture, out var code) && code == 0) return;
        throw new HttpRequestException($"The call ended with status {string.Concat(status)}.");
    }

    private sealed class Frames(Func<ValueTask<ReadOnlyMemory<byte>?>> next) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            while (await next() is { } frame)
            {
                await stream.WriteAsync(frame);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
