using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace NetworkGraph.Server.Outcomes;

/// <summary>
/// Requests that break HTTP itself (a target with %00, a bad header) never reach the pipeline: Kestrel answers an empty
/// status and closes the connection. It announces them on its diagnostic source first, and this gives them a body.
/// </summary>
internal sealed class ProtocolErrors : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string BadRequestEvent = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private readonly IDisposable _subscription;

    public ProtocolErrors(DiagnosticListener source) => _subscription = source.Subscribe(this, name => name == BadRequestEvent);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != BadRequestEvent || value.Value is not IFeatureCollection features) return;
        if (features.Get<IHttpResponseFeature>() is not { HasStarted: false } response || features.Get<IHttpResponseBodyFeature>() is not { } body) return;
        if (features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException error) return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Describe(error, features.Get<IHttpRequestFeature>()), ProblemJson.Default.Problem);
        response.StatusCode = error.StatusCode;
        response.Headers.ContentType = Problem.ContentType;
        response.Headers.ContentLength = bytes.Length;
        response.Headers.Connection = "close";
        // Kestrel holds the connection's loop here, so the few bytes are handed over before it goes on to close.
        bytes.CopyTo(body.Writer.GetSpan(bytes.Length));
        body.Writer.Advance(bytes.Length);
        var flushed = body.Writer.FlushAsync();
        if (!flushed.IsCompleted) flushed.AsTask().GetAwaiter().GetResult();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription.Dispose();

    private static Problem Describe(BadHttpRequestException error, IHttpRequestFeature? request)
    {
        var outcome = OutcomeTable.OfHttpStatus(error.StatusCode);
        if (request?.RawTarget.Contains("%00", StringComparison.Ordinal) == true)
            return Problem.From(Outcome.InvalidArgument, "id has a control character (U+0000)", "id");
        // The message quotes the target, which may hold ids and is the caller's own; it is not logged, only answered.
        return Problem.From(outcome, error.Message) with { Status = error.StatusCode };
    }
}
