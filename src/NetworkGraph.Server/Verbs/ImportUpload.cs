using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Verbs;

/// <summary>Sends a file to a running server, a folder as a zip archive made on the way, and follows the import there to its end.</summary>
internal sealed class ImportUpload(HttpClient http, ImportArguments arguments, TimeProvider time, TextWriter errors)
{
    private static readonly TimeSpan s_askEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_tryAgainAfter = TimeSpan.FromSeconds(1);

    private long _sent;

    /// <summary>The import as it ended.</summary>
    /// <exception cref="ImportFailedException">The server refuses, or cannot be reached.</exception>
    public async Task<ImportAnswer> RunAsync(CancellationToken cancellation)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        try
        {
            ImportAnswer? answer = null;
            await new ImportProgress(() => ProgressOf(answer), time, errors).ShowAsync(Task.Run(WorkAsync, CancellationToken.None));
            return answer!;

            async Task WorkAsync()
            {
                answer = await SendAsync(cancellation);
                var path = "v1/imports/" + PersonIdSegment.Write(answer.Batch);
                while (answer.State == "running")
                {
                    await Task.Delay(s_askEvery, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (cancellation.IsCancellationRequested)
                    {
                        // What is under way ends; then it is said what had come in.
                        using var stopped = await http.DeleteAsync(path, CancellationToken.None);
                    }
                    using var response = await http.GetAsync(path, CancellationToken.None);
                    answer = await ReadAsync(response);
                }
            }
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException)
        {
            throw new ImportFailedException($"The server at {http.BaseAddress} cannot be reached or understood: {failed.Message}", failed);
        }
    }

    private (long Rows, long Bytes, long OfBytes) ProgressOf(ImportAnswer? answer) =>
        answer?.Progress is { } progress ? (progress.Rows, progress.Bytes, progress.OfBytes) : (0, Interlocked.Read(ref _sent), 0);

    private async Task<ImportAnswer> SendAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var content = Content();
            using var response = await http.PostAsync(
                "v1/imports?" + ImportQuery.Write(arguments.Request, arguments.Settings), content, cancellation);
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                || arguments.File == ImportArguments.StandardInput)
                return await ReadAsync(response);
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? s_tryAgainAfter, time, cancellation);
        }
    }

    private HttpContent Content()
    {
        Interlocked.Exchange(ref _sent, 0);
        HttpContent content = Directory.Exists(arguments.File)
            ? new FolderContent(arguments.File, Sent)
            : new StreamContent(
                arguments.File == ImportArguments.StandardInput ? Console.OpenStandardInput() : File.OpenRead(arguments.File), 1 << 17);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;

        void Sent(long bytes) => Interlocked.Add(ref _sent, bytes);
    }

    private async Task<ImportAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.UnprocessableEntity)
        {
            return JsonSerializer.Deserialize(body, ImportJson.Plain.ImportAnswer)
                ?? throw new ImportFailedException($"The server at {http.BaseAddress} cannot be understood: its answer is empty.");
        }
        throw new ImportFailedException($"The server answered {(int)response.StatusCode}: {Detail(body)}");
    }

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

    /// <summary>A folder as a zip archive, made while it is sent: nothing of it is held.</summary>
    private sealed class FolderContent(string folder, Action<long> sent) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // An archive that cannot be sought in has its lengths behind each file.
            await using var archive = await ZipArchive.CreateAsync(
                stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System,
                IgnoreInaccessible = true
            };
            foreach (var path in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
                await using var file = File.OpenRead(path);
                await using var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
                await file.CopyToAsync(entry, cancellationToken);
                sent(file.Length);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
