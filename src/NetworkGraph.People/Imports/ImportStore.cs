using System.Collections.Concurrent;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Imports;

/// <summary>
/// All imports that the log knows: those that it has a record of, and those that only interactions name. One writer, any number of readers.
/// </summary>
public sealed class ImportStore
{
    private readonly ConcurrentDictionary<string, ImportBatch> _batches = new(concurrencyLevel: 1, capacity: 31, StringComparer.Ordinal);
    private string? _seenLast;

    /// <summary>An import; null where the log knows none of that id.</summary>
    public ImportBatch? Of(string batch) => _batches.GetValueOrDefault(batch);

    /// <summary>All imports, the latest to begin first.</summary>
    public IReadOnlyList<ImportBatch> All() => [.. _batches.Values.OrderByDescending(import => import.FirstPosition)];

    /// <summary>Takes in what a record says of imports, if anything.</summary>
    public void Apply(LogRecord record, long position)
    {
        switch (record)
        {
            case BatchChanged changed:
                _batches[changed.Batch] = KnownAt(changed.Batch, position, changed.Key).After(changed);
                break;
            case Interaction { Batch: { } batch } interaction:
                See(batch, position, interaction.Key);
                break;
            case SourceChanged { IsAdded: true, Batch: { } batch } source:
                See(batch, position, source.Key);
                break;
        }
    }

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public ImportStore Copy()
    {
        var copy = new ImportStore();
        foreach (var (batch, import) in _batches) copy._batches[batch] = import;
        return copy;
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var all = _batches.Values.ToArray();
        writer.Write(all.Length);
        foreach (var import in all)
        {
            writer.Write(import.Batch);
            writer.Write(import.FirstPosition);
            writer.Write((byte)import.Phase);
            writer.Write(import.StartedAtMs ?? long.MinValue);
            writer.Write(import.ChangedAtMs ?? long.MinValue);
            writer.Write(import.Key ?? "");
            writer.Write(import.Format ?? "");
            writer.Write(import.FileName ?? "");
            writer.Write(import.FileHash ?? "");
            writer.Write(import.Counts.Accepted);
            writer.Write(import.Counts.Duplicates);
            writer.Write(import.Counts.Conflicts);
            writer.Write(import.Counts.Retracted);
            writer.Write(import.Counts.Rejected);
            writer.Write(import.Counts.Suppressed);
        }
    }

    public static ImportStore Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var store = new ImportStore();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var import = new ImportBatch
            {
                Batch = reader.ReadString(),
                FirstPosition = reader.ReadInt64(),
                Phase = (BatchPhase)reader.ReadByte(),
                StartedAtMs = Time(reader),
                ChangedAtMs = Time(reader),
                Key = Text(reader),
                Format = Text(reader),
                FileName = Text(reader),
                FileHash = Text(reader),
                Counts = new BatchCounts(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64())
                {
                    Suppressed = reader.ReadInt64(),
                },
            };
            store._batches[import.Batch] = import;
        }
        return store;
    }

    private void See(string batch, long position, string? key)
    {
        // The interactions of an import mostly follow one another, with one string for its id.
        if (ReferenceEquals(batch, _seenLast)) return;
        _seenLast = batch;
        if (!_batches.ContainsKey(batch)) _batches[batch] = KnownAt(batch, position, key);
    }

    private ImportBatch KnownAt(string batch, long position, string? key) => _batches.TryGetValue(batch, out var known)
        ? known
        : new ImportBatch { Batch = batch, FirstPosition = position, Phase = BatchPhase.Started, Key = key };

    private static string? Text(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;

    private static long? Time(BinaryReader reader) => reader.ReadInt64() is var time && time == long.MinValue ? null : time;
}
