namespace NetworkGraph.Waiting;

/// <summary>
/// A clock that starts at a date of the test's choosing and goes on as time does, so that no test rests on the day it runs.
/// </summary>
internal sealed class DayClock(DateTimeOffset start) : TimeProvider
{
    private readonly long _started = System.GetTimestamp();

    /// <summary>What servers in tests take for the time where a test does not choose another.</summary>
    public static DayClock Fixed { get; } = new(new DateTimeOffset(2026, 11, 25, 9, 30, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_started);
}
