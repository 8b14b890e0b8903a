using System.Runtime.CompilerServices;

namespace NetworkGraph.Storage.Postgres.Tests;

/// <summary>Waits for a state.</summary>
internal static class State
{
    public static async Task ReachedAsync(
        Func<bool> reached, CancellationToken cancellation, [CallerArgumentExpression(nameof(reached))] string what = "")
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        await Until.DoneAsync(what, PollAsync());

        async Task PollAsync()
        {
            while (!reached()) await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
