namespace NetworkGraph.Events;

/// <summary>
/// What the log holds: an interaction, or one of the other records (profiles, corrections, batches, aliases, preferences,
/// blocks, reports, nudge states, models, erasures, and the tombstones that erasures leave). Immutable.
/// </summary>
public abstract class LogRecord
{
    /// <summary>Whether the record names the person, and so is overwritten when the person is erased.</summary>
    public virtual bool Names(string person) => false;
}
