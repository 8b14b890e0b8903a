using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Slack;

/// <summary>A Slack export: users.json, lists of channels, and a folder a channel with a file a day.</summary>
public sealed class SlackFormat : IImportFormat
{
    public string Name => "slack";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var users = files.FirstOrDefault(file => file.Name == "users.json" && file.HeadText.AsSpan().TrimStart() is ['[', ..]);
        if (users is null) return [];
        var root = string.Concat(users.Folders.Select(folder => folder + "/"));
        var inRoot = files.Where(
            file => file.Path.StartsWith(root, StringComparison.Ordinal) && file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return inRoot.Exists(file => file.Name is "channels.json" or "dms.json" or "groups.json" or "mpims.json") ? inRoot : [];
    }

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(new SlackExport(files, context).Read());
    }
}
