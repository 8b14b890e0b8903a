using System.Text.Json;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>What to compare.</summary>
internal sealed record GrpcComparisonOptions
{
    public int People { get; init; } = 10_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>How many requests or messages a step of recording sends.</summary>
    public int Messages { get; init; } = 400;

    /// <summary>Interactions in a request or message.</summary>
    public int Batch { get; init; } = 2000;

    /// <summary>How many send or ask at once without a pause, over either protocol.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>How often recording over HTTP and gRPC take turns.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>How often each query over HTTP and gRPC take turns.</summary>
    public int Slices { get; init; } = 30;
}

/// <summary>
/// Question: is gRPC worth it? Method: against one server, on .NET's own client for both, the same queries and then the same
/// interactions over HTTP and gRPC in turns, so that whatever else the machine does meets both. What is sent first, half over
/// each, is not timed: it is what queries ask about, and it warms both up.
/// </summary>
internal static class GrpcComparison
{
    private const int MessagesBefore = 50;
    private const int CalmLooks = 10;
    private const int TableWidth = 120;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(50);

    /// <param name="server">Where it listens for HTTP.</param>
    /// <param name="grpcServer">Where it listens for gRPC.</param>
    /// <param name="processorTime">What the server has used so far; null where it is not known.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> RunAsync(
        Uri server, Uri grpcServer, Func<TimeSpan>? processorTime, GrpcComparisonOptions options, CancellationToken cancellation)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth);
        using var http = new HttpClient { BaseAddress = server };
        Task<ServerUse> LookAsync(CancellationToken token) => ServerUse.LookAsync(http, processorTime, token);
        var recording = new RecordingComparison(http, grpcServer, LookAsync, options, () => UntilVisibleAsync(http, cancellation));
        await recording.WarmUpAsync(MessagesBefore, cancellation);
        await new QueryComparison(server, grpcServer, LookAsync, options).RunAsync(cancellation);
        await recording.RunAsync(cancellation);
        return 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Returns when the number of records that queries see stands still.</summary>
    private static async Task UntilVisibleAsync(HttpClient http, CancellationToken cancellation)
    {
        for (var (last, calm) = (-1L, 0); calm < CalmLooks;)
        {
            await using var body = await http.GetStreamAsync(new Uri("v1/network", UriKind.Relative), cancellation);
            using var json = await JsonDocument.ParseAsync(body, default, cancellation);
            var position = json.RootElement.GetProperty("position").GetInt64();
            calm = position == last ? calm + 1 : 0;
            last = position;
            await Task.Delay(s_lookEvery, cancellation);
        }
    }
}
