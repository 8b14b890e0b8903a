using System.Text.Json;
using Google.Protobuf;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Exporting a person with the real clients.</summary>
public sealed class ExportTests(DemoServer fixture) : IClassFixture<DemoServer>
{
    private const string Export = "/networkgraph.v1.People/ExportPerson";

    public static TheoryData<string> Clients { get; } = [ClientProcess.Node, ClientProcess.Python];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task An_export_over_gRPC_has_the_parts_of_the_document_over_HTTP_in_its_order(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, fixture.Server.GrpcAddress);
        // The first has blocked somebody and made a report.
        foreach (var person in new[] { fixture.People[0], fixture.People[50] })
        {
            var (parts, document) = await ExportOfOneMomentAsync(remote, person);
            parts.Select(p => (int)p.PartCase).ShouldBeInOrder();
            MessageComparison.ShouldBeAs(parts[0].Person, document.GetProperty("person"), "person");
            ShouldBeAs(parts, document, "interactions", p => p.Interaction);
            ShouldBeAs(parts, document, "mentions", p => p.Mention);
            ShouldBeAs(parts, document, "ties", p => p.Tie);
            ShouldBeAs(parts, document, "blocks", p => p.Block);
            ShouldBeAs(parts, document, "reports", p => p.Report);
            parts.Count(p => p.Interaction is not null).ShouldBeGreaterThan(100);
            parts.Count(p => p.Block is not null).ShouldBe(person == fixture.People[0] ? 1 : 0);
        }
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task An_export_that_is_cancelled_or_left_unread_ends_early_and_holds_few_messages(string client)
    {
        const int Interactions = 100_000;
        using var ended = new EndedCalls();
        await using var server = await RunningServer.StartAsync(options => options with { GrpcUnreadSeconds = 1 });
        for (var i = 0; i < Interactions; i += 10_000) await server.AppendAsync([.. Enumerable.Range(i, 10_000).Select(Message)]);
        await using var remote = await RemoteClient.StartAsync(client, server.GrpcAddress);
        var request = new V1.ExportPersonRequest { Id = "ada" };

        var (some, cancelled) = await remote.CallAsync<V1.ExportPersonResponse>(new CallPlan(Export, request) { CancelAfter = 3 });
        cancelled.Code.ShouldBe(1);
        some.Count.ShouldBeLessThan(Interactions);
        await ended.UntilAsync(Export[1..], "CANCELLED");

        using var reset = new EndedCalls();
        var unread = new CallPlan(
            Export, request)
        { PauseAfter = 3, WhilePaused = () => reset.UntilAsync(Export[1..], "DEADLINE_EXCEEDED") };
        var (read, outcome) = await remote.CallAsync<V1.ExportPersonResponse>(unread);
        // What had been sent when the server gave up is all that was ever held for the client.
        outcome.Code.ShouldBe(1);
        read.Count.ShouldBeInRange(3, Interactions - 1);

        // The connection and other calls on it are well.
        var (all, end) = await remote.CallAsync<V1.ExportPersonResponse>(new CallPlan(Export, new V1.ExportPersonRequest { Id = "bob-7" }));
        end.Code.ShouldBe(0, end.Message);
        all.Count(p => p.Interaction is not null).ShouldBe(Interactions / 100);
    }

    private static Interaction Message(int number) => new()
    {
        Id = $"a-long-name-of-an-interaction-{number:D60}",
        AtMs = 1_700_000_000_000 + number,
        From = "ada",
        To = [$"bob-{number % 100}"],
        Kind = InteractionKind.Message,
    };

    /// <summary>Both ways until both are of the same moment, which moves on by itself.</summary>
    private async Task<(IReadOnlyList<V1.ExportPersonResponse> Parts, JsonElement Document)> ExportOfOneMomentAsync(
        RemoteClient remote, string person)
    {
        while (true)
        {
            var document = await fixture.Server.GetAsync($"/v1/people/{Uri.EscapeDataString(person)}/export");
            document.Status.ShouldBe(200, document.Body);
            var (parts, end) = await remote.CallAsync<V1.ExportPersonResponse>(
                new CallPlan(Export, new V1.ExportPersonRequest { Id = person }));
            end.Code.ShouldBe(0, end.Message);
            if (parts[0].Person.AsOf.ToDateTimeOffset() == document.Json.GetProperty("person").GetProperty("asOf").GetDateTimeOffset())
                return (parts, document.Json);
        }
    }

    private static void ShouldBeAs(
        IReadOnlyList<V1.ExportPersonResponse> parts, JsonElement document, string name, Func<V1.ExportPersonResponse, IMessage?> part)
    {
        var messages = parts.Select(part).OfType<IMessage>().ToList();
        var items = document.GetProperty(name);
        messages.Count.ShouldBe(items.GetArrayLength(), name);
        for (var i = 0; i < messages.Count; i++) MessageComparison.ShouldBeAs(messages[i], items[i], $"{name}[{i}]");
    }
}
