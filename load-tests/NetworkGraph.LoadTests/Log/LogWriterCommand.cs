using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.LoadTests.Log;

/// <summary>
/// The process that is killed. Several writers append small and large batches at once; after each acknowledgement its
/// numbers are printed, so their reader knows what must be there.
/// </summary>
public static class LogWriterCommand
{
    private const int Writers = 4;

    /// <summary>The interaction with a number; the same for everyone who asks.</summary>
    public static Interaction Numbered(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"n-{number}"),
        AtMs = 1_700_000_000_000 + number,
        From = string.Create(CultureInfo.InvariantCulture, $"person{number % 1000}@example.org"),
        To = [string.Create(CultureInfo.InvariantCulture, $"person{1000 + number % 777}@example.org")],
        Kind = InteractionKind.Message,
    };

    public static int NumberOf(string id) => int.Parse(id.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);

    public static async Task<int> RunAsync(string folder, int first, TextWriter acknowledged, CancellationToken cancellation)
    {
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        var next = first;
        var gate = new SemaphoreSlim(1);
        await acknowledged.WriteLineAsync("open");
        await acknowledged.FlushAsync(cancellation);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), cancellation)));
        return 0;

        async Task WriteAsync(int writer)
        {
            var random = new Random(first + writer);
            while (!cancellation.IsCancellationRequested)
            {
                var count = random.Next(8) == 0 ? random.Next(1, 3000) : random.Next(1, 20);
                var from = Interlocked.Add(ref next, count) - count;
                var receipt = await log.AppendAsync([.. Enumerable.Range(from, count).Select(Numbered)], cancellation);
                if (receipt.Results.Any(result => result.Outcome != AppendOutcome.Accepted))
                    throw new InvalidOperationException($"Not all of {count} from {from} were accepted.");
                await gate.WaitAsync(cancellation);
                await acknowledged.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{from} {count}"));
                await acknowledged.FlushAsync(cancellation);
                gate.Release();
            }
        }
    }
}
