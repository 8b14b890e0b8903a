using Microsoft.AspNetCore.Diagnostics;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Http;

/// <summary>Gives problem details to what the framework would answer with a bare status, and to faults.</summary>
internal static class ProblemPages
{
    public static void UseProblemPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerFault,
            SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or LogUnavailableException,
        });
        app.UseStatusCodePages(page => new ProblemResult(OfStatus(page.HttpContext)).ExecuteAsync(page.HttpContext));
    }

    private static Task AnswerFault(HttpContext http)
    {
        // What went wrong inside is logged by the framework, and kept from callers.
        var problem = http.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad =>
                Problem.From(OutcomeTable.OfHttpStatus(bad.StatusCode), bad.Message) with { Status = bad.StatusCode },
            LogUnavailableException unavailable => http.RequestServices.GetRequiredService<UnavailableLog>().Answer(unavailable),
            _ => Problem.From(Outcome.Internal, "The server failed to answer this request. Its log says why."),
        };
        return new ProblemResult(problem).ExecuteAsync(http);
    }

    private static Problem OfStatus(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var outcome = OutcomeTable.OfHttpStatus(status);
        var detail = status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this path. /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"This path takes {http.Response.Headers.Allow}, not {http.Request.Method}.",
            StatusCodes.Status415UnsupportedMediaType => $"The content type '{http.Request.ContentType}' is not supported here.",
            _ => $"The request was answered with status {status}.",
        };
        var parameter = status == StatusCodes.Status415UnsupportedMediaType ? "Content-Type" : null;
        return Problem.From(outcome, detail, parameter) with { Status = status };
    }
}
