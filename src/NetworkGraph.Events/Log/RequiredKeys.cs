using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>What a log says of the keys that requests need.</summary>
public static class RequiredKeys
{
    /// <summary>Whether keys are required; found by id, so that nothing need be folded.</summary>
    public static async ValueTask<bool> StandAsync(IInteractionLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        var found = await log.FindAsync(KeysRequirement.Id, cancellation);
        return found.Count > 0 && found[^1].Record is KeysRequirement { Stands: true };
    }
}
