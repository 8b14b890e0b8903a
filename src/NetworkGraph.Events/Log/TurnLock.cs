namespace NetworkGraph.Events.Log;

/// <summary>
/// One at a time, in the order they came. Unlike a semaphore's, its waiters go on where they waited, without a detour over the
/// thread pool, so that a simulation decides who goes on when.
/// </summary>
public sealed class TurnLock
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _isTaken;

    /// <summary>Returns when it is the caller's turn, which ends with <see cref="Release"/>.</summary>
    public ValueTask WaitAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return ValueTask.CompletedTask;
            }
            turn = Signal.New();
            _waiting.Enqueue(turn);
        }
        return new ValueTask(cancellation.CanBeCanceled ? CancellableAsync(turn, cancellation) : turn.Task);
    }

    public void Release()
    {
        while (true)
        {
            TaskCompletionSource? next;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isTaken = false;
                    return;
                }
            }
            // Who has given up waiting is passed over.
            if (next.TrySetResult()) return;
        }
    }

    private static async Task CancellableAsync(TaskCompletionSource turn, CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
    }
}
