using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Imports;

/// <summary>A format of files that can be imported.</summary>
public interface IImportFormat
{
    /// <summary>What <c>--format</c> calls it.</summary>
    string Name { get; }

    /// <summary>Whether its files hold a whole log, with the imports in it, so that reading them is no import of its own.</summary>
    bool RestoresLog => false;

    /// <summary>Which of the files are of this format, by their content.</summary>
    IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files);

    /// <summary>Reads files of this format.</summary>
    IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context);
}
