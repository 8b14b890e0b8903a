using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.LinkedIn;

/// <summary>A LinkedIn data archive, basic or complete: some of its files, in one folder or zip, or one of them alone.</summary>
public sealed class LinkedInFormat : IImportFormat
{
    /// <summary>The headings by which each file is known, whatever it is called; all of them must be there.</summary>
    private static readonly (LinkedInTable Table, string[] Headings)[] s_tables =
    [
        (LinkedInTable.Messages, ["CONVERSATION ID", "FROM", "TO", "DATE"]),
        // Archives before 2018 name people alone.
        (LinkedInTable.Messages, ["From", "To", "Date", "Content", "Direction"]),
        (LinkedInTable.Connections, ["First Name", "Last Name", "Connected On"]),
        (LinkedInTable.Invitations, ["From", "To", "Sent At", "Direction"]),
        (LinkedInTable.EndorsementsReceived, ["Endorsement Date", "Skill Name", "Endorser Public Url"]),
        (LinkedInTable.EndorsementsGiven, ["Endorsement Date", "Skill Name", "Endorsee Public Url"]),
        (LinkedInTable.Recommendations, ["First Name", "Last Name", "Text", "Creation Date", "Status"]),
        (LinkedInTable.Profile, ["First Name", "Last Name", "Headline"]),
        (LinkedInTable.EmailAddresses, ["Email Address", "Confirmed", "Primary"]),
        (LinkedInTable.Reactions, ["Date", "Type", "Link"]),
        (LinkedInTable.Comments, ["Date", "Link", "Message"]),
    ];

    /// <summary>Files that name people; the others of an archive alone are not taken for one.</summary>
    private static readonly LinkedInTable[] s_telling =
    [
        LinkedInTable.Messages, LinkedInTable.Connections, LinkedInTable.Invitations, LinkedInTable.EndorsementsReceived,
            LinkedInTable.EndorsementsGiven,
    ];

    public string Name => "linkedin";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var claimed = files.Where(f => TableOf(f) is not null).ToList();
        if (!claimed.Exists(f => s_telling.Contains(TableOf(f)!.Value))) return [];
        // All files of the archive are accounted for, also those that hold nothing about other people.
        var folders = claimed.Select(f => string.Join('/', f.Folders)).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(f => claimed.Contains(f) || folders.Any(folder => IsArchiveFile(f, folder)))];
    }

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(new LinkedInArchive(files, context).Read());
    }

    /// <summary>What a file holds; null for what the archive has besides.</summary>
    internal static LinkedInTable? TableOf(ImportFile file)
    {
        if (!file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !file.HeadText.Contains(',', StringComparison.Ordinal))
            return null;
        foreach (var (table, headings) in s_tables)
            if (CsvTable.Is(file, cells => HasAll(cells, headings))) return table;
        return null;
    }

    internal static bool HasAll(IReadOnlyList<string> cells, string[] headings) =>
        Array.TrueForAll(headings, heading =>
            cells.Any(cell => cell.Trim().Trim('\uFEFF').Equals(heading, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a row is the header of a table, in any of its layouts.</summary>
    internal static bool IsHeader(IReadOnlyList<string> cells, LinkedInTable table) =>
        Array.Exists(s_tables, t => t.Table == table && HasAll(cells, t.Headings));

    private static bool IsArchiveFile(ImportFile file, string folder) =>
        file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            && (folder.Length == 0 ? file.Path.Length > 0
            && file.Folders.Length <= 1 : file.Path.StartsWith(folder + "/", StringComparison.Ordinal));
}

/// <summary>The files of an archive that tell something about people.</summary>
internal enum LinkedInTable
{
    Connections,
    Messages,
    Invitations,
    EndorsementsReceived,
    EndorsementsGiven,
    Recommendations,
    Profile,
    EmailAddresses,
    Reactions,
    Comments,
}
