using System.CommandLine;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Console;
using ModelContextProtocol.Server;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Assistants;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// <c>mcp</c>: the Model Context Protocol over standard input and output, for an assistant that starts this program. Over a data folder
/// that it
/// opens itself and listens nowhere, or (--server) over a running server's /mcp. Nothing but messages is written to standard output.
/// </summary>
public static class McpVerb
{
    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Where the log lives (default ./data).",
        HelpName = "dir"
    };

    private static readonly Option<string?> s_server = new(
        "--server")
    { Description = "Ask a running server instead of a folder: its address, http://127.0.0.1:5080.", HelpName = "url" };

    private static readonly Option<string?> s_key = new(
        "--key")
    { Description = "With --server: the API key (or NETWORKGRAPH_KEY in the environment).", HelpName = "key" };

    private static readonly Option<string?> s_me = new("--me")
    {
        Description = "Show the assistant this person's side only.",
        HelpName = "id"
    };

    private static readonly Option<bool> s_allowWrites = new(
        "--allow-writes")
    { Description = "Let the assistant write, each change in two steps." };

    public static Command Create()
    {
        var mcp = new Command("mcp", "Answer an assistant (Model Context Protocol) over standard input and output.")
        {
            s_data, LogChoice.Log, LogChoice.Postgres, s_server, s_key, s_me, s_allowWrites,
        };
        mcp.SetAction((parsed, cancellation) => RunAsync(parsed, Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellation));
        return mcp;
    }

    /// <summary>Answers until the input ends.</summary>
    internal static async Task<int> RunAsync(ParseResult parsed, Stream input, Stream output, CancellationToken cancellation)
    {
        if (parsed.GetValue(s_server) is { } server)
            return await ForwardAsync(server, parsed.GetValue(s_key) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_KEY"), input,
                output, cancellation);
        var viewer = Viewer.Admin;
        if (parsed.GetValue(s_me) is { } me)
        {
            if (!PersonId.TryCanonical(me, out var id, out var reason))
            {
                await Console.Error.WriteLineAsync($"--me {reason}.");
                return ExitCodes.Usage;
            }
            viewer = new Viewer(Scopes.None, id);
        }
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(parsed));
        var (options, errors) = ServerOptions.Read(builder.Configuration);
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        if (errors.Count > 0) return ExitCodes.Usage;
        return await AnswerAsync(builder, options, viewer, input, output, TimeProvider.System, cancellation);
    }

    /// <summary>Answers over a folder that is opened for it; it listens nowhere.</summary>
    internal static async Task<int> AnswerAsync(
        WebApplicationBuilder builder, ServerOptions options, Viewer viewer, Stream input, Stream output, TimeProvider time,
            CancellationToken cancellation)
    {
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(new StdioViewer(viewer));
        try
        {
            await using var app = await ServerHost.BuildAsync(builder, options, time, cancellation, services =>
                services.AddSingleton<IServer, NoServer>());
            await app.StartAsync(cancellation);
            await app.Services.GetRequiredService<LogFold>().Ready.WaitAsync(cancellation);
            var server = new McpServerOptions();
            AssistantServer.Configure(server);
            var loggers = app.Services.GetRequiredService<ILoggerFactory>();
            await using (var transport = new StreamServerTransport(input, output, "networkgraph", loggers))
            await using (var session = McpServer.Create(transport, server, loggers, app.Services))
                await session.RunAsync(cancellation);
            await app.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync(ServerFailure.Describe(failure));
            return ExitCodes.Failed;
        }
    }

    /// <summary>Passes each line on to a server's /mcp, and its answers back; the server keeps no session.</summary>
    private static async Task<int> ForwardAsync(string server, string? key, Stream input, Stream output, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync("--server must be an address such as http://127.0.0.1:5080.");
            return ExitCodes.Usage;
        }
        using var http = new HttpClient { BaseAddress = address };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        using var reader = new StreamReader(input);
        await using var writer = new StreamWriter(output) { AutoFlush = true, NewLine = "\n" };
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0) continue;
            using var content = new StringContent(line, System.Text.Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri("/mcp", UriKind.Relative), content, cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
            {
                await Console.Error.WriteLineAsync($"The server answered {(int)response.StatusCode}: {body}");
                if ((int)response.StatusCode is 401 or 403) return ExitCodes.Failed;
                continue;
            }
            foreach (var message in body.Split('\n'))
            {
                if (message.StartsWith("data:", StringComparison.Ordinal)) await writer.WriteLineAsync(message.AsMemory(5).Trim(),
                    cancellation);
                else if (message.StartsWith('{')) await writer.WriteLineAsync(message.AsMemory().Trim(), cancellation);
            }
        }
        return ExitCodes.Done;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult parsed)
    {
        yield return new($"{ServerOptions.Section}:{nameof(ServerOptions.LogLevel)}", "Warning");
        if (parsed.GetValue(s_allowWrites)) yield return new($"{ServerOptions.Section}:{nameof(ServerOptions.AssistantWrites)}", "true");
        if (parsed.GetValue(s_data) is { } data) yield return new($"{ServerOptions.Section}:{nameof(ServerOptions.Data)}", data);
        foreach (var setting in LogChoice.Of(parsed)) yield return setting;
    }

    /// <summary>In place of the web server: nothing is listened to.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
