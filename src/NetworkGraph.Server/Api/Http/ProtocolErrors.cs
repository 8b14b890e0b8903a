using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using NetworkGraph.Server.Api.Outcomes;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// Requests that break HTTP itself (a target with %00, a bad header) never reach the pipeline: Kestrel answers an empty
/// status and closes the connection. It announces each on its diagnostic source first; this answers with problem details in
/// its stead.
/// </summary>
internal sealed class ProtocolErrors : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string BadRequestEvent = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private readonly IDisposable _subscription;

    public ProtocolErrors(DiagnosticListener source) => _subscription = source.Subscribe(this, name => name == BadRequestEvent);

    /// <summary>Makes the connections of an address able to have such requests answered.</summary>
    public static void ExplainOn(ListenOptions listen) => listen.Use(next => connection =>
    {
        var output = new ReplaceableOutput(connection.Transport.Output);
        connection.Features.Set(output);
        connection.Transport = new Transport(connection.Transport.Input, output);
        return next(connection);
    });

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != BadRequestEvent || value.Value is not IFeatureCollection features) return;
        if (features.Get<IHttpResponseFeature>() is not { HasStarted: false } || features.Get<ReplaceableOutput>() is not { } output)
            return;
        if (features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error) output.Replace(AnswerTo(error));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription.Dispose();

    private static byte[] AnswerTo(BadHttpRequestException error)
    {
        // Kestrel keeps the target to itself here, so the reason can only name what is refused in one.
        var detail = error.Message.StartsWith("Invalid request target", StringComparison.Ordinal)
            ? "The request target cannot be read: an id must not have a control character (U+0000), and what is not ASCII "
            + "is percent-encoded."
            : error.Message;
        var problem = Problem.From(OutcomeTable.OfHttpStatus(error.StatusCode), detail) with { Status = error.StatusCode };
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Plain.Problem);
        var head = string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {error.StatusCode} {ReasonPhrases.GetReasonPhrase(error.StatusCode)}\r\n"
            + $"Content-Type: {Problem.ContentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private sealed class Transport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    /// <summary>A connection's output; once replaced, what is written after goes nowhere.</summary>
    private sealed class ReplaceableOutput(PipeWriter inner) : PipeWriter
    {
        private byte[]? _nowhere;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public void Replace(byte[] answer)
        {
            if (_nowhere is not null) return;
            answer.CopyTo(inner.GetSpan(answer.Length));
            inner.Advance(answer.Length);
            _nowhere = new byte[4096];
        }

        public override void Advance(int bytes)
        {
            if (_nowhere is null) inner.Advance(bytes);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (_nowhere is null) return inner.GetMemory(sizeHint);
            if (_nowhere.Length < sizeHint) _nowhere = new byte[sizeHint];
            return _nowhere;
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => _nowhere is null ? inner.GetSpan(sizeHint) : GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
