namespace NetworkGraph.Events.Log;

/// <summary>Erasing somebody who has one id.</summary>
public static class SingleErasure
{
    /// <inheritdoc cref="IInteractionLog.EraseAsync"/>
    public static ValueTask<long> EraseAsync(this IInteractionLog log, string person, IReadOnlyList<long> positions, long atMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.EraseAsync([person], positions, atMs, cancellation);
    }
}
