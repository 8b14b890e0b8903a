using NetworkGraph.Importers.Archives;
using NetworkGraph.Importers.Calendars;
using NetworkGraph.Importers.CallLogs;
using NetworkGraph.Importers.Cards;
using NetworkGraph.Importers.Crm;
using NetworkGraph.Importers.GitHub;
using NetworkGraph.Importers.Graphs;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.LinkedIn;
using NetworkGraph.Importers.Mail;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Slack;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Tables;
using NetworkGraph.Importers.Telegram;
using NetworkGraph.Importers.WhatsApp;

namespace NetworkGraph.Importers;

/// <summary>Files of one format within an import.</summary>
public sealed record ImportPart(IImportFormat Format, IReadOnlyList<ImportFile> Files);

/// <summary>What was recognised of a file, folder or archive: which files are read as what, and which are not known.</summary>
public sealed class ImportPlan
{
    /// <summary>What <c>--format</c> calls recognition by content.</summary>
    public const string Auto = "auto";

    private ImportPlan(IReadOnlyList<ImportPart> parts, IReadOnlyList<ImportFile> unknown) => (Parts, Unknown) = (parts, unknown);

    /// <summary>In the order in which they are tried: what is recognised by more comes before what is recognised by less.</summary>
    public static IReadOnlyList<IImportFormat> Formats { get; } =
    [
        new ArchiveFormat(), new LinkedInFormat(), new SlackFormat(), new MaildirFormat(), new MboxFormat(), new CalendarFormat(),
            new VCardFormat(), new TelegramFormat(),
        new WhatsAppFormat(), new GitHubFormat(), new NdjsonFormat(), new GraphFormat(), new CrmFormat(), new CallLogFormat(),
            new CsvFormat(),
        new PeopleCsvFormat(), new ContactsCsvFormat(), new EmlFormat(),
    ];

    public static IReadOnlyList<string> FormatNames { get; } = [Auto, .. Formats.Select(format => format.Name)];

    public IReadOnlyList<ImportPart> Parts { get; }

    /// <summary>Files that are of no format known here; they are left out.</summary>
    public IReadOnlyList<ImportFile> Unknown { get; }

    /// <summary>Finds out what is what. With a format named, every file that can be is read as that.</summary>
    public static ImportPlan Recognise(ImportSource source, string? format)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (format is not null and not Auto)
        {
            var named = Formats.First(f => f.Name.Equals(format, StringComparison.OrdinalIgnoreCase));
            var claimed = named.Claim(source.Files);
            // The user knows better than the content of a single file.
            if (claimed.Count == 0 && source.Files.Count == 1) claimed = source.Files;
            return new ImportPlan(claimed.Count == 0 ? [] : [new ImportPart(named, claimed)], [.. source.Files.Except(claimed)]);
        }
        var parts = new List<ImportPart>();
        var rest = source.Files;
        foreach (var known in Formats)
        {
            if (rest.Count == 0) break;
            var claimed = known.Claim(rest);
            if (claimed.Count == 0) continue;
            parts.Add(new ImportPart(known, claimed));
            rest = [.. rest.Except(claimed)];
        }
        return new ImportPlan(parts, rest);
    }

    /// <summary>Reads all parts, one after the other.</summary>
    public IRowSource Open(ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var file in Unknown) context.Report.LeaveOut(LeftOutReasons.NotRecognised, file.Path, 0);
        return Parts.Count == 1
            ? Parts[0].Format.Open(Parts[0].Files, context)
            : new RowsInTurn([.. Parts.Select(
                part => (part.Format.Name, (Func<IRowSource>)(() => part.Format.Open(part.Files, context))))], context.Report);
    }
}
