using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using NetworkGraph.Grpc.Tests.Interop;

namespace NetworkGraph.Grpc.Tests;

/// <summary>Calls that are refused before or while they are read: each gets its status, and the server is well afterwards.</summary>
public sealed class RefusedCallTests(TestServer server) : IClassFixture<TestServer>
{
    private const int ResourceExhausted = 8, Unimplemented = 12, Internal = 13;

    public static TheoryData<string, string, int, int?> Requests { get; } = new()
    {
        { "/grpc.testing.TestService/NoSuch", "application/grpc", 200, Unimplemented },
        { "/no.such.Service/Call", "application/grpc", 200, Unimplemented },
        { "/call", "application/grpc+proto", 200, Unimplemented },
        { "/a/b/c", "application/grpc; charset=utf-8", 200, Unimplemented },
        { "/no/such", "application/json", 404, null },
        { "/no/such", "application/grpc-web", 404, null },
        { "/plain/http", "application/json", 200, null },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Requests))]
    public async Task An_unknown_method_is_unimplemented_and_other_paths_are_HTTP(
        string path, string contentType, int httpStatus, int? grpcStatus)
    {
        using var client = new RawClient(server);
        var request = RawClient.Request(path, RawClient.Frame(0, []));
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        var answer = await client.SendAsync(request);

        answer.HttpStatus.ShouldBe(httpStatus);
        answer.GrpcStatus.ShouldBe(grpcStatus);
        if (grpcStatus is not null) answer.IsTrailersOnly.ShouldBeTrue();
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_unknown_method_is_answered_before_the_request_ends()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, "/grpc.testing.TestService/NoSuch", endStream: false);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(Unimplemented);
    }

    [Fact(Timeout = 60_000)]
    public async Task Over_HTTP_1_a_refused_call_is_asked_for_HTTP_2()
    {
        using var http = new HttpClient { BaseAddress = server.Http1Address };
        using var content = new ByteArrayContent(RawClient.Frame(0, []));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        var answer = await http.PostAsync("/no.such.Service/Call", content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        answer.Headers.Upgrade.ToString().ShouldBe("HTTP/2.0");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(5 << 20, ResourceExhausted)]
    [InlineData(256 << 20, ResourceExhausted)]
    [InlineData(0, Internal)]
    public async Task A_small_message_that_unpacks_into_a_huge_one_or_does_not_unpack_is_refused(int bytes, int status)
    {
        using var client = new RawClient(server);
        var request = RawClient.Request(RawClient.UnaryCall, RawClient.Frame(1, bytes == 0 ? new byte[100] : Gzip(bytes)));
        request.Headers.Add("grpc-encoding", "gzip");
        var answer = await client.SendAsync(request);
        answer.GrpcStatus.ShouldBe(status, answer.Value("grpc-message"));
        await client.CheckHealthyAsync();
    }

    private static byte[] Gzip(int zeros)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            for (var left = zeros; left > 0; left -= 1 << 20) gzip.Write(new byte[1 << 20]);
        }
        return packed.ToArray();
    }
}
