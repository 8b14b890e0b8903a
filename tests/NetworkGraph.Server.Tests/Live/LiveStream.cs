using System.Net.Http.Headers;
using System.Text.Json;

namespace NetworkGraph.Server.Tests.Live;

/// <summary>A client of the live feed.</summary>
internal sealed class LiveStream : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private LiveStream(HttpClient http, HttpResponseMessage response, StreamReader reader) =>
        (_http, _response, _reader) = (http, response, reader);

    public HttpResponseMessage Response => _response;

    /// <summary>The id of the event heard last.</summary>
    public string? LastId { get; private set; }

    public static async Task<LiveStream> OpenAsync(Uri server, string? key, string? lastEventId = null)
    {
        var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/v1/live"));
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return new LiveStream(http, response, new StreamReader(stream));
    }

    /// <summary>The next event; null where the feed has ended. Comments are passed over.</summary>
    public async Task<(string Name, JsonElement Data)?> NextAsync()
    {
        var name = "";
        while (await Until.DoneAsync(
            "a line of the live feed", _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) return (name, JsonDocument.Parse(line[6..]).RootElement);
        }
        return null;
    }

    /// <summary>The next event of that name.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        while (await NextAsync() is { } told)
            if (told.Name == name) return told.Data;
        throw new InvalidOperationException($"The feed ended without '{name}'.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
