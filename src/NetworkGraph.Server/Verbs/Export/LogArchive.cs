using System.IO.Compression;
using System.Text;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Archives;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// A whole log as one zip archive that imports to an equal log: what was asked of the log, in its order, so that an empty one decides the
/// same. What the log itself made of a request (the record that another took the place of) is not written, since it will be made again; of
/// what was erased there is nothing. Needs in memory a batch of records.
/// </summary>
internal static class LogArchive
{
    public const string RecordsName = "records.ndjson";

    /// <summary>Returns how many records were written.</summary>
    public static async Task<long> WriteAsync(
        IInteractionLog log, DateTimeOffset now, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        using var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var entry = archive.CreateEntry(RecordsName, CompressionLevel.Optimal);
        entry.LastWriteTime = now;
        await using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(ArchiveJson.Header + "\n"));
        using var lines = new JsonLines(stream);
        var written = 0L;
        var last = log.LastPosition;
        LogRecord? before = null;
        LogRecord? beforeThat = null;
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < batch.Records.Length && batch.FirstPosition + i <= last; i++)
            {
                var record = batch.Records[i];
                if (await RequestAsync(log, record, batch.FirstPosition + i, before, beforeThat, cancellation) is { } request)
                {
                    lines.Write(writer => ArchiveJson.Write(writer, request));
                    written++;
                }
                (before, beforeThat) = (record, before);
            }
            progress(Math.Min(batch.LastPosition, last), last);
            if (batch.LastPosition >= last) break;
        }
        lines.Flush();
        return written;
    }

    /// <summary>
    /// What was asked of the log when it made this record; null where that was said by a record before it, or where there is nothing to
    /// say.
    /// </summary>
    private static async ValueTask<LogRecord?> RequestAsync(
        IInteractionLog log, LogRecord record, long position, LogRecord? before, LogRecord? beforeThat, CancellationToken cancellation)
    {
        switch (record)
        {
            case Interaction interaction:
                var replaces = before is InteractionWithdrawn { Reason: WithdrawalReason.Superseded } superseded
                    && superseded.Id == interaction.Id;
                // A source went, and what remains was put in place.
                if (replaces && !interaction.IsAmendment && beforeThat is SourceChanged { IsAdded: false } removed
                    && removed.Id == interaction.Id) return null;
                return interaction.GivenTo is { } given ? Sent(interaction, given, interaction.Batch, interaction.Key) : interaction;
            case InteractionWithdrawn { Reason: WithdrawalReason.Superseded } or PersonErased or Tombstone:
            // A server's keys and webhooks are its own, who asked about whom is nobody else's, and what was learned is learned again.
            case KeysRequirement or SubscriptionChanged or SubscriptionAdvanced or AccessRecorded or ModelTrained:
                return null;
            case InteractionWithdrawn withdrawn:
                return new InteractionWithdrawn
                {
                    AtMs = withdrawn.AtMs,
                    Id = withdrawn.Id,
                    Key = withdrawn.Key,
                    Reason = withdrawn.Reason,
                    Batch = withdrawn.Batch
                };
            case SourceChanged { IsAdded: false } source:
                return new InteractionWithdrawn
                {
                    AtMs = source.AtMs,
                    Id = source.Id,
                    Key = source.Key,
                    Reason = WithdrawalReason.SourceWithdrawn,
                    Batch = source.Batch
                };
            case SourceChanged source:
                // A copy from another source: what it was sent with is what stood there.
                var found = await log.FindAsync(source.Id, cancellation);
                var copied = found.LastOrDefault(
                    placed => placed.Position < position && placed.Record is Interaction).Record as Interaction;
                return copied is null ? null : Sent(copied, source.GivenTo ?? copied.To, source.Batch, source.Key);
            default:
                return record;
        }
    }

    private static Interaction Sent(Interaction of, string[] to, string? batch, string? key) => new()
    {
        Id = of.Id,
        AtMs = of.AtMs,
        From = of.From,
        To = to,
        Kind = of.Kind,
        Exchange = of.Exchange,
        ExchangeBy = of.ExchangeBy,
        ExchangeConfidence = of.ExchangeConfidence,
        Setting = of.Setting,
        Channel = of.Channel,
        Venue = of.Venue,
        Series = of.Series,
        InReplyTo = of.InReplyTo,
        About = of.About,
        Personalised = of.Personalised,
        LengthSeconds = of.LengthSeconds,
        Batch = batch,
        Key = key,
    };
}
