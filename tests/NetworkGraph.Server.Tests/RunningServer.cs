using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Tests;

/// <summary>
/// A whole server in this process, on Kestrel and free ports of the loopback, with a log in a folder of its own, on a fixed date
/// where a test gives no clock.
/// </summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private RunningServer(WebApplication app, DirectoryInfo data)
    {
        _app = app;
        _data = data;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First());
        GrpcAddress = new Uri(addresses.Last());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public Uri GrpcAddress { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningServer> StartAsync(
        Func<ServerOptions, ServerOptions>? adjust = null, Action<WebApplication>? map = null, TimeProvider? time = null)
    {
        var data = Directory.CreateTempSubdirectory("networkgraph-");
        var options = new ServerOptions
        {
            Data = data.FullName,
            Urls = "http://127.0.0.1:0",
            GrpcUrls = "127.0.0.1:0",
            LogLevel = LogLevel.Error,
            Network = new() { Models = new() { Learn = false } }
        };
        var builder = WebApplication.CreateSlimBuilder();
        options = adjust?.Invoke(options) ?? options;
        var app = await ServerHost.BuildAsync(builder, options, time ?? DayClock.Fixed, TestContext.Current.CancellationToken);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var server = new RunningServer(app, data);
        await server.UntilAsync("the server is ready", "/health/ready", answer => answer.Status == 200);
        return server;
    }

    /// <summary>Appends to the log and returns when all of it is visible to queries.</summary>
    public async Task AppendAsync(params LogRecord[] records)
    {
        var log = Services.GetRequiredService<IInteractionLog>();
        var receipt = await log.AppendAsync(records, TestContext.Current.CancellationToken);
        receipt.Results.ShouldAllBe(r => r.Outcome == AppendOutcome.Accepted);
        await UntilVisibleAsync();
    }

    /// <summary>Returns when all that is in the log is visible to queries.</summary>
    public Task UntilVisibleAsync() => UntilVisibleAsync(LastPosition);

    /// <summary>Position of the last record that this server knows to be in the log.</summary>
    public long LastPosition => Services.GetRequiredService<IInteractionLog>().LastPosition;

    /// <summary>Returns when the record at a position, whoever wrote it, is visible to queries.</summary>
    public Task UntilVisibleAsync(long position) =>
        UntilAsync($"position {position} is visible", "/v1/network", answer => answer.Status == 200 && answer.Json.GetProperty("position")
            .GetInt64() >= position);

    /// <summary>Returns when the answer at a path is as it should be.</summary>
    public Task UntilAsync(string what, string path, Func<Answer, bool> isSo) =>
        Until.TrueAsync(what, async () => isSo(await GetAsync(path)));

    /// <summary>Stops it as a signal would; returns when it has.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Timers of the libraries end with a stop only, and would keep the whole server in memory.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = new(contentType);
        }
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sends the request line exactly as given, which HttpClient does not: it normalises paths.</summary>
    public async Task<Answer> GetRawAsync(string target, string? host = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host ?? Address.Authority}\r\nConnection: close\r\n\r\n"),
            cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation);
        var parts = text.Split("\r\n\r\n", 2);
        var head = parts[0].Split("\r\n");
        var headers = head[1..].Select(h => h.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        var body = headers.ContainsKey("Transfer-Encoding") ? Unchunk(parts[1]) : parts[1];
        return new Answer(
            int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), headers.GetValueOrDefault("Content-Type"), body, headers);
    }

    private static string Unchunk(string body)
    {
        var whole = new StringBuilder();
        var lines = body.Split("\r\n");
        for (var i = 0; i + 1 < lines.Length && lines[i] != "0"; i += 2) whole.Append(lines[i + 1]);
        return whole.ToString();
    }
}

/// <summary>What a server answered.</summary>
public sealed record Answer(int Status, string? ContentType, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body, headers);
    }

    /// <summary>Asserts problem details that name the parameter (null: none), and returns the detail.</summary>
    public string ShouldBeProblem(int status, string? parameter = null)
    {
        Status.ShouldBe(status, Body);
        ContentType.ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("type").GetString().ShouldNotBeNull().ShouldStartWith("urn:networkgraph:problem:");
        Json.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        (Json.TryGetProperty("parameter", out var named) ? named.GetString() : null).ShouldBe(parameter, Body);
        return Json.GetProperty("detail").GetString().ShouldNotBeNull();
    }
}
