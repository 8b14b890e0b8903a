using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Bodies;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>
/// A request's body of any size, read and appended in batches while it arrives, and answered when all of it is durable.
/// A line that is wrong is rejected, the others are kept.
/// </summary>
/// <param name="append">Makes records durable.</param>
/// <param name="time">The clock.</param>
/// <param name="options">How much is read at once.</param>
/// <param name="tally">Counts what becomes of the lines.</param>
internal sealed class BodyIngest(LogAppend append, TimeProvider time, IngestOptions options, IngestTally tally)
{
    /// <summary>What came before the body's end is said by this; null where it could be read and taken to its end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="open">The body's rows, of its decompressed bytes; disposed of here.</param>
    public async Task<IResult?> RunAsync(HttpContext http, Func<Stream, RowLimits, IRowSource> open)
    {
        if (BodyFormats.Decompressed(http.Request, options.Gzip, time) is not { } body)
        {
            http.Response.Headers.AcceptEncoding = "gzip";
            return new ProblemResult(Problem.From(Outcome.UnsupportedMediaType,
                "The Content-Encoding is not supported: a body is sent with gzip or without compression.", HeaderNames.ContentEncoding));
        }
        if (http.Request.ContentLength > options.Limits.MaxBytes)
        {
            tally.Unreadable = new Unreadable(
                1, InteractionFields.Line, $"is larger than {options.Limits.MaxBytes} bytes")
            { IsTooLarge = true };
            return Ended();
        }
        AllowAnySize(http, options.Limits.MaxBytes);
        var rows = open(body, options.Limits);
        using (rows as IDisposable)
            await new IngestPipeline(append.AppendAsync, time, PipelineOf(http.Request))
                .RunAsync(rows, tally, http.RequestAborted, http.RequestAborted);
        return Ended();
    }

    private IngestPipelineOptions PipelineOf(HttpRequest request) =>
        options.Pipeline.Pace is not null && BodyFormats.Of(request).Format is BodyFormat.Json
            ? options.Pipeline with { Pace = options.DocumentPace } : options.Pipeline;

    /// <summary>The server's own limit is for bodies that are held in memory, which this one is not.</summary>
    private static void AllowAnySize(HttpContext http, long maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = maxBytes;
    }

    private IResult? Ended()
    {
        // The caller has gone.
        if (tally.WasStopped) return Results.StatusCode(OutcomeTable.HttpStatus(Outcome.Cancelled));
        if (tally.Unreadable is { } unreadable)
        {
            var isTooLarge = unreadable.IsTooLarge
                || unreadable.Cause is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            var where = tally.Lines > 0 || unreadable.Line > 1 ? $" at line {unreadable.Line}" : "";
            var what = unreadable switch
            {
                { IsEmpty: true } => "The body is empty.",
                { Cause: { } cause } => $"The body could not be parsed past{where}: {cause.Message}",
                { Field: InteractionFields.Line } => $"The body could not be parsed past{where}: it {unreadable.Reason}.",
                _ => $"The body could not be parsed past{where}: {unreadable.Field} {unreadable.Reason}.",
            };
            var problem = IngestProblem.From(isTooLarge ? Outcome.TooLarge : Outcome.InvalidArgument, $"{what} {Kept()}", tally);
            return new IngestResult(problem with { Line = unreadable.Line, Field = unreadable.Field });
        }
        if (tally.OverloadedAtLine == 0) return null;
        var detail = $"More is being sent than can be made durable now; nothing was kept from line {tally.OverloadedAtLine} on. {Kept()}";
        return new IngestResult(IngestProblem.From(Outcome.Overloaded, detail, tally) with { Line = tally.OverloadedAtLine });
    }

    private string Kept() => tally.HasKept
        ? $"Kept: {tally.Accepted} accepted and {tally.Duplicates} duplicates. Sending all of it again is safe: it ends as if it "
        + $"had been sent once."
        : "Nothing of it was kept.";
}

/// <summary>In which form a body of interactions can come.</summary>
internal enum BodyFormat
{
    /// <summary>One object or an array.</summary>
    Json,
    Ndjson,
    Csv,
}

/// <summary>What the headers say of a body.</summary>
internal static class BodyFormats
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";

    private static readonly string s_accepted =
        $"{Json} (an object or an array), {Ndjson} (also application/ndjson, application/jsonl) or {Csv}, in UTF-8";

    /// <summary>The format, or why it is not supported.</summary>
    public static (BodyFormat Format, Problem? Problem) Of(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return Refuse($"The request has no Content-Type; it must be {s_accepted}.");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return Refuse($"The Content-Type could not be parsed; it must be {s_accepted}.");
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.HasValue && !IsUtf8(charset.Value))
            return Refuse($"The charset '{charset.Value}' is not supported: the body must be in UTF-8.");
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            Json => (BodyFormat.Json, null),
            Ndjson or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => (BodyFormat.Ndjson, null),
            Csv => (BodyFormat.Csv, null),
            _ => Refuse($"The Content-Type '{type.MediaType}' is not supported; it must be {s_accepted}."),
        };
    }

    /// <summary>The body as it was before compression; null where it is compressed in a way that is not read here.</summary>
    public static Stream? Decompressed(HttpRequest request, GzipLimits limits, TimeProvider time)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return request.Body;
        return encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
            ? new BoundedGzipStream(request.Body, limits, time)
            : null;
    }

    // ASCII is UTF-8 too.
    private static bool IsUtf8(string charset) => charset.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";

    private static (BodyFormat, Problem?) Refuse(string detail) =>
        (default, Problem.From(Outcome.UnsupportedMediaType, detail, HeaderNames.ContentType));
}
