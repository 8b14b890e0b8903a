using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Verbs;

/// <summary>Appends to a running server's log, as NDJSON over HTTP.</summary>
internal sealed class ServerAppend(HttpClient http, string? batch) : IDisposable
{
    /// <summary>An answer lists at most so many rejected lines, so that all are listed where no more are sent.</summary>
    public const int MaxRecords = IngestTally.MaxListed;

    private static readonly TimeSpan s_tryAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true };

    private readonly string _interactions = batch is null ? "v1/interactions" : "v1/interactions?batch=" + Uri.EscapeDataString(batch);

    public void Dispose() => http.Dispose();

    /// <exception cref="ImportFailedException">The server refuses, or cannot be reached.</exception>
    public async ValueTask<AppendAnswer> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var people = Where(records, isProfile: true);
        if (people.Length == 0) return await PostAsync(_interactions, records, cancellation);
        if (people.Length == records.Count) return await PostAsync("v1/people", records, cancellation);
        var interactions = Where(records, isProfile: false);
        var first = await PostAsync(_interactions, [.. interactions.Select(i => records[i])], cancellation);
        if (first.TryAgainAfter is not null) return first;
        var second = await PostAsync("v1/people", [.. people.Select(i => records[i])], cancellation);
        // What the first request wrote is a duplicate when both are sent again.
        if (second.TryAgainAfter is not null) return second;
        var rejected = first.Rejected.Select(n => n with { Index = interactions[n.Index] })
            .Concat(second.Rejected.Select(n => n with { Index = people[n.Index] }));
        return new AppendAnswer(
            first.Accepted + second.Accepted, first.Duplicates + second.Duplicates, [.. rejected.OrderBy(n => n.Index)]);
    }

    private static int[] Where(IReadOnlyList<LogRecord> records, bool isProfile) =>
        [.. Enumerable.Range(0, records.Count).Where(i => records[i] is ProfileChanged == isProfile)];

    private async ValueTask<AppendAnswer> PostAsync(string path, IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        using var body = new ByteArrayContent(Lines(records));
        body.Headers.ContentType = new MediaTypeHeaderValue(BodyFormats.Ndjson);
        try
        {
            using var response = await http.PostAsync(path, body, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                return AppendAnswer.Nothing with { TryAgainAfter = response.Headers.RetryAfter?.Delta ?? s_tryAgainAfter };
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity
                ? Read(answer, records.Count)
                : throw new ImportFailedException($"The server answered {(int)response.StatusCode}: {Detail(answer)}");
        }
        catch (Exception failed) when (
            failed is HttpRequestException or JsonException || failed is OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            throw new ImportFailedException($"The server at {http.BaseAddress} cannot be reached or understood: {failed.Message}", failed);
        }
    }

    private static byte[] Lines(IReadOnlyList<LogRecord> records)
    {
        var lines = new ArrayBufferWriter<byte>(records.Count * 200);
        using var writer = new Utf8JsonWriter(lines, s_writing);
        foreach (var record in records)
        {
            if (record is ProfileChanged changed) ProfileJson.Write(writer, changed.Profile);
            else InteractionJson.Write(writer, (Interaction)record);
            writer.Flush();
            writer.Reset();
            lines.Write("\n"u8);
        }
        return lines.WrittenSpan.ToArray();
    }

    private static AppendAnswer Read(byte[] json, int count)
    {
        using var answer = JsonDocument.Parse(json);
        var root = answer.RootElement;
        var conflicts = Number(root, "conflicts");
        var rejected = new List<RejectedRecord>();
        foreach (var line in root.GetProperty("rejected").EnumerateArray())
        {
            var rejection = new Rejection(line.GetProperty("field").GetString() ?? "", line.GetProperty("reason").GetString() ?? "");
            var index = (int)Math.Clamp(line.GetProperty("line").GetInt64() - 1, 0, count - 1);
            rejected.Add(new RejectedRecord(index, conflicts > 0 && rejection == LogAppend.Conflict, rejection));
        }
        return new AppendAnswer(
            (int)Number(root, "accepted"), (int)Number(root, "duplicates"), rejected) { Retracted = (int)Number(root, "retracted") };
    }

    private static long Number(JsonElement answer, string name) => answer.TryGetProperty(name, out var number) ? number.GetInt64() : 0;

    private static string Detail(byte[] problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            return json.RootElement.TryGetProperty("detail", out var detail) ? detail.ToString() : "no reason given";
        }
        catch (JsonException)
        {
            return "no reason given";
        }
    }
}

/// <summary>An import cannot go on, for a reason outside of the file.</summary>
internal sealed class ImportFailedException(string message, Exception? inner = null) : Exception(message, inner);
