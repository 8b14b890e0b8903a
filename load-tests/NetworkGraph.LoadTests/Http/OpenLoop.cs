using System.Diagnostics;

namespace NetworkGraph.LoadTests.Http;

/// <summary>
/// Sends at a fixed rate, whether or not answers come back, and measures each answer from when its request was due: a
/// server that stalls is charged for all requests it kept waiting, also for those that were not sent yet.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs for <paramref name="duration"/> at <paramref name="ratePerSecond"/>; ends when the last answer is in.</summary>
    /// <param name="ratePerSecond">Requests per second, above 0.</param>
    /// <param name="duration">How long to send.</param>
    /// <param name="maxInFlight">Beyond this many unanswered requests the rate cannot be held: the run says so.</param>
    /// <param name="send">Sends request number n, which was due at the given time stamp (or is sent now, a little early).</param>
    /// <param name="cancellation">Stops sending.</param>
    /// <returns>How many requests could not be sent on time since too many were unanswered.</returns>
    public static async Task<int> RunAsync(
        double ratePerSecond, TimeSpan duration, int maxInFlight, Func<int, long, Task> send, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(maxInFlight);
        var started = Stopwatch.GetTimestamp();
        var late = 0;
        var running = new List<Task>();
        for (var number = 0; ; number++)
        {
            var due = started + (long)(number / ratePerSecond * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(started, due) >= duration) break;
            // A timer ticks in milliseconds and fires late rather than early: what is due within one is sent now.
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) - s_tick;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellation);
            if (!slots.Wait(0, cancellation))
            {
                late++;
                await slots.WaitAsync(cancellation);
            }
            running.Add(SendAsync(number, Math.Min(due, Stopwatch.GetTimestamp())));
            if (running.Count > 4 * maxInFlight) running.RemoveAll(static task => task.IsCompletedSuccessfully);
        }
        await Task.WhenAll(running);
        return late;

        async Task SendAsync(int number, long due)
        {
            try
            {
                await send(number, due);
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
