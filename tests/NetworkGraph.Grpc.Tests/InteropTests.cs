namespace NetworkGraph.Grpc.Tests;

/// <summary>gRPC's interoperability cases, by two clients that share no code with each other or with this server.</summary>
public sealed class InteropTests(TestServer server) : IClassFixture<TestServer>
{
    public static MatrixTheoryData<string, string> Cases { get; } = new(
        [ClientProcess.Node, ClientProcess.Python],
        [
            "empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong", "empty_stream",
            "timeout_on_sleeping_server", "cancel_after_begin", "cancel_after_first_response",
            "status_code_and_message", "special_status_message", "unimplemented_method", "unimplemented_service",
            "custom_metadata", "client_compressed_unary", "server_compressed_unary", "client_compressed_streaming",
            "server_compressed_streaming",
        ]);

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Cases))]
    public Task A_client_passes_the_interoperability_case(string client, string testCase) =>
        ClientProcess.RunAsync(client, testCase, server);
}
