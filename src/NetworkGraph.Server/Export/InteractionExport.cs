using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Server.Export;

/// <summary>
/// All interactions of a log in its order, as the import reads them: into an empty folder they make the same records
/// again. What was erased is not there. Holds some batches of the log at a time.
/// </summary>
internal static class InteractionExport
{
    private const int BufferChars = 1 << 16;

    /// <summary>Returns how many were written. <paramref name="progress"/> is told how many records of how many are done.</summary>
    public static async Task<long> WriteAsync(
        IInteractionLog log, ExportFormat format, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        using var lines = new JsonLines(to);
        await using var csv = new StreamWriter(to, new UTF8Encoding(false), BufferChars, leaveOpen: true);
        if (format is ExportFormat.Csv) InteractionCsv.WriteHeader(csv);
        var written = 0L;
        var last = log.LastPosition;
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var record in batch.Records)
            {
                if (record is not Interaction interaction) continue;
                if (format is ExportFormat.Csv) InteractionCsv.WriteRow(csv, interaction);
                else lines.Write(writer => InteractionJson.Write(writer, interaction));
                written++;
            }
            progress(batch.LastPosition, last);
        }
        lines.Flush();
        await csv.FlushAsync(cancellation);
        return written;
    }
}
