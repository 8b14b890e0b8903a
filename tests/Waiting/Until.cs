namespace NetworkGraph.Waiting;

/// <summary>Waits for a state of something that runs beside the test. What does not come in time is named in the failure.</summary>
internal static class Until
{
    /// <summary>Far longer than anything takes on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Returns when the condition holds. It is asked over and over, so asking is cheap or takes its own time.</summary>
    public static async Task TrueAsync(string what, Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw InVain(what);
            await Task.Yield();
        }
    }

    public static Task TrueAsync(string what, Func<bool> isSo) => TrueAsync(what, () => Task.FromResult(isSo()));

    public static async Task<T> DoneAsync<T>(string what, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw InVain(what);
        }
    }

    public static Task DoneAsync(string what, Task task) => DoneAsync(what, Awaited(task));

    private static async Task<bool> Awaited(Task task)
    {
        await task;
        return true;
    }

    private static TimeoutException InVain(string what) => new($"Waited {Patience.TotalSeconds:0} seconds in vain for: {what}.");
}
