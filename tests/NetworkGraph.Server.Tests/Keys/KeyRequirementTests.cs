using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Keys;

public class KeyRequirementTests
{
    [Fact]
    public async Task A_key_file_that_is_lost_between_two_starts_locks_the_server()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            KeyedServer.AddKey(folder.FullName, "admin");
            await using (var first = await RunningServer.StartAsync(options => options with { Data = folder.FullName }))
            {
                var log = first.Services.GetRequiredService<IInteractionLog>();
                await Until.TrueAsync(
                    "it is recorded that keys are required", async () =>
                    await RequiredKeys.StandAsync(log, TestContext.Current.CancellationToken));
            }
            File.Delete(KeyFile.PathIn(folder.FullName));
            await using var second = await RunningServer.StartAsync(options => options with { Data = folder.FullName });
            (await second.GetAsync("/v1/network")).Status.ShouldBe(401);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_keys_of_an_erased_person_end_with_them()
    {
        await using var server = await KeyedServer.StartAsync(["ann", "bob"], TestHistoriesRecord("ann", "bob"));
        (await server.GetAsync("person:ann", "/v1/people/ann")).Status.ShouldBe(200);
        (await server.SendAsync("admin", HttpMethod.Delete, "/v1/people/ann")).Status.ShouldBe(200);
        await Until.TrueAsync("the key has ended", async () => (await server.GetAsync("person:ann", "/v1/people/ann")).Status == 401);
        (await server.GetAsync("person:bob", "/v1/people/bob")).Status.ShouldBe(200);
    }

    private static Events.Interactions.Interaction TestHistoriesRecord(string from, string to) =>
        new() { Id = "one", AtMs = 1_700_000_000_000, From = from, To = [to], Kind = Events.Interactions.InteractionKind.Message };
}
