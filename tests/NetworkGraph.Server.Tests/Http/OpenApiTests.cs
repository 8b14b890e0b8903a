using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace NetworkGraph.Server.Tests.Http;

public class OpenApiTests(SmallNetworkServer fixture) : IClassFixture<SmallNetworkServer>
{
    [Fact]
    public async Task Every_route_is_described_with_all_its_parameters_and_answers()
    {
        var api = (await fixture.Server.GetAsync("/openapi/v1.json")).Json;
        var paths = api.GetProperty("paths");
        var routes = fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        foreach (var route in routes)
        {
            var path = "/" + route.RoutePattern.RawText!.Trim('/');
            // HEAD is answered wherever GET is.
            foreach (var method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Where(m => !HttpMethods.IsHead(m)))
                CheckOperation($"{method} {path}", path, paths.GetProperty(path).GetProperty(method.ToLowerInvariant()));
        }
    }

    private static void CheckOperation(string name, string path, JsonElement operation)
    {
        operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
        operation.GetProperty("description").GetString().ShouldNotBeNullOrEmpty(name);
        operation.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty(name);
        var parameters = operation.TryGetProperty("parameters", out var given) ? given.EnumerateArray().ToList() : [];
        foreach (var parameter in parameters)
        {
            parameter.GetProperty("description").GetString().ShouldNotBeNullOrEmpty($"{name} {parameter}");
            parameter.TryGetProperty("schema", out _).ShouldBeTrue($"{name} {parameter}");
        }
        var inPath = parameters.Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString())
            .Order();
        inPath.ShouldBe(path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}')).Order(), name);
        var responses = operation.GetProperty("responses");
        responses.GetProperty("200").GetProperty("content").EnumerateObject().ShouldNotBeEmpty(name);
        responses.GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue(name);
    }
}
