using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>What OpenAPI says of POST /v1/interactions.</summary>
internal static class IngestDocumentation
{
    private const string Description =
        "Takes one interaction, an array of them, NDJSON or CSV (header of field names, recipients separated by ';'), also with "
        + "Content-Encoding: gzip, "
        + "of any size. Answered when all of it is durable. A line that is wrong is rejected and the others are kept: 200 where "
        + "the body was read "
        + "to its end and a line was accepted or a duplicate, 422 with the same answer where none was, 400, 413 or 429 with what "
        + "was kept where it "
        + "could not be read or taken to its end. Sending a body again is safe: an id that is there already with the same content "
        + "is a duplicate and "
        + "changes nothing; with other content it is a conflict, changes nothing either, and is listed in 'rejected' under the "
        + "field 'id', but not "
        + "counted in 'rejectedCount'. Lines count from 1: physical lines of NDJSON and CSV (the header is line 1), elements "
        + "of an array. JSON "
        + "interactions need an id; CSV rows without one get one from their content, the same each time, and equal rows get "
        + "different ones. Fields "
        + "that do not exist are rejected.";

    /// <summary>The body, and the answers of a body that was not read to its end.</summary>
    public static Operation Document(this Operation operation) => operation
        .In("Interactions")
        .Described("Record interactions", Description)
        .Answering<IngestAnswer>().Answering<IngestAnswer>(StatusCodes.Status422UnprocessableEntity)
        .Answering<IngestProblem>(StatusCodes.Status400BadRequest, Problem.ContentType)
        .Answering<IngestProblem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
        .Answering<IngestProblem>(StatusCodes.Status429TooManyRequests, Problem.ContentType)
        .Answering<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        // Not by Accepting(), which would have routing refuse other content types without a word.
        .With(endpoint => endpoint.AddOpenApiOperationTransformer((document, _, _) =>
        {
            document.RequestBody = Body();
            return Task.CompletedTask;
        }));

    private static OpenApiRequestBody Body() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [BodyFormats.Json] = new()
            {
                Schema = new OpenApiSchema
                {
                    OneOf = [Interaction(),
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = Interaction() }]
                },
            },
            [BodyFormats.Ndjson] = new() { Schema = Interaction() },
            ["application/jsonl"] = new() { Schema = Interaction() },
            [BodyFormats.Csv] = new() { Schema = Text("Rows with a header of field names.") },
        },
    };

    private static OpenApiSchema Interaction() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "id", "at", "from", "kind" },
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = Id("Idempotency key."),
            ["at"] = new OpenApiSchema
            {
                Description = "When it happened: RFC 3339, or a number of Unix milliseconds (timeUnit=s: seconds). From 1900 to 24 hours "
                    + "ahead. A number below 100000000000 is refused as seconds by mistake unless timeUnit says otherwise.",
                OneOf = [new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                    new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }],
            },
            ["from"] = Id("Who acted: an id in any spelling, kept in its canonical one (addresses and the hosts of URLs in lower case)."),
            ["to"] = new OpenApiSchema
            {
                Description = "Towards whom; only an attendance has none, an introduction has two.",
                OneOf = [Id("One person."),
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = Id("A person."), MaxItems = InteractionRules.MaxRecipients,
                    UniqueItems = true }],
            },
            ["kind"] = Word("What was done.", WireNames.Kinds, null),
            ["exchange"] = Word("What moved.", WireNames.Exchanges, WireNames.Of(Exchange.None)),
            ["setting"] = Word("In which part of life.", WireNames.Settings, WireNames.Of(Setting.Professional)),
            ["channel"] = Text("Such as email, phone, in-person.", InteractionRules.MaxChannelChars),
            ["venue"] = Text("The event or place it happened at; required for an attendance.", InteractionRules.MaxVenueChars),
            ["inReplyTo"] = Id("The interaction it answers."),
            ["about"] = Id("The third person of an introduction, a referral or gossip; required for a referral."),
            ["personalised"] =
                new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Written for this recipient, not from a template." },
            ["exchangeBy"] = Word(
                "Who says what moved: the sender, or a program that read it out of text that was not kept.", WireNames.ExchangeBys,
                WireNames.Of(ExchangeBy.Sender)),
            ["exchangeConfidence"] =
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Number,
                    Minimum = "0",
                    Maximum = "1",
                    Description = "How sure the reader was; with exchangeBy 'reader' only."
                },
            ["series"] = Text("The recurring event that this is an occurrence of.", InteractionRules.MaxSeriesChars),
            ["batch"] = Text("The import it came with; no part of the content.", InteractionRules.MaxBatchChars),
            ["lengthSeconds"] = new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Description = "Of a call or meeting." },
        },
    };

    private static OpenApiSchema Id(string description) => Text(description, InteractionRules.MaxIdChars);

    private static OpenApiSchema Text(string description, int? maxChars = null) =>
        new() { Type = JsonSchemaType.String, Description = description, MinLength = maxChars is null ? null : 1, MaxLength = maxChars };

    private static OpenApiSchema Word(string description, IEnumerable<string> words, string? otherwise) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = [.. words.Select(w => (JsonNode)JsonValue.Create(w))],
        Default = otherwise is null ? null : JsonValue.Create(otherwise),
    };
}
