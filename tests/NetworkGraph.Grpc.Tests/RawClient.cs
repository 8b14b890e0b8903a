using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace NetworkGraph.Grpc.Tests;

/// <summary>An answer as it came over HTTP: nothing of gRPC is taken for granted.</summary>
internal sealed record RawAnswer(HttpResponseMessage Response, byte[] Body)
{
    public int HttpStatus => (int)Response.StatusCode;

    public bool IsTrailersOnly => Response.Headers.Contains("grpc-status");

    /// <summary>Null where the answer has none.</summary>
    public int? GrpcStatus => Value("grpc-status") is { } text ? int.Parse(text) : null;

    /// <summary>The value of a trailer, or of a header where the answer has nothing but headers.</summary>
    public string? Value(string name) =>
        Response.TrailingHeaders.TryGetValues(name, out var trailers) ? string.Join(',', trailers)
        : Response.Headers.TryGetValues(name, out var headers) ? string.Join(',', headers)
        : null;
}

/// <summary>Requests made by hand on .NET's own HTTP/2 client, which knows no gRPC.</summary>
internal sealed class RawClient(TestServer server) : IDisposable
{
    public const string UnaryCall = "/grpc.testing.TestService/UnaryCall";
    public const string EmptyCall = "/grpc.testing.TestService/EmptyCall";

    private readonly HttpClient _http = new() { BaseAddress = server.Address };

    public static byte[] Frame(IMessage message) => Frame(0, message.ToByteArray());

    public static byte[] Frame(byte flag, byte[] payload)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    public static HttpRequestMessage Request(string path, params byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Headers.TE.ParseAdd("trailers");
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        return request;
    }

    public async Task<RawAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return new RawAnswer(response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    public Task<RawAnswer> CallAsync(string path, IMessage message, params (string Name, string Value)[] headers)
    {
        var request = Request(path, Frame(message));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request);
    }

    /// <summary>A good call gets a good answer.</summary>
    public async Task CheckHealthyAsync()
    {
        var answer = await SendAsync(Request(EmptyCall, Frame(0, [])));
        answer.HttpStatus.ShouldBe(200);
        answer.GrpcStatus.ShouldBe(0);
        answer.Body.ShouldBe(Frame(0, []));
    }

    public void Dispose() => _http.Dispose();
}
