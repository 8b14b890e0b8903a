using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Archives;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>
/// The records of an archive, on their way into a log. Interactions have ids by which the log knows them. Those that were corrected in it
/// stay as they are there: what led to that is not gone through again. Of other records those that the log has already, to the letter, are
/// not written again. Holds 16 bytes for each of these and an id for each of those.
/// </summary>
internal sealed class RestoredRecords
{
    private readonly AppendRecords _append;
    private readonly HashSet<UInt128> _known = [];
    private readonly HashSet<string> _corrected = new(StringComparer.Ordinal);

    private RestoredRecords(AppendRecords append) => _append = append;

    public static async Task<RestoredRecords> ReadAsync(IInteractionLog log, AppendRecords append, CancellationToken cancellation)
    {
        var restored = new RestoredRecords(append);
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            foreach (var record in batch.Records)
            {
                if (record is CorrectionRecord corrected) restored._corrected.Add(corrected.Id);
                else if (HashOf(record) is { } hash) restored._known.Add(hash);
            }
        }
        return restored;
    }

    public async ValueTask<AppendAnswer> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var kept = new List<LogRecord>(records.Count);
        var indexes = new List<int>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            if (IsKnown(records[i])) continue;
            kept.Add(records[i]);
            indexes.Add(i);
        }
        var repeated = records.Count - kept.Count;
        if (kept.Count == 0) return new AppendAnswer(0, repeated, []);
        var answer = await _append(kept, cancellation);
        return answer.TryAgainAfter is not null
            ? answer
            : answer with
            {
                Duplicates = answer.Duplicates
                + repeated,
                Rejected = [.. answer.Rejected.Select(left => left with { Index = indexes[left.Index] })]
            };
    }

    private bool IsKnown(LogRecord record) => record switch
    {
        Interaction interaction => _corrected.Contains(interaction.Id),
        CorrectionRecord correction => _corrected.Contains(correction.Id),
        _ => HashOf(record) is { } hash && _known.Contains(hash),
    };

    /// <summary>Of a record without an id of its own; null for others.</summary>
    private static UInt128? HashOf(LogRecord record)
    {
        if (record is Interaction or CorrectionRecord or PersonErased or Tombstone
            || !ArchiveJson.Records.Values.Contains(record.GetType())) return null;
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes)) ArchiveJson.Write(writer, record);
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes.WrittenSpan));
    }
}
