using System.Text;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Archives;

/// <summary>A whole log as <c>export --what log</c> writes it: into an empty log it makes an equal one.</summary>
public sealed class ArchiveFormat : IImportFormat
{
    private const int MaxLineChars = 1 << 20;

    public string Name => "archive";

    public bool RestoresLog => true;

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => file.HeadText.StartsWith(ArchiveJson.Header, StringComparison.Ordinal))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        using var reader = TextEncodings.Reader(file);
        for (var line = 1L; reader.ReadLine() is { } text; line++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (line == 1 || string.IsNullOrWhiteSpace(text)) continue;
            if (text.Length > MaxLineChars)
            {
                yield return ImportItem.Reject(file.Path, line, null, InteractionFields.Line, $"is longer than {MaxLineChars} characters");
                continue;
            }
            var record = ArchiveJson.Read(Encoding.UTF8.GetBytes(text), out var reason);
            if (record is null) yield return ImportItem.Reject(file.Path, line, null, InteractionFields.Line, reason);
            else if (Fault(record, context.NowMs) is { } fault)
                yield return ImportItem.Reject(file.Path, line, (record as Interaction)?.Id, fault.Field, fault.Reason);
            else yield return ImportItem.Of(record, file.Path, line);
        }
    }

    /// <summary>What breaks a rule that the log relies on; null for nothing.</summary>
    private static Rejection? Fault(LogRecord record, long nowMs) => record switch
    {
        Interaction interaction =>
            InteractionRules.FirstBroken(interaction, nowMs) ?? Ids([interaction.From, .. interaction.To, .. Given(interaction.About)]),
        InteractionWithdrawn withdrawal => withdrawal.Interaction is not null || withdrawal.Position != 0
            || withdrawal.Reason is WithdrawalReason.Superseded
            ? new Rejection("reason", "is not a request") : InteractionRules.BrokenId(withdrawal.Id, "id"),
        ProfileChanged changed => ProfileRules.FirstBroken(changed.Profile) ?? Ids([changed.Profile.Id]),
        AliasChanged changed => changed.One == changed.Other
            ? new Rejection("other", "is the same id") : Ids([changed.One, changed.Other, .. Given(changed.Canonical)]),
        BatchChanged changed => InteractionRules.BrokenText(changed.Batch, "batch", InteractionRules.MaxBatchChars),
        BlockChanged changed => Ids([changed.By, changed.Against]),
        ReportFiled filed => Ids([filed.Reporter, filed.About]),
        PreferenceChanged changed => Ids([changed.Person, .. Given(changed.Other)]),
        NudgeChanged changed => Ids([changed.Person, changed.Other]),
        AskChanged changed => Ids([changed.From, changed.Target, .. changed.Brokers]),
        BeginningStated stated => Ids([stated.Person, stated.Other, .. Given(stated.By)]),
        _ => null,
    };

    private static string[] Given(string? id) => id is null ? [] : [id];

    private static Rejection? Ids(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (!PersonId.TryCanonical(id, out var canonical, out var reason)) return new Rejection("id", reason);
            if (canonical != id) return new Rejection("id", "is not in its canonical form");
        }
        return null;
    }
}
