namespace NetworkGraph.Storage.Postgres.Tests;

/// <summary>Waits for a state.</summary>
internal static class State
{
    public static async Task ReachedAsync(Func<bool> reached, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!reached()) await timer.WaitForNextTickAsync(cancellation);
    }
}
