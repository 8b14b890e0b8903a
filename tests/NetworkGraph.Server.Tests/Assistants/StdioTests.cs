using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs;

namespace NetworkGraph.Server.Tests.Assistants;

/// <summary>The verb mcp: plain JSON-RPC over streams, one message a line.</summary>
public sealed class StdioTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("networkgraph-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task An_assistant_that_starts_the_program_is_answered_over_its_streams()
    {
        var stop = TestContext.Current.CancellationToken;
        var (input, output) = (new Pipe(), new Pipe());
        var options = new ServerOptions { Data = _data.FullName, LogLevel = LogLevel.Error, AssistantWrites = true };
        var running = McpVerb.AnswerAsync(WebApplication.CreateSlimBuilder(), options, Viewer.Admin, input.Reader.AsStream(),
            output.Writer.AsStream(), DayClock.Fixed, stop);
        using var answers = new StreamReader(output.Reader.AsStream());

        await SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"""
            + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
        (await ReadAsync(1)).GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("networkgraph");
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        (await ReadAsync(2)).GetProperty("tools").EnumerateArray().Select(tool =>
            tool.GetProperty("name").GetString()).ShouldContain("record_interaction");
        const string call =
            """{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"record_interaction","arguments":"""
            + """{"from":"ann","to":["bob"],"kind":"message","id":"m-1"CONFIRM}}}""";
        await SendAsync(call.Replace("ID", "3", StringComparison.Ordinal).Replace("CONFIRM", "",
            StringComparison.Ordinal).Replace("\"3\"", "3", StringComparison.Ordinal));
        var token = (await ReadAsync(3)).GetProperty("structuredContent").GetProperty("confirm").GetString();
        await SendAsync(call.Replace("ID", "4", StringComparison.Ordinal).Replace("CONFIRM", $",\"confirm\":\"{token}\"",
            StringComparison.Ordinal));
        (await ReadAsync(4)).GetProperty("structuredContent").GetProperty("answer").GetProperty("recorded").GetString().ShouldBe("m-1");
        await input.Writer.CompleteAsync();
        (await running.WaitAsync(stop)).ShouldBe(0);

        async Task SendAsync(string line)
        {
            await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), stop);
            await input.Writer.FlushAsync(stop);
        }

        async Task<JsonElement> ReadAsync(int id)
        {
            while (await answers.ReadLineAsync(stop) is { } line)
            {
                var message = JsonDocument.Parse(line).RootElement;
                if (!message.TryGetProperty("id", out var of) || of.GetInt32() != id) continue;
                return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(line);
            }
            throw new InvalidOperationException("The output ended.");
        }
    }
}
