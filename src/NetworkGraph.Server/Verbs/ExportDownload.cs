using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Verbs.Export;

namespace NetworkGraph.Server.Verbs;

/// <summary>An export that a running server writes while it serves.</summary>
internal sealed class ExportDownload(Uri server, string? key, TimeProvider time)
{
    /// <summary>Returns how many bytes came.</summary>
    /// <exception cref="ImportFailedException">The server refuses.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached, or broke off.</exception>
    public async Task<long> WriteAsync(ExportRequest request, Stream to, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server };
        http.Timeout = Timeout.InfiniteTimeSpan;
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var response = await http.GetAsync("v1/export?" + QueryOf(request), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new ImportFailedException(
                $"The server answered {(int)response.StatusCode}: {Detail(await response.Content.ReadAsByteArrayAsync(cancellation))}");
        using var line = new ProgressLine(time);
        await using var from = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[1 << 17];
        var written = 0L;
        for (int count; (count = await from.ReadAsync(buffer, cancellation)) > 0; written += count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            line.Show("Bytes received", written, written);
        }
        return written;
    }

    private static string QueryOf(ExportRequest request)
    {
        var query = new List<string> { $"what={ExportFormats.NameOf(request.Content)}", $"format={ExportFormats.NameOf(request.Format)}" };
        if (request.AsOfMs is { } asOf) query.Add($"asOf={Uri.EscapeDataString(Rfc3339.Format(asOf))}");
        if (request.Person is { } person) query.Add($"person={Uri.EscapeDataString(person)}");
        if (request.IsDirected) query.Add("directed=true");
        if (request.IsDynamic) query.Add("dynamic=true");
        return string.Join('&', query);
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
            return string.Create(CultureInfo.InvariantCulture, $"no reason given, in {problem.Length} bytes");
        }
    }
}
