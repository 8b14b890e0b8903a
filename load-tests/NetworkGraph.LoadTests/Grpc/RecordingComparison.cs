using System.Diagnostics;
using System.Text.Json;
using NetworkGraph.LoadTests.Http;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>
/// How many interactions become durable a second: NDJSON requests one after the other on each connection, beside messages of
/// RecordStream without waiting, which is what each is made for. All that a step sends is made before its clock starts, so that
/// the sender does no more than send; what it costs is reported besides, since it shares the machine with the server. Each step is
/// about people of its own, so that no step finds a denser network than the one before it. After each
/// step the server is left alone until it shows all it has taken. Steps take turns, each protocol first in every other round;
/// medians over the rounds.
/// </summary>
internal sealed class RecordingComparison(
    HttpClient http, Uri grpcServer, Func<CancellationToken, Task<ServerUse>> lookAsync, GrpcComparisonOptions options,
    Func<Task> untilVisible)
{
    /// <summary>Whose seeds no step has.</summary>
    private const int WarmUp = 999;

    private static readonly DateTimeOffset s_until = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);
    private static readonly Uri s_interactions = new("v1/interactions", UriKind.Relative);

    /// <summary>Sends so many messages over each, as fast as they are taken.</summary>
    public async Task WarmUpAsync(int messages, CancellationToken cancellation)
    {
        foreach (var grpc in new[] { true, false }) await SendAsync(grpc, Bodies(grpc, WarmUp, messages), cancellation);
        await untilVisible();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var steps = new Dictionary<bool, List<Step>> { [false] = [], [true] = [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var grpc in round % 2 == 0 ? new[] { false, true } : [true, false])
                steps[grpc].Add(await StepAsync(grpc, round, cancellation));
        }
        var table = new Table().AddColumns(
            "recording", "durable interactions/s (median)", "of all rounds", "processor of the server until durable, µs an interaction",
                "until folded", "allocated there until durable, bytes", "processor of the sender, µs");
        foreach (var (grpc, all) in steps)
        {
            table.AddRow(
                NameOf(grpc), $"{Median(all, s => s.Rate):N0}", string.Join(", ", all.Select(s => $"{s.Rate:N0}")),
                Cost(all, s => s.UntilDurableUs), Cost(all, s => s.UntilFoldedUs), $"{Median(all, s => s.AllocatedBytes):N0}",
                    Cost(all, s => s.SenderUs));
        }
        AnsiConsole.Write(table);
        var pairs = steps[true].Zip(steps[false], (grpc, ndjson) => grpc.Rate / ndjson.Rate).Order().ToList();
        AnsiConsole.WriteLine(
            $"RecordStream takes {Median(steps[true], s => s.Rate) / Median(steps[false], s => s.Rate):F2} times the interactions of "
                + $"NDJSON (by rounds: {string.Join(", ", pairs.Select(p => $"{p:F2}"))})");
    }

    private static string NameOf(bool grpc) => grpc ? "RecordStream" : "NDJSON";

    private static double Median(List<Step> steps, Func<Step, double> of) => GrpcComparison.Median(steps.Select(of));

    private static string Cost(List<Step> steps, Func<Step, double?> of) =>
        steps.All(s => of(s) is not null) ? $"{GrpcComparison.Median(steps.Select(s => of(s)!.Value)):F2}" : "";

    private static TimeSpan SenderTime() => Environment.CpuUsage.TotalTime;

    private async Task<Step> StepAsync(bool grpc, int round, CancellationToken cancellation)
    {
        var bodies = Bodies(grpc, round, options.Messages);
        GC.Collect();
        var before = await lookAsync(cancellation);
        var (senderBefore, started) = (SenderTime(), Stopwatch.GetTimestamp());
        var accepted = await SendAsync(grpc, bodies, cancellation);
        var (took, sender) = (Stopwatch.GetElapsedTime(started), SenderTime() - senderBefore);
        var durable = await lookAsync(cancellation) - before;
        await untilVisible();
        var folded = await lookAsync(cancellation) - before;
        return new Step(
            accepted / took.TotalSeconds, durable.Processor?.TotalMicroseconds / accepted, folded.Processor?.TotalMicroseconds / accepted,
            (double)durable.AllocatedBytes / accepted, sender.TotalMicroseconds / accepted);
    }

    /// <summary>What each connection sends, all of them together so many messages.</summary>
    private ReadOnlyMemory<byte>[][] Bodies(bool grpc, int round, int messages)
    {
        // A seed of its own for each step: what is sent twice is a duplicate.
        var step = 2 * round + (grpc ? 1 : 0);
        var seed = options.Seed * 2000 + (ulong)step;
        var firstPerson = round == WarmUp ? 0 : options.People * (1 + step);
        return [.. Enumerable.Range(0, options.Connections).Select(stream =>
        {
            Func<int, ReadOnlyMemory<byte>> next = grpc
                ? new InteractionMessages(options.People, seed, stream, s_until, firstPerson).Next
                : new InteractionBodies(options.People, seed, stream, s_until, firstPerson).Next;
            var count = (messages - stream + options.Connections - 1) / options.Connections;
            return Enumerable.Range(0, count).Select(_ => next(options.Batch)).ToArray();
        })];
    }

    /// <summary>Sends all of it; returns how many interactions became durable.</summary>
    private async Task<long> SendAsync(bool grpc, ReadOnlyMemory<byte>[][] bodies, CancellationToken cancellation)
    {
        var accepted = await Task.WhenAll(
            bodies.Select(sent => Task.Run(() => grpc ? StreamAsync(sent, cancellation) : PostAsync(sent, cancellation), cancellation)));
        return accepted.Sum();
    }

    private async Task<long> PostAsync(ReadOnlyMemory<byte>[] bodies, CancellationToken cancellation)
    {
        var accepted = 0L;
        foreach (var body in bodies)
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new("application/x-ndjson");
            using var response = await http.PostAsync(s_interactions, content, cancellation);
            response.EnsureSuccessStatusCode();
            await using var answer = await response.Content.ReadAsStreamAsync(cancellation);
            using var json = await JsonDocument.ParseAsync(answer, default, cancellation);
            accepted += json.RootElement.GetProperty("accepted").GetInt64();
        }
        return accepted;
    }

    private async Task<long> StreamAsync(ReadOnlyMemory<byte>[] frames, CancellationToken cancellation)
    {
        using var connection = new GrpcConnection(grpcServer);
        var (accepted, sent) = (0L, 0);
        await connection.StreamAsync<V1.RecordStreamResponse>(
            GrpcConnection.RecordStream, () => new(sent < frames.Length ? frames[sent++] : default(ReadOnlyMemory<byte>?)), answer =>
                accepted = answer.Accepted, cancellation);
        return accepted;
    }

    /// <summary>What a step came to.</summary>
    /// <param name="Rate">Interactions made durable a second.</param>
    /// <param name="UntilDurableUs">Processor time of the server an interaction, until the last was durable; null where it is not
    /// known.</param>
    /// <param name="UntilFoldedUs">The same until queries saw all of them.</param>
    /// <param name="AllocatedBytes">What the server allocated an interaction, until the last was durable.</param>
    /// <param name="SenderUs">Processor time of the sender an interaction.</param>
    private readonly record struct Step(double Rate, double? UntilDurableUs, double? UntilFoldedUs, double AllocatedBytes, double SenderUs);
}
