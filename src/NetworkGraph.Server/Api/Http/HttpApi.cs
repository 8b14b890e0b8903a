using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Http;

/// <summary>Serves operations over HTTP: reads what is asked, runs the operation, and writes what it is answered with as JSON.</summary>
internal static class HttpApi
{
    /// <summary>Stands for the handler in OpenAPI, where parameters and answers come from the operation.</summary>
    private static readonly MethodInfo s_described = typeof(HttpApi)
        .GetMethod(nameof(Described), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly int[] s_problems =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
            StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable,
    ];

    public static void MapHttpApi(this IEndpointRouteBuilder routes)
    {
        foreach (var operation in routes.ServiceProvider.GetRequiredService<OperationTable>().All) routes.MapOperation(operation);
    }

    public static void MapOperation(this IEndpointRouteBuilder routes, Operation operation)
    {
        var accepted = new AcceptedQuery(operation.Takes);
        var endpoint = routes.MapMethods(operation.Route, [operation.HttpMethod], http => AnswerAsync(http, operation, accepted));
        endpoint.WithName(operation.Id).WithSummary(operation.Summary).WithDescription(operation.Description).WithTags(operation.Tag)
            .WithMetadata(s_described);
        endpoint.WithMetadata([.. OperationMetadata.Of(operation)]);
        if (operation.Body is { } body) endpoint.WithMetadata(new AcceptsMetadata(body.ContentTypes, body.Type));
        foreach (var status in s_problems)
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.ContentType]));
        foreach (var answer in operation.Answers)
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(answer.Status, answer.Type, [answer.ContentType]));
        if (operation.MayBeNotFound)
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status404NotFound, typeof(Problem), [Problem.ContentType]));
        operation.Conventions?.Invoke(endpoint);
    }

    private static async Task AnswerAsync(HttpContext http, Operation operation, AcceptedQuery accepted)
    {
        if (accepted.FirstProblem(http.Request.Query) is { } refused) await new ProblemResult(refused).ExecuteAsync(http);
        else if (operation.HttpHandler is { } handler) await (await handler(http)).ExecuteAsync(http);
        else
        {
            var body = operation.TakesBody ? await JsonBody.ReadAsync(http) : JsonBody.None;
            var reply = await operation.RunAsync(new RequestParameters(http), body, http.RequestServices, http.RequestAborted);
            AccessNotes.Note(http, operation, reply);
            await SendAsync(http, reply);
        }
    }

    private static Task SendAsync(HttpContext http, Reply reply)
    {
        if (reply.Problem is { } problem) return new ProblemResult(problem).ExecuteAsync(http);
        var type = AnswersJson.Plain.GetTypeInfo(reply.Answer!.GetType())!;
        return DatedAnswer.IsAskedFor(http.Request)
            ? DatedAnswer.SendAsync(http, reply.Answer, type)
            : http.Response.WriteAsJsonAsync(reply.Answer, type, null, http.RequestAborted);
    }

    private static void Described()
    {
    }
}
