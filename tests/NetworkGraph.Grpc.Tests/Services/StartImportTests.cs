using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>A file in parts over gRPC is imported as over HTTP.</summary>
public sealed class StartImportTests : IAsyncLifetime
{
    private const string Mail =
        "at,from,to,kind\n2026-01-05T10:00:00Z,ann,bob,message\n2026-01-06T10:00:00Z,bob,ann,reply\nnever,ann,bob,message\n";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Its_parts_make_one_import_which_says_the_same_over_HTTP()
    {
        var parts = Mail.Chunk(40).Select(
            part => new V1.StartImportRequest { Content = ByteString.CopyFromUtf8(new string(part)) }).ToList();
        parts[0].Options = new V1.StartImportOptions { Name = "mail.csv", Me = { "ann" } };
        var (status, import) = await CallAsync(parts);
        status.ShouldBe(0);
        (import.State, import.Accepted, import.RejectedCount, import.Report.Interactions).ShouldBe((V1.ImportState.Done, 2, 1, 2));
        import.Report.Rejected.Single().Line.ShouldBe(4);
        var http = await _server.GetAsync("/v1/imports/" + Uri.EscapeDataString(import.Batch));
        http.Json.GetProperty("accepted").GetInt64().ShouldBe(2);
        http.Json.GetProperty("report").GetProperty("me")[0].GetString().ShouldBe("ann");

        parts[0].Options.DryRun = true;
        (await CallAsync(parts)).Import.Report.NewInteractions.ShouldBe(0);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_as_over_HTTP()
    {
        (await CallAsync([])).Status.ShouldBe(3);
        (await CallAsync([new V1.StartImportRequest { Options = new V1.StartImportOptions { Format = "cats" },
            Content = ByteString.CopyFromUtf8("x") }])).Status.ShouldBe(3);
        (await CallAsync([new V1.StartImportRequest { Options = new V1.StartImportOptions { Name = "" },
            Content = ByteString.CopyFromUtf8("x") }])).Status.ShouldBe(3);
    }

    private async Task<(int Status, V1.Import Import)> CallAsync(IReadOnlyList<V1.StartImportRequest> parts)
    {
        using var http = new HttpClient { BaseAddress = _server.GrpcAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/networkgraph.v1.Interactions/StartImport")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([.. parts.SelectMany(RawClient.Frame)]),
        };
        request.Headers.TE.ParseAdd("trailers");
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailers)
            ? trailers.Single() : response.Headers.GetValues("grpc-status").Single();
        return (int.Parse(status), body.Length == 0 ? new V1.Import() : V1.Import.Parser.ParseFrom(body.AsSpan(5)));
    }
}
