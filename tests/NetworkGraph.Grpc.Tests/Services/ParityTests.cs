using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Whatever HTTP can be asked, gRPC can be asked too, and says the same.</summary>
public sealed class ParityTests(DemoServer fixture) : IClassFixture<DemoServer>
{
    private IReadOnlyList<MethodDescriptor> Methods { get; } = [.. GrpcApi.Services.SelectMany(s => s.Methods)];

    [Fact]
    public async Task Every_operation_has_a_method()
    {
        var api = (await fixture.Server.GetAsync("/openapi/v1.json")).Json;
        var operations = api.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()!);
        Methods.Select(IdOf).Distinct().ShouldBe(operations, ignoreOrder: true);
    }

    [Fact]
    public void Every_parameter_is_a_field_and_the_other_way_round()
    {
        foreach (var (method, endpoint) in Reading())
        {
            var parameters = endpoint.RoutePattern.Parameters.Select(p => p.Name)
                .Concat(endpoint.Metadata.GetMetadata<Operation>()!.Takes.Select(p => p.Name));
            method.InputType.Fields.InDeclarationOrder().Select(f => f.JsonName).ShouldBe(parameters, ignoreOrder: true, method.FullName);
        }
    }

    [Theory(Timeout = 300_000)]
    [InlineData(ClientProcess.Node)]
    [InlineData(ClientProcess.Python)]
    public async Task The_answers_over_gRPC_are_those_over_HTTP(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, fixture.Server.GrpcAddress);
        // Streams are held against what HTTP says in tests of their own.
        var reading = Reading().Where(m => !m.Method.IsServerStreaming).ToList();
        reading.Count.ShouldBeGreaterThan(8);
        foreach (var (method, endpoint) in reading)
        {
            for (var person = 0; person < 3; person++)
            {
                var (target, request) = Ask(method, endpoint, person);
                var http = await fixture.Server.GetAsync(target);
                http.Status.ShouldBe(200, $"{target}: {http.Body}");
                var (answer, end) = await CallAsync(remote, method, request);
                end.Code.ShouldBe(0, $"{method.FullName}: {end.Message}");
                MessageComparison.ShouldBeAs(answer!, http.Json, target);
            }
        }
    }

    [Theory(Timeout = 300_000)]
    [InlineData(ClientProcess.Node)]
    [InlineData(ClientProcess.Python)]
    public async Task Unknown_people_and_invalid_parameters_get_the_same_problems_as_over_HTTP(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, fixture.Server.GrpcAddress);
        foreach (var (method, endpoint) in Reading())
        {
            foreach (var (field, parameter, text, value) in Wrong(method))
            {
                var (target, request) = Ask(method, endpoint, 0, parameter, text);
                Set(field, request, value);
                var detail = (await fixture.Server.GetAsync(target)).ShouldBeProblem(400, parameter);
                var (_, end) = await CallAsync(remote, method, request);
                end.Code.ShouldBe(3, $"{method.FullName} {parameter}");
                end.Message.ShouldBe(detail);
                end.Detail<Google.Rpc.BadRequest>().ShouldNotBeNull().FieldViolations.Single().Field.ShouldBe(field.Name);
                end.Detail<Google.Rpc.ErrorInfo>().ShouldNotBeNull().Domain.ShouldBe("networkgraph");
            }
            if (endpoint.RoutePattern.Parameters.All(p => p.Name != "id")
                || !endpoint.RoutePattern.RawText!.Contains("/people/", StringComparison.Ordinal)) continue;
            var (unknown, stranger) = Ask(method, endpoint, 0, "id", "nobody");
            method.InputType.FindFieldByName("id").Accessor.SetValue(stranger, "nobody");
            var notFound = (await fixture.Server.GetAsync(unknown)).ShouldBeProblem(404, "id");
            var (_, missing) = await CallAsync(remote, method, stranger);
            missing.Code.ShouldBe(5, method.FullName);
            missing.Message.ShouldBe(notFound);
            missing.Detail<Google.Rpc.ErrorInfo>().ShouldNotBeNull().Metadata["field"].ShouldBe("id");
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ClientProcess.Node)]
    public async Task A_cursor_of_one_protocol_goes_on_in_the_other(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, fixture.Server.GrpcAddress);
        var person = fixture.People[0];
        var path = $"/v1/people/{Uri.EscapeDataString(person)}/ties?limit=2";
        var first = (await fixture.Server.GetAsync(path)).Json;
        var cursor = first.GetProperty("nextCursor").GetString()!;
        var request = new V1.GetTiesRequest { Id = person, Limit = 2, Cursor = cursor };
        var (answers, end) = await remote.CallAsync<V1.GetTiesResponse>(new CallPlan("/networkgraph.v1.People/GetTies", request));
        end.Code.ShouldBe(0, end.Message);
        var second = (await fixture.Server.GetAsync($"{path}&cursor={cursor}")).Json;
        MessageComparison.ShouldBeAs(answers.Single(), second, path);
    }

    private string IdOf(MethodDescriptor method) => fixture.Server.Services.GetRequiredService<OperationTable>().OfMethod(method.Name)!.Id;

    /// <summary>The methods that only read, with the HTTP endpoints that do the same.</summary>
    private List<(MethodDescriptor Method, RouteEndpoint Endpoint)> Reading()
    {
        var endpoints = fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>() is not null
            && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] == "GET")
            .ToDictionary(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);
        return [.. Methods.Where(m => endpoints.ContainsKey(IdOf(m))).Select(m => (m, endpoints[IdOf(m)]))];
    }

    /// <summary>The same question over HTTP and gRPC; one parameter may be given a text that makes no sense.</summary>
    private (string Target, IMessage Request) Ask(
        MethodDescriptor method, RouteEndpoint endpoint, int person, string? wrong = null, string? text = null)
    {
        var request = (IMessage)Activator.CreateInstance(method.InputType.ClrType)!;
        var path = endpoint.RoutePattern.RawText!.TrimEnd('/');
        var query = new List<string>();
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            var isInPath = path.Contains($"{{{field.JsonName}}}", StringComparison.Ordinal);
            if (Value(field, path, person) is not { } value)
            {
                isInPath.ShouldBeFalse($"Say what {field.FullName} is to be asked with.");
                if (field.JsonName != wrong) continue;
                value = ("", "");
            }
            else Set(field, request, value.Field);
            var written = Uri.EscapeDataString(field.JsonName == wrong ? text! : value.Text);
            if (isInPath) path = path.Replace($"{{{field.JsonName}}}", written, StringComparison.Ordinal);
            else query.Add($"{field.JsonName}={written}");
        }
        return (query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", request);
    }

    private static void Set(FieldDescriptor field, IMessage request, object value)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(request, value);
            return;
        }
        var list = (IList)field.Accessor.GetValue(request);
        list.Clear();
        list.Add(value);
    }

    /// <summary>What a parameter is asked with; null for not at all.</summary>
    private (string Text, object Field)? Value(FieldDescriptor field, string path, int person) => field.JsonName switch
    {
        "from" => At(DemoServer.AsOf.AddYears(-1)),
        "asOf" or "to" when field.FieldType == FieldType.Message => At(DemoServer.AsOf),
        "id" when path.Contains("/venues/", StringComparison.Ordinal) => Same(fixture.Venues[person]),
        "id" => Same(fixture.People[person * 7]),
        "other" => Same(fixture.Partners[fixture.People[person * 7]]),
        "to" => Same(fixture.People[person * 7 + 1]),
        "report" => Same(DemoServer.Report),
        "subscription" => Same(DemoServer.Subscription),
        "interaction" => Same(fixture.Interaction),
        "batch" => Same(DemoServer.Batch),
        "fromOrganisation" => Same(fixture.Organisation),
        "limit" => ("20", 20),
        _ => null,
    };

    private static (string, object) At(DateTimeOffset time) =>
        (time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), Timestamp.FromDateTimeOffset(time));

    private static (string, object) Same(string text) => (text, text);

    /// <summary>Parameters that make no sense: the field, its name, the text over HTTP, the value over gRPC.</summary>
    private static IEnumerable<(FieldDescriptor Field, string Parameter, string Text, object Value)> Wrong(MethodDescriptor method)
    {
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            switch (field.JsonName)
            {
                case "asOf":
                    var future = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);
                    yield return (field, "asOf", "2999-01-01T00:00:00Z", Timestamp.FromDateTimeOffset(future));
                    break;
                case "limit" or "k" or "maxHops":
                    yield return (field, field.JsonName, "0", 0);
                    break;
                case "cursor":
                    yield return (field, "cursor", "nonsense", "nonsense");
                    break;
                case "id" or "other":
                    yield return (field, field.JsonName, "a\nb", "a\nb");
                    break;
            }
        }
    }

    private static async Task<(IMessage? Answer, CallEnd End)> CallAsync(RemoteClient remote, MethodDescriptor method, IMessage request)
    {
        var (answers, end) = await remote.CallAsync(
            new CallPlan($"/{method.Service.FullName}/{method.Name}", request), method.OutputType.Parser);
        return (answers.SingleOrDefault(), end);
    }
}
