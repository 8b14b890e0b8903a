using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Http;

/// <summary>The OpenAPI document: parameters from their definitions, problems on every operation.</summary>
internal static class Documentation
{
    private static readonly Dictionary<string, (string Description, string Example)> s_pathParameters = new()
    {
        ["id"] = ("The person's id, percent-encoded once, '/' as %2F. Any spelling of it: answers show the canonical one.",
            "ada@example.org"),
        ["suggestion"] = ("The suggestion's id.", "YWRhQGEub3JnCmFkYUBiLm9yZw"),
        ["interaction"] = ("The interaction's id, percent-encoded once, '/' as %2F.", "m-1"),
        ["batch"] = ("The import's id, percent-encoded once, '/' as %2F.", "mail-2026-11"),
        ["ask"] = ("The ask's id, as the list of asks has it.", "a-0123456789abcdef01234567"),
        ["subscription"] = ("The webhook's id.", "sub-0123456789abcdef01234567"),
        ["nudge"] = ("The nudge's id, as the list of nudges has it.", "0123456789abcdef"),
        ["report"] = ("The report's id.", "r-0123456789abcdef01234567"),
        ["other"] = ("The other person's id, percent-encoded once, '/' as %2F. Any spelling of it.", "grace@example.org"),
    };

    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        // HEAD is answered wherever GET is, and needs no words of its own.
        document.ShouldInclude = description => description.HttpMethod != HttpMethods.Head;
        document.AddDocumentTransformer((api, _, _) =>
        {
            api.Info = new OpenApiInfo
            {
                Title = "NetworkGraph",
                Version = "v1",
                Description = "Social-graph analytics for professional relationships: send interactions, ask who has a real "
                    + "relationship with whom, which ties go cold, and who can introduce whom. Errors are problem details (RFC 9457).",
            };
            // Relative: the document is right wherever the server is reached.
            api.Servers = [new OpenApiServer { Url = "/" }];
            AddSecurity(api);
            PropertyDescriptions.Apply(api);
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer((schema, context, _) =>
        {
            RequireWhatIsAlwaysWritten(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
        document.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().FirstOrDefault() is not { } declared)
                return Task.CompletedTask;
            operation.Description += $" Where keys are configured, this needs {declared.Access!.Needed()}.";
            AddParameters(operation, declared);
            return Task.CompletedTask;
        });
    });

    /// <summary>Every field of an answer is there, also one without a value; only what is sent to us may leave fields out.</summary>
    private static void RequireWhatIsAlwaysWritten(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object || schema.Properties is null || type.Type == typeof(Profile)) return;
        // In an order of its own: that of the properties of a type with a base depends on what was asked for first.
        schema.Required = new SortedSet<string>(schema.Required ?? Enumerable.Empty<string>(), StringComparer.Ordinal);
        foreach (var property in type.Properties)
            if (property is { Get: not null, ShouldSerialize: null } && schema.Properties.ContainsKey(property.Name))
                schema.Required.Add(property.Name);
    }

    private static void AddSecurity(OpenApiDocument api)
    {
        api.Components ??= new OpenApiComponents();
        api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key, made with the verb 'keys create'. Asked for where keys are configured.",
            },
            ["header"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "The same key."
            },
        };
        // One of them, or none: without keys configured none is asked for.
        api.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", api)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("header", api)] = [] },
            new OpenApiSecurityRequirement(),
        ];
    }

    private static void AddParameters(OpenApiOperation operation, Operation declared)
    {
        operation.Parameters ??= [];
        foreach (var (name, (description, example)) in s_pathParameters)
        {
            if (!declared.Route.Contains($"{{{name}}}", StringComparison.Ordinal)) continue;
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = InteractionRules.MaxIdChars },
                Example = JsonValue.Create(example),
            });
        }
        foreach (var parameter in declared.Takes)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
                Example = ExampleOf(parameter),
            });
        }
    }

    /// <summary>The example in the type of the parameter.</summary>
    private static JsonNode? ExampleOf(QueryParameter parameter) => parameter.Example is not { } example ? null
        : parameter.IsRepeatable ? new JsonArray(JsonValue.Create(example))
        : parameter.ShareDefault is not null ? JsonValue.Create(double.Parse(example, System.Globalization.CultureInfo.InvariantCulture))
        : JsonValue.Create(example);

    private static OpenApiSchema SchemaOf(QueryParameter parameter)
    {
        if (parameter.Range is { } range)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = $"{range.Min}",
                Maximum = $"{range.Max}",
                Default = JsonValue.Create(range.Default),
            };
        }
        if (parameter.ShareDefault is { } share)
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Number,
                Format = "double",
                Minimum = "0",
                Maximum = "1",
                Default = JsonValue.Create(share)
            };
        if (parameter.IsRepeatable)
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = parameter.Words?.Select(w => (JsonNode)JsonValue.Create(w)).ToList()
                },
                MaxItems = parameter.MaxTimes
            };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = parameter.IsTime ? "date-time" : null,
            Enum = parameter.Words?.Select(w => (JsonNode)JsonValue.Create(w)).ToList(),
        };
    }
}
