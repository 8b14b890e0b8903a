using System.Security.Cryptography;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Overwrites records that name a person with tombstones: those listed, and whatever else names them, appended by
/// whichever node. Says in <c>erasures</c> which those were, so that every node forgets them.
/// </summary>
/// <remarks>
/// PostgreSQL writes a new version of a row and keeps the old one until it is vacuumed, which follows the commit. Its
/// write-ahead log, its archives, replicas and backups are beyond the reach of a client.
/// </remarks>
internal sealed class Eraser(Database database, RecordBytes bytes, CommitDraft draft)
{
    private RecordBatch? _marker;

    /// <summary>The record of the last erasure.</summary>
    public RecordBatch Marker => _marker ?? throw new InvalidOperationException("No one was erased.");

    /// <summary>The log's identity from the last erasure on.</summary>
    public Guid Identity { get; private set; }

    public void Erase(WriterSession session, PendingErasure erasure, LogState state, Guid writer, long commit)
    {
        var positions = new SortedSet<long>(erasure.Ids.SelectMany(id => session.PositionsOf(PersonKeys.Compute(id))));
        positions.UnionWith(erasure.Positions);
        var payloads = session.Payloads([.. positions]);
        var listed = erasure.Positions.ToHashSet();
        var erased = new List<long>();
        var tombstones = new List<byte[]>();
        var people = new List<long>();
        var places = new List<long>();
        foreach (var position in positions)
        {
            erasure.Cancellation.ThrowIfCancellationRequested();
            if (!payloads.TryGetValue(position, out var payload))
                throw new LogCorruptedException($"{database.Name}: position {position} is missing.");
            var record = bytes.Decode(position, payload);
            if (erasure.IsNamedBy(record))
            {
                draft.AddMentions(record, position, people, places);
                erased.Add(position);
                tombstones.Add(bytes.Encode(position, new Tombstone()));
            }
            else if (record is not Tombstone && listed.Contains(position))
            {
                throw new ArgumentException(
                    $"The record at position {position} does not name the person to erase; nothing was erased.", nameof(erasure));
            }
        }
        var marker = new PersonErased { AtMs = erasure.AtMs, Tombstones = erased.Count, Positions = erased };
        _marker = new RecordBatch(state.LastPosition + 1, [marker]);
        Identity = session.NewIdentity();
        session.CommitErasure(
            new NewRows([_marker.FirstPosition], [0], [0], [bytes.Encode(_marker.FirstPosition, marker)], [], []),
            new Tombstones([.. erased], [.. tombstones], [.. people], [.. places]),
            erasure.Suppresses ? new NewSuppression(
                new Guid(RandomNumberGenerator.GetBytes(16)), erasure.AtMs, [.. erasure.Ids.Select(session.SuppressionOf)]) : null,
            Identity, writer, commit, _marker.FirstPosition);
    }
}
