using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using NetworkGraph.Grpc.Tests;
using NetworkGraph.Grpc.Tests.Services;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Cluster.Tests.SameAnswers;

/// <summary>
/// Over gRPC a silo that owns people and one that only answers requests say what an embedded server says, to a real client.
/// </summary>
[Collection(Beside.Name)]
public sealed class GrpcAnswersTests(ClusterBesideEmbedded both, ITestOutputHelper output)
{
    /// <summary>They change something and are asked by tests of their own, or never end.</summary>
    private static readonly string[] s_others = [
        "GetLive", "Record", "RecordStream", "PutPerson", "PutPeople", "ErasePerson", "PlaceBlock", "LiftBlock", "FileReport",
        "MoveReport"];

    private (string Name, KeyedServer Server)[] Compared => [("silo 1", both.Silo), ("API silo", both.Api)];

    [Fact(Timeout = 300_000)]
    public async Task Every_method_that_reads_has_the_same_answers_and_the_same_errors()
    {
        await both.UntilAllSeeAsync();
        await using var embedded = await ClientOfAsync(both.Embedded);
        var (answers, errors) = (0, 0);
        foreach (var (name, node) in Compared)
        {
            await using var client = await ClientOfAsync(node);
            foreach (var method in GrpcApi.Services.SelectMany(s => s.Methods).Where(m => !s_others.Contains(m.Name)))
            {
                foreach (var person in (string[])[both.People[0], both.People[30], "nobody", "a\nb"])
                {
                    var request = RequestOf(method, person);
                    var expected = await CallAsync(embedded, both.Embedded, method, request);
                    var (given, end) = await CallAsync(client, node, method, request);
                    var what = $"{method.FullName} of {person} from {name}";
                    (end.Code, end.Message).ShouldBe((expected.End.Code, expected.End.Message), what);
                    end.Details.ShouldBe(expected.End.Details, what);
                    given.Select(Told).ShouldBe(expected.Answers.Select(Told), what);
                    if (end.Code == 0) answers++;
                    else errors++;
                }
            }
        }
        answers.ShouldBeGreaterThan(60);
        errors.ShouldBeGreaterThan(60);
        output.WriteLine($"{answers} answers and {errors} errors compared");
    }

    [Fact(Timeout = 300_000)]
    public async Task Interactions_are_taken_one_by_one_and_in_a_stream_as_by_an_embedded_server()
    {
        await using var embedded = await ClientOfAsync(both.Embedded);
        foreach (var (name, node) in Compared)
        {
            await using var client = await ClientOfAsync(node);
            var record = new CallPlan(
                "/networkgraph.v1.Interactions/Record",
                Given.Record(Given.Message($"g {name}"), Given.Message($"g {name}"), Given.Message("", "x", "y")))
            { Metadata = Key(node, "ingest") };
            var expected = await embedded.CallAsync<V1.RecordResponse>(record with { Metadata = Key(both.Embedded, "ingest") });
            var taken = await client.CallAsync<V1.RecordResponse>(record);
            taken.End.ShouldBe(expected.End);
            taken.Answers.ShouldBe(expected.Answers);

            var stream = new CallPlan(
                "/networkgraph.v1.Interactions/RecordStream",
                [.. Enumerable.Range(0, 20).Select(i => Given.Batch($"s {name} {i % 15}", 50))])
            { Metadata = Key(node, "ingest") };
            var acknowledged = await embedded.CallAsync<V1.RecordStreamResponse>(stream with { Metadata = Key(both.Embedded, "ingest") });
            var (acknowledgements, end) = await client.CallAsync<V1.RecordStreamResponse>(stream);
            end.Code.ShouldBe(0, end.Message);
            // How many acknowledgements there are is a matter of pace; the last one counts everything.
            acknowledgements[^1].ShouldBe(acknowledged.Answers[^1]);
            await both.UntilAllSeeAsync();
        }
        both.Api.Server.LastPosition.ShouldBe(both.Embedded.Server.LastPosition);

        var refused = new CallPlan("/networkgraph.v1.Interactions/Record", Given.Record(Given.Message("never")));
        foreach (var (_, node) in Compared)
        {
            await using var client = await ClientOfAsync(node);
            (await client.CallAsync<V1.RecordResponse>(refused)).End.Code.ShouldBe(16);
            (await client.CallAsync<V1.RecordResponse>(refused with { Metadata = Key(node, "analyst") })).End.Code.ShouldBe(7);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Health_and_reflection_are_served()
    {
        foreach (var (_, node) in Compared)
        {
            await using var client = await ClientOfAsync(node);
            var (answers, end) = await client.CallAsync<HealthCheckResponse>(
                new CallPlan("/grpc.health.v1.Health/Check", new HealthCheckRequest()));
            end.Code.ShouldBe(0, end.Message);
            answers.Single().Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
            var (told, done) = await client.CallAsync<ServerReflectionResponse>(
                new CallPlan("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                    new ServerReflectionRequest { ListServices = "" })
                { Metadata = Key(node, "admin") });
            done.Code.ShouldBe(0, done.Message);
            GrpcApi.Services.Select(s => s.FullName).ShouldBeSubsetOf(told.Single().ListServicesResponse.Service.Select(s => s.Name));
        }
    }

    private static Task<RemoteClient> ClientOfAsync(KeyedServer server) =>
        RemoteClient.StartAsync(ClientProcess.Python, server.Server.GrpcAddress);

    private static Task<(IReadOnlyList<IMessage> Answers, CallEnd End)> CallAsync(
        RemoteClient client, KeyedServer server, MethodDescriptor method, IMessage request)
    {
        var scope = method.Name.EndsWith("Reports", StringComparison.Ordinal) || method.Name == "GetReport" ? "safety" : "admin";
        return client.CallAsync(
            new CallPlan($"/{method.Service.FullName}/{method.Name}", request) { Metadata = Key(server, scope) }, method.OutputType.Parser);
    }

    /// <summary>All of an answer but the ids of reports.</summary>
    private static string Told(IMessage answer) => HttpAnswersTests.MadeUp().Replace(answer.ToString()!, "r-?");

    private static Dictionary<string, string> Key(KeyedServer server, string scope) =>
        new() { ["authorization"] = $"Bearer {server.KeyOf(scope)}" };

    private IMessage RequestOf(MethodDescriptor method, string person)
    {
        var request = (IMessage)Activator.CreateInstance(method.InputType.ClrType)!;
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            object? value = field.JsonName switch
            {
                "asOf" => Timestamp.FromDateTimeOffset(ClusterBesideEmbedded.Now.AddMonths(-1)),
                "id" when method.Name == "GetVenue" => person == both.People[0] ? both.Venues[0] : person,
                "id" => person,
                "other" or "to" when field.FieldType == FieldType.String => both.People[50],
                "report" => person == both.People[0] ? ClusterBesideEmbedded.Report : person,
                "limit" => 20,
                _ => null,
            };
            if (value is not null && field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(request)).Add(value);
            else if (value is not null) field.Accessor.SetValue(request, value);
        }
        return request;
    }
}
