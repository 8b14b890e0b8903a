using System.Net.Http.Headers;
using System.Text.Json;

namespace NetworkGraph.LoadTests.Crash;

/// <summary>What came of killing the server: what was acknowledged, what was in doubt, what is stored, and everything wrong.</summary>
/// <param name="Rounds">How often it was killed.</param>
/// <param name="Acknowledged">Interactions acknowledged before a kill.</param>
/// <param name="InDoubt">Interactions sent and not acknowledged when it was killed.</param>
/// <param name="InDoubtStored">Of those, how many turned out to be durable.</param>
/// <param name="Stored">Interactions in the log at the end.</param>
/// <param name="Faults">In words; empty where all is well.</param>
internal sealed record CrashReport(
    int Rounds, long Acknowledged, long InDoubt, long InDoubtStored, long Stored, IReadOnlyList<string> Faults)
{
    public override string ToString() =>
        $"{Rounds} kills, {Acknowledged:N0} interactions acknowledged before them, {InDoubt:N0} in doubt ({InDoubtStored:N0} of them "
            + $"durable), "
        + $"{Stored:N0} stored at the end, {Faults.Count} faults"
            + string.Concat(Faults.Take(20).Select(fault => $"{Environment.NewLine}  {fault}"));
}

/// <summary>
/// Question: does kill -9 lose or double an acknowledged interaction?
/// Method: again and again the server is started on the same folder; several clients send batches without a pause, each a
/// request over HTTP, or each a message of a RecordStream whose acknowledgements count batches while it runs; after a
/// number of acknowledgements that the seed chooses (sometimes none: while it starts) it is killed. After the next start
/// everything of the round before is sent again, over HTTP: what was acknowledged must all come back as duplicates, what was in doubt
/// as accepted or duplicates, and the network must then count each interaction once. At the end the log is exported and
/// every line compared with what was sent.
/// </summary>
internal sealed class CrashRounds(string folder, int rounds, int seed, int clients, bool grpc, TextWriter progress)
{
    private const int MaxAcknowledgements = 60;
    private static readonly TimeSpan s_visibleWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(20);
    private readonly Random _random = new(seed);
    private readonly List<string> _faults = [];
    private List<SentBatch> _sent = [];
    private int _next;
    private long _certain;
    private long _acknowledged;
    private long _inDoubt;
    private long _inDoubtStored;

    public async Task<CrashReport> RunAsync(CancellationToken cancellation)
    {
        var round = 0;
        while (round < rounds && _faults.Count == 0)
        {
            round++;
            await using var server = await ServerUnderTest.StartAsync(folder, cancellation, grpc);
            var moment = _random.Next(8) == 0 ? 0 : _random.Next(1, MaxAcknowledgements);
            if (moment > 0)
            {
                await server.UntilReadyAsync(cancellation);
                await CheckAsync(server, cancellation);
                await SendUntilKilledAsync(server, moment, cancellation);
            }
            server.Kill();
            await progress.WriteLineAsync(
                $"round {round}: killed after {moment} acknowledgements; {_acknowledged:N0} interactions acknowledged, {_inDoubt:N0} in "
                + $"doubt so far");
        }
        await using (var server = await ServerUnderTest.StartAsync(folder, cancellation))
        {
            await server.UntilReadyAsync(cancellation);
            await CheckAsync(server, cancellation);
            var exitCode = await server.StopAsync(cancellation);
            if (exitCode != 0) _faults.Add($"The server ended with {exitCode} when it was asked to.");
        }
        var stored = await CheckExportAsync(cancellation);
        return new CrashReport(round, _acknowledged, _inDoubt, _inDoubtStored, stored, _faults);
    }

    private async Task SendUntilKilledAsync(ServerUnderTest server, int moment, CancellationToken cancellation)
    {
        var sending = new CrashSending(server.Kill, moment, () => CrashBatch.Make(_next++, seed));
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            () => grpc ? CrashStream.SendAsync(server.Grpc, sending, cancellation) : PostAllAsync(server.Http, sending, cancellation),
                cancellation)));
        _sent = [.. sending.Sent];
        _faults.AddRange(sending.Faults);
        var acknowledged = _sent.Where(s => s.IsAcknowledged).Sum(s => (long)s.Batch.Lines.Count);
        _acknowledged += acknowledged;
        _inDoubt += _sent.Sum(s => s.Batch.Lines.Count) - acknowledged;
    }

    private static async Task PostAllAsync(HttpClient http, CrashSending sending, CancellationToken cancellation)
    {
        while (sending.Next() is { } sent)
        {
            // Without an answer in full no one knows what became of it.
            if (await PostAsync(http, sent.Batch, cancellation) is not { } answer) continue;
            if (answer is not { Duplicates: 0, Other: 0 } || answer.Accepted != sent.Batch.Lines.Count)
                sending.Fault($"Batch {sent.Batch.Number} of {sent.Batch.Lines.Count} was answered {answer}.");
            sending.Acknowledge(sent);
        }
    }

    /// <summary>Sends again what the round before sent, and compares what the network counts with what must be there.</summary>
    private async Task CheckAsync(ServerUnderTest server, CancellationToken cancellation)
    {
        foreach (var (batch, isAcknowledged) in _sent.Select(s => (s.Batch, s.IsAcknowledged)))
        {
            var answer = await PostAsync(server.Http, batch, cancellation);
            if (answer is null || answer.Other > 0 || answer.Accepted + answer.Duplicates != batch.Lines.Count)
                _faults.Add($"Batch {batch.Number} of {batch.Lines.Count}, sent again, was answered {answer?.ToString() ?? "by nothing"}.");
            else if (isAcknowledged && answer.Accepted > 0)
                _faults.Add($"Batch {batch.Number} was acknowledged, and {answer.Accepted} of {batch.Lines.Count} were lost.");
            else if (!isAcknowledged)
                _inDoubtStored += answer.Duplicates;
            _certain += batch.Lines.Count;
        }
        _sent.Clear();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_visibleWithin);
        while (true)
        {
            var (position, interactions) = await CountAsync(server.Http, cancellation);
            if (position == _certain && interactions == _certain) return;
            if (position > _certain || limit.IsCancellationRequested)
            {
                _faults.Add($"{_certain} interactions are certain, but the network counts {interactions} at position {position}.");
                return;
            }
            await Task.Delay(s_lookEvery, cancellation);
        }
    }

    /// <summary>Every line of an export is one that was sent, and none is there twice. Returns how many there are.</summary>
    private async Task<long> CheckExportAsync(CancellationToken cancellation)
    {
        var found = new HashSet<(int, int)>();
        var batches = new Dictionary<int, CrashBatch>();
        var (exitCode, errors) = await ServerUnderTest.RunAsync(
            ["export", "--what", "interactions", "--format", "ndjson", "--data", folder], Check, cancellation);
        if (exitCode != 0) _faults.Add($"The export ended with {exitCode}: {errors}");
        if (found.Count != _certain) _faults.Add($"{_certain} interactions are certain, and {found.Count} were exported.");
        return found.Count;

        void Check(string line)
        {
            using var json = JsonDocument.Parse(line);
            var place = CrashBatch.PlaceOf(json.RootElement.GetProperty("id").GetString()!);
            if (!found.Add(place)) _faults.Add($"Interaction {place} is in the log twice.");
            if (!batches.TryGetValue(place.Number, out var batch)) batches[place.Number] = batch = CrashBatch.Make(place.Number, seed);
            if (place.Index >= batch.Lines.Count || batch.Lines[place.Index] != line)
                _faults.Add($"Interaction {place} is not what was sent: {line}");
        }
    }

    private sealed record Answered(long Accepted, long Duplicates, long Other);

    /// <summary>Null where there was no answer, or not all of it.</summary>
    private static async Task<Answered?> PostAsync(HttpClient http, CrashBatch batch, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(batch.Body());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using var response = await http.PostAsync(new Uri("v1/interactions", UriKind.Relative), content, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            using var json = await JsonDocument.ParseAsync(body, default, cancellation);
            var answer = json.RootElement;
            return response.IsSuccessStatusCode
                ? new Answered(Count("accepted"), Count("duplicates"), Count("conflicts") + Count("rejectedCount"))
                : new Answered(0, 0, batch.Lines.Count);

            long Count(string name) => answer.GetProperty(name).GetInt64();
        }
        catch (Exception cutOff) when (cutOff is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private static async Task<(long Position, long Interactions)> CountAsync(HttpClient http, CancellationToken cancellation)
    {
        await using var body = await http.GetStreamAsync(new Uri("v1/network", UriKind.Relative), cancellation);
        using var json = await JsonDocument.ParseAsync(body, default, cancellation);
        return (json.RootElement.GetProperty("position").GetInt64(), json.RootElement.GetProperty("interactions").GetInt64());
    }
}
