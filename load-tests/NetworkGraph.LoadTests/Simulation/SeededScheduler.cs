using NetworkGraph.Events.Log;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>
/// Runs everything that awaits on one thread, in an order that a seed chooses: at each step one of the continuations that could go
/// on does. To kill the simulated process is to run none of them any more.
/// </summary>
internal sealed class SeededScheduler(Random random, SimulatedTime time) : OneThreadContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _killed;

    public int Steps { get; private set; }

    /// <summary>Something left the one thread, so that the seed does not decide all.</summary>
    public bool WasForeign { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Whoever comes from elsewhere comes at a time that no seed chooses.
        if (Environment.CurrentManagedThreadId != _thread) WasForeign = true;
        lock (_ready)
            if (!_killed) _ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in the simulated world blocks.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Whoever waits goes on after some of the others, as the seed wills.</summary>
    public static async Task PauseAsync() => await Task.Yield();

    /// <summary>Starts something within the simulated process.</summary>
    public Task Start(Func<Task> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>
    /// Steps until the condition holds or so many steps were made; false where nothing can go on any more, or the steps are used up.
    /// </summary>
    public bool Run(Func<bool> until, int steps)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            for (; steps > 0; steps--)
            {
                if (until()) return true;
                if (_ready.Count == 0 || random.Next(40) == 0)
                {
                    if (!time.AdvanceToNext() && _ready.Count == 0) return false;
                    continue;
                }
                var next = random.Next(_ready.Count);
                var (callback, state) = _ready[next];
                _ready[next] = _ready[^1];
                _ready.RemoveAt(_ready.Count - 1);
                Steps++;
                callback(state);
            }
            return until();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Kill()
    {
        _killed = true;
        _ready.Clear();
        time.DropTimers();
    }
}
