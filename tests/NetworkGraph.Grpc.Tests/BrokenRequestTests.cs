using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using NetworkGraph.Grpc.Tests.Interop;

namespace NetworkGraph.Grpc.Tests;

/// <summary>Requests that break one rule each: the status they get, and that the server is well afterwards.</summary>
public sealed class BrokenRequestTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Ok = 0, DeadlineExceeded = 4, ResourceExhausted = 8, Unimplemented = 12, Internal = 13;

    private static readonly byte[] s_message = new SimpleRequest { ResponseSize = 5 }.ToByteArray();

    private static readonly Dictionary<string, (Action<HttpRequestMessage> Break, int HttpStatus, int? GrpcStatus)> s_cases = new()
    {
        ["nothing is broken"] = (_ => { }, 200, Ok),

        ["no message"] = (Body([]), 200, Unimplemented),
        ["two messages for one"] = (Body([.. RawClient.Frame(0, s_message), .. RawClient.Frame(0, s_message)]), 200, Unimplemented),
        ["a prefix cut off"] = (Body([0, 0, 0]), 200, Internal),
        ["a prefix without its message"] = (Body([0, 0, 0, 0, 9]), 200, Internal),
        ["a message cut off"] = (Body(RawClient.Frame(0, s_message)[..^1]), 200, Internal),
        ["a byte after the message"] = (Body([.. RawClient.Frame(0, s_message), 0]), 200, Internal),
        ["a length of 4 GiB"] = (Body([0, 255, 255, 255, 255, 1, 2, 3]), 200, ResourceExhausted),
        ["a length just above the limit"] = (Body([0, 0, 64, 0, 1]), 200, ResourceExhausted),
        ["a compressed flag of 7"] = (Body(RawClient.Frame(7, s_message)), 200, Internal),
        ["bytes that are no protobuf"] = (Body(RawClient.Frame(0, [255, 255, 255, 255])), 200, Internal),
        ["a field longer than its message"] = (Body(RawClient.Frame(0, [0x1A, 0x7F, 1])), 200, Internal),

        ["compressed without an encoding"] = (Body(RawClient.Frame(1, Gzip(s_message))), 200, Internal),
        ["compressed as identity"] = (Encoded("identity", RawClient.Frame(1, Gzip(s_message))), 200, Internal),
        ["compressed as snappy"] = (Encoded("snappy", RawClient.Frame(1, s_message)), 200, Unimplemented),
        ["snappy announced and not used"] = (Encoded("snappy", RawClient.Frame(0, s_message)), 200, Ok),
        ["good gzip"] = (Encoded("gzip", RawClient.Frame(1, Gzip(s_message))), 200, Ok),
        ["gzip announced and not used"] = (Encoded("gzip", RawClient.Frame(0, s_message)), 200, Ok),
        ["gzip that is none"] = (Encoded("gzip", RawClient.Frame(1, s_message)), 200, Internal),
        ["gzip cut off"] = (Encoded("gzip", RawClient.Frame(1, Gzip(new byte[10_000])[..^12])), 200, Internal),
        ["gzip of the wrong checksum"] = (Encoded("gzip", RawClient.Frame(1, WithWrongChecksum(Gzip(s_message)))), 200, Internal),
        ["gzip that unpacks into 64 MiB"] = (Encoded("gzip", RawClient.Frame(1, Gzip(new byte[64 << 20]))), 200, ResourceExhausted),

        ["a timeout without a unit"] = (Header("grpc-timeout", "100"), 200, Internal),
        ["a timeout of no number"] = (Header("grpc-timeout", "soonS"), 200, Internal),
        ["an empty timeout"] = (Header("grpc-timeout", ""), 200, Internal),
        ["a negative timeout"] = (Header("grpc-timeout", "-1S"), 200, Internal),
        ["a timeout of nine digits"] = (Header("grpc-timeout", "123456789n"), 200, Internal),
        ["a timeout of unknown unit"] = (Header("grpc-timeout", "1d"), 200, Internal),
        ["a timeout of ten thousand years"] = (Header("grpc-timeout", "99999999H"), 200, Ok),
        ["a timeout of years"] = (Header("grpc-timeout", "99999999M"), 200, Ok),

        ["binary metadata that is no base64"] = (Header("x-bin", "a"), 200, Internal),
        ["binary metadata of other letters"] = (Header("x-bin", "?!*_"), 200, Internal),
        ["16 KiB of metadata"] = (Header("x-long", new string('x', 16 * 1024)), 200, Ok),

        ["no te"] = (r => r.Headers.TE.Clear(), 200, Ok),
        ["content type with +proto"] = (ContentType("application/grpc+proto"), 200, Ok),
        ["content type with parameters"] = (ContentType("application/grpc; charset=utf-8"), 200, Ok),
        ["content type JSON"] = (ContentType("application/json"), 415, null),
        ["content type gRPC-Web"] = (ContentType("application/grpc-web"), 415, null),
        ["content type gRPC with JSON"] = (ContentType("application/grpc+json"), 415, null),
        ["no content type"] = (r => r.Content!.Headers.ContentType = null, 415, null),
        ["GET"] = (Method(HttpMethod.Get), 405, null),
        ["PUT"] = (Method(HttpMethod.Put), 405, null),

        ["an unknown method"] = (Path("/grpc.testing.TestService/NoSuch"), 200, Unimplemented),
        ["an unknown service"] = (Path("/no.such.Service/Call"), 200, Unimplemented),
        ["a path of one part"] = (Path("/call"), 200, Unimplemented),
        ["a path of three parts"] = (Path("/a/b/c"), 200, Unimplemented),
        ["a path in other case"] = (Path("/grpc.testing.testservice/unarycall"), 200, Unimplemented),
        ["a path with a slash at its end"] = (Path(RawClient.UnaryCall + "/"), 200, Unimplemented),
        ["an unknown path that is not gRPC"] = (Both(Path("/no/such"), ContentType("application/json")), 404, null),
        ["a plain path that is not gRPC"] = (Both(Path("/plain/http"), ContentType("application/json")), 200, null),
    };

    public static TheoryData<string> Cases { get; } = [.. s_cases.Keys];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Cases))]
    public async Task A_broken_request_gets_its_status_and_harms_nothing(string testCase)
    {
        var (breakIt, httpStatus, grpcStatus) = s_cases[testCase];
        using var client = new RawClient(server);
        var request = RawClient.Request(RawClient.UnaryCall, RawClient.Frame(0, s_message));
        breakIt(request);

        var answer = await client.SendAsync(request);

        answer.HttpStatus.ShouldBe(httpStatus);
        answer.GrpcStatus.ShouldBe(grpcStatus);
        if (grpcStatus is not (null or Ok))
            answer.Value("grpc-message").ShouldNotBeNullOrEmpty();
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_timeout_of_nothing_has_passed()
    {
        using var client = new RawClient(server);
        var answer = await client.CallAsync(
            "/networkgraph.probe.Probe/Wait", new Probes.ProbeRequest { Name = "no-time" }, ("grpc-timeout", "0S"));
        answer.GrpcStatus.ShouldBe(DeadlineExceeded);
        server.Probes["no-time"].Started.Task.IsCompleted.ShouldBeFalse("a method began whose time was over");
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_unknown_compression_is_answered_with_those_that_are_known()
    {
        using var client = new RawClient(server);
        var request = RawClient.Request(RawClient.UnaryCall, RawClient.Frame(1, s_message));
        request.Headers.Add("grpc-encoding", "snappy");
        (await client.SendAsync(request)).Value("grpc-accept-encoding").ShouldBe("identity,gzip");
    }

    [Fact(Timeout = 60_000)]
    public async Task Over_HTTP_1_the_answer_asks_for_HTTP_2()
    {
        using var http = new HttpClient { BaseAddress = server.Http1Address };
        using var content = new ByteArrayContent(RawClient.Frame(0, []));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        var answer = await http.PostAsync(RawClient.EmptyCall, content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        answer.Headers.Upgrade.ToString().ShouldBe("HTTP/2.0");

        using var client = new RawClient(server);
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task HTTP_1_on_the_port_of_HTTP_2_is_refused()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var answer = await http.GetAsync(RawClient.EmptyCall, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var client = new RawClient(server);
        await client.CheckHealthyAsync();
    }

    private static Action<HttpRequestMessage> Body(byte[] body) => request =>
    {
        var type = request.Content!.Headers.ContentType;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = type;
    };

    private static Action<HttpRequestMessage> Header(string name, string value) =>
        request => request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();

    private static Action<HttpRequestMessage> ContentType(string type) =>
        request => request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

    private static Action<HttpRequestMessage> Method(HttpMethod method) => request => request.Method = method;

    private static Action<HttpRequestMessage> Path(string path) => request => request.RequestUri = new Uri(path, UriKind.Relative);

    private static Action<HttpRequestMessage> Both(Action<HttpRequestMessage> first, Action<HttpRequestMessage> second) => first + second;

    private static Action<HttpRequestMessage> Encoded(string encoding, byte[] body) => Header("grpc-encoding", encoding) + Body(body);

    private static byte[] Gzip(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(data);
        return packed.ToArray();
    }

    private static byte[] WithWrongChecksum(byte[] gzip)
    {
        gzip[^8] ^= 1;
        return gzip;
    }
}
