namespace NetworkGraph.Events.Log;

/// <summary>A context that runs everything on one thread, so that nothing need be handed to another: a simulation's.</summary>
public abstract class OneThreadContext : SynchronizationContext;

/// <summary>
/// Something to wait for. Those who wait go on elsewhere than whoever completes it, but for a <see cref="OneThreadContext"/>.
/// </summary>
public static class Signal
{
    public static TaskCompletionSource New() =>
        new(SynchronizationContext.Current is OneThreadContext
            ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
}
