namespace NetworkGraph.Grpc.Tests;

/// <summary>The cases that clients run against the tests' own services.</summary>
internal sealed partial class ClientProcess
{
    /// <summary>Starts a case; skips the test, saying why, where the client is not installed.</summary>
    public static Task<ClientProcess> StartAsync(string client, string testCase, TestServer server) =>
        StartAsync(client, "client", server.Address.Authority, server.DescriptorSetFile, testCase);

    public static async Task RunAsync(string client, string testCase, TestServer server)
    {
        await using var process = await StartAsync(client, testCase, server);
        await process.FinishAsync();
    }
}
