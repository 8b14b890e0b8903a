namespace NetworkGraph.LoadTests.Simulation;

/// <summary>A clock that moves only when nothing else can, or when the seed wills: from timer to timer.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer and calls it; false where there is none.</summary>
    public bool AdvanceToNext()
    {
        if (_timers.Count == 0) return false;
        var next = _timers.MinBy(static timer => (timer.Due, timer.Number))!;
        if (next.Due > _now) _now = next.Due;
        next.Ring();
        return true;
    }

    public void DropTimers() => _timers.Clear();

    private long _numbers;

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public long Number { get; } = ++time._numbers;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            time._timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            Due = time._now + dueTime;
            time._timers.Add(this);
            return true;
        }

        public void Ring()
        {
            if (_period > TimeSpan.Zero) Due = time._now + _period;
            else time._timers.Remove(this);
            callback(state);
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
