namespace NetworkGraph.Server.Tests.Http;

public sealed class DescribedPropertyTests(SmallNetworkServer fixture) : IClassFixture<SmallNetworkServer>
{
    [Fact]
    public async Task Every_property_of_every_schema_has_a_description()
    {
        var schemas = (await fixture.Server.GetAsync("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas");
        var missing = new List<string>();
        foreach (var schema in schemas.EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties)) continue;
            foreach (var property in properties.EnumerateObject())
                if (!property.Value.TryGetProperty("description", out var text) || text.GetString() is not { Length: > 0 })
                    missing.Add($"{schema.Name}.{property.Name}");
        }
        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_of_the_api_is_served_from_here()
    {
        var page = await fixture.Server.GetAsync("/docs/");
        page.Status.ShouldBe(200);
        page.Body.ShouldContain("scalar", Case.Insensitive);
        page.Body.ShouldContain("openapi/");
        page.Body.ShouldNotContain("https://cdn");
    }
}
