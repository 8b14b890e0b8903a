using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// The only truth: an ordered, durable, idempotent sequence of records. Positions are dense and start at 1.
/// Implementations: SQLite (embedded) and PostgreSQL (cluster); one conformance suite runs against both.
/// </summary>
public interface IInteractionLog : IAsyncDisposable
{
    /// <summary>
    /// Tells this log from any other, and from itself before an erasure: what was derived from a log of another identity
    /// is not to be used with this one. Stays the same across restarts and appends.
    /// </summary>
    string Identity { get; }

    /// <summary>Position of the last durable record; 0 when the log is empty.</summary>
    long LastPosition { get; }

    /// <summary>
    /// Why appends fail now (a full disk, a database that is away), in a sentence without paths; null while they do not, as far as
    /// the last attempt showed.
    /// </summary>
    string? RefusesBecause => null;

    /// <summary>
    /// Position of the last record that is durable when this is asked, by whichever process: <see cref="LastPosition"/> may be a
    /// moment behind what others have appended.
    /// </summary>
    ValueTask<long> DurablePositionAsync(CancellationToken cancellation) => new(LastPosition);

    /// <summary>
    /// Tells the history up to a position from any other of the same identity and length: it names the last time before that
    /// position that the log was opened for writing. A copy that was put back and went on from there has other openings after
    /// it, so what was derived from the history that it lost does not fit.
    /// </summary>
    ValueTask<string> LineageAsync(long position, CancellationToken cancellation);

    /// <summary>
    /// Appends records in order; completes when they are durable, never before. Interactions are idempotent by id: one
    /// result per record says whether it was accepted, was a duplicate (same id, same content), or was in conflict
    /// (same id, other content; changes nothing), or was retracted (stays so until amended; changes nothing). Nothing of an
    /// erased record is kept, so its id is new again. A duplicate from a source that the interaction does not
    /// have yet is recorded as its source. An <see cref="InteractionWithdrawn"/> without its interaction, and an interaction
    /// that is an amendment, are requests about what the log has under the id: not found where it has nothing, which
    /// records nothing; else what they come to (<see cref="InteractionState"/>) is appended in their place.
    /// A record that names an erased person who stays out (<see cref="LiftAsync"/>) is suppressed: nothing of it is recorded.
    /// Other records without an id are always accepted. Concurrent appends share one group commit.
    /// Cancelling gives up waiting; what was handed over may still become durable.
    /// </summary>
    /// <exception cref="LogUnavailableException">Nothing of this append was taken: disk full, or the log has failed.</exception>
    ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation);

    /// <summary>All durable records after <paramref name="afterPosition"/>, in order; ends at the last one durable when reached.</summary>
    IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="ReadAsync"/>, and then goes on with what becomes durable, until cancelled. Where the log is closed
    /// meanwhile it ends with <see cref="ObjectDisposedException"/>.
    /// </summary>
    IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, CancellationToken cancellation);

    /// <summary>
    /// All records with an interaction's id, in order: what <see cref="InteractionState"/> folds; empty where there
    /// is none, and where all were erased.
    /// </summary>
    ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The records at these positions, in the order asked for. Asking beyond <see cref="LastPosition"/> is an error.</summary>
    ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation);

    /// <summary>
    /// Overwrites every record that names one of the person's ids with a tombstone, in place and irrecoverably, and appends one
    /// <see cref="PersonErased"/>: all of it or nothing, also where the process ends meanwhile. Returns its position. Tombstones among
    /// the positions stay as they are. Records near them that name the person and are not listed may be overwritten too; records
    /// appended while this waits its turn are not looked for. Where the erasure suppresses, the ids stay out from then on.
    /// </summary>
    /// <exception cref="ArgumentException">Positions are not ascending, or a record does not name the person. Nothing was
    /// erased.</exception>
    ValueTask<long> EraseAsync(Erasure erasure, CancellationToken cancellation);

    /// <summary>Everybody who was erased and stays out, in order of their erasure.</summary>
    ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation);

    /// <summary>
    /// Lets the erased person of this id come in again, under any of the ids that were erased together. Returns of how many ids that
    /// is; 0 where the id is not one that stays out.
    /// </summary>
    ValueTask<int> LiftAsync(string id, CancellationToken cancellation);
}

public enum AppendOutcome : byte
{
    Accepted = 0,
    Duplicate = 1,
    Conflict = 2,

    /// <summary>The id was retracted; nothing was changed.</summary>
    Retracted = 3,

    /// <summary>A request about an id that the log does not have; nothing was recorded.</summary>
    NotFound = 4,

    /// <summary>The record names an erased person who stays out; nothing was recorded.</summary>
    Suppressed = 5,
}

/// <summary>
/// What became of one record; <see cref="Position"/> is where it (or the one it repeats) stands, 0 where it was not found.
/// </summary>
public readonly record struct AppendResult(AppendOutcome Outcome, long Position)
{
    /// <summary>What stands under the id was written with another API key (<see cref="Interactions.Interaction.Key"/>).</summary>
    public bool IsOfAnotherKey { get; init; }
}

/// <summary>
/// What became of an append. <see cref="Overloaded"/>: nothing was taken, try again later; <see cref="Results"/> is empty.
/// </summary>
public readonly record struct AppendReceipt(AppendResult[] Results, bool Overloaded)
{
    public static readonly AppendReceipt TryLater = new([], Overloaded: true);
}

/// <summary>Consecutive records; the record at index i has position <c>FirstPosition + i</c>.</summary>
public sealed record RecordBatch(long FirstPosition, LogRecord[] Records)
{
    public long LastPosition => FirstPosition + Records.Length - 1;
}

/// <summary>The log's bytes are not what was written. Names the place; nothing from there on is served.</summary>
public sealed class LogCorruptedException(string message, Exception? inner = null) : Exception(message, inner);
