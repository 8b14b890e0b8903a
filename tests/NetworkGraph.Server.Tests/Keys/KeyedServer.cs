using System.Net.Http.Headers;
using NetworkGraph.Events;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Keys;

/// <summary>A server that asks for keys, with one key for each scope and for each person that is named.</summary>
internal sealed class KeyedServer : IAsyncDisposable
{
    private readonly Dictionary<string, string> _keys;

    private readonly string _folder;

    private KeyedServer(RunningServer server, Dictionary<string, string> keys, string folder) =>
        (Server, _keys, _folder) = (server, keys, folder);

    public RunningServer Server { get; }

    /// <summary>The scopes there are keys for.</summary>
    public IEnumerable<string> Scopes => _keys.Keys;

    public static Task<KeyedServer> StartAsync(string[] people, params LogRecord[] records) => StartAsync(people, null, records);

    public static Task<KeyedServer> StartAsync(string[] people, TimeProvider? time, params LogRecord[] records) =>
        StartAsync(people, time, static options => options, records);

    public static async Task<KeyedServer> StartAsync(
        string[] people, TimeProvider? time, Func<ServerOptions, ServerOptions> adjust, params LogRecord[] records) =>
        await StartAsync(people, time, adjust, null, records);

    /// <param name="people">Who have keys of their own.</param>
    /// <param name="time">The server's clock; null for a fixed date.</param>
    /// <param name="adjust">Changes the options.</param>
    /// <param name="sameKeys">A server whose key file this one gets a copy of; null for keys of its own.</param>
    /// <param name="records">What is in the log.</param>
    public static async Task<KeyedServer> StartAsync(
        string[] people, TimeProvider? time, Func<ServerOptions, ServerOptions> adjust, KeyedServer? sameKeys, params LogRecord[] records)
    {
        var keys = new Dictionary<string, string>(sameKeys?._keys ?? []);
        var folder = "";
        var server = await RunningServer.StartAsync(options =>
        {
            folder = options.Data;
            if (sameKeys is not null) File.Copy(KeyFile.PathIn(sameKeys._folder), KeyFile.PathIn(folder));
            else foreach (var scope in new[] { "ingest", "analyst", "safety", "admin" }
                .Concat(people.Select(person => ApiKey.PersonScope + person)))
                keys[scope] = AddKey(options.Data, scope);
            return adjust(options);
        }, time: time);
        // What the server's own helpers ask for, they ask for as admin.
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys["admin"]);
        if (records.Length > 0) await server.AppendAsync(records);
        return new KeyedServer(server, keys, folder);
    }

    /// <summary>Makes a key of a data folder, as the verb does.</summary>
    public static string AddKey(string folder, string scope, long? expiresAtMs = null)
    {
        var (key, text) = ApiKey.Create(
            $"for {scope}", ApiKey.ReadScopes([scope], out _)!, DayClock.Fixed.GetUtcNow().ToUnixTimeMilliseconds(), expiresAtMs);
        KeyFile.Change(folder, known => [.. known, key]);
        return text;
    }

    public string KeyOf(string scope) => _keys[scope];

    /// <summary>Asks with the key for a scope; null for none.</summary>
    public Task<Answer> SendAsync(
        string? scope, HttpMethod method, string path, string? body = null, string contentType = "application/json") =>
        SendWithAsync(scope is null ? [] : [("Authorization", $"Bearer {_keys[scope]}")], method, path, body, contentType);

    public Task<Answer> GetAsync(string? scope, string path) => SendAsync(scope, HttpMethod.Get, path);

    public async Task<Answer> SendWithAsync(
        (string Name, string Value)[] headers, HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body) { Headers = { ContentType = new(contentType) } };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        // The live feed never ends; that it began is enough.
        return response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? new Answer((int)response.StatusCode, "text/event-stream", "", new Dictionary<string, string>())
            : await Answer.OfAsync(response);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
