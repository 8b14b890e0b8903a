using System.Runtime.CompilerServices;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// All interactions of a log that count, in its order, as the import reads them: into an empty folder they make the same
/// network again. What was erased, retracted or undone is not there. Reads the log twice, since what no longer counts is
/// said behind it; holds some batches at a time, and 8 bytes for each interaction that was withdrawn.
/// </summary>
internal static class InteractionExport
{
    private const int BufferChars = 1 << 16;

    /// <summary>Returns how many were written. <paramref name="progress"/> is called with how many records of how many are done.</summary>
    public static async Task<long> WriteAsync(
        IInteractionLog log, ExportFormat format, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        if (format is ExportFormat.Parquet)
            return await ParquetTable.WriteAsync(InteractionColumns.All, CountingAsync(log, progress, cancellation), to, cancellation);
        using var lines = new JsonLines(to);
        await using var csv = new StreamWriter(to, new UTF8Encoding(false), BufferChars, leaveOpen: true);
        if (format is ExportFormat.Csv) InteractionCsv.WriteHeader(csv);
        var written = 0L;
        await foreach (var interaction in CountingAsync(log, progress, cancellation))
        {
            if (format is ExportFormat.Csv) InteractionCsv.WriteRow(csv, interaction);
            else lines.Write(writer => InteractionJson.Write(writer, interaction));
            written++;
        }
        lines.Flush();
        await csv.FlushAsync(cancellation);
        return written;
    }

    /// <summary>All that count, in the log's order.</summary>
    private static async IAsyncEnumerable<Interaction> CountingAsync(
        IInteractionLog log, Action<long, long> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = log.LastPosition;
        var withdrawn = await WithdrawnAsync(log, last, cancellation);
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < batch.Records.Length; i++)
            {
                var position = batch.FirstPosition + i;
                if (position <= last && batch.Records[i] is Interaction interaction && !withdrawn.Contains(position))
                    yield return interaction;
            }
            progress(Math.Min(batch.LastPosition, last), last);
            // What comes in meanwhile is for the next export.
            if (batch.LastPosition >= last) break;
        }
    }

    private static async Task<HashSet<long>> WithdrawnAsync(IInteractionLog log, long last, CancellationToken cancellation)
    {
        var withdrawn = new HashSet<long>();
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            foreach (var record in batch.Records)
                if (record is InteractionWithdrawn correction) withdrawn.Add(correction.Position);
            if (batch.LastPosition >= last) break;
        }
        return withdrawn;
    }
}
