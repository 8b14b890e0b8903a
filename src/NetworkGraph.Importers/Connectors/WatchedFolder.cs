using System.Globalization;
using System.Runtime.CompilerServices;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Connectors;

/// <summary>
/// A folder that files are put into. One that has not changed between two looks is complete, and is imported; one that changes later is
/// imported again, which adds what is new in it. Files are left where they are.
/// </summary>
/// <param name="folder">The folder, watched with all that lies below it.</param>
/// <param name="time">The clock.</param>
public sealed class WatchedFolder(string folder, TimeProvider time) : IConnector
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<Arrival> ReadAsync(Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        await Task.Yield();
        foreach (var (name, path, mark) in Files())
        {
            cancellation.ThrowIfCancellationRequested();
            if (checkpoint[name] == mark) continue;
            // What was not there, or was another, at the last look may still be written to.
            if (!_seen.TryGetValue(name, out var before) || before != mark)
            {
                _seen[name] = mark;
                continue;
            }
            ImportSource source;
            try
            {
                source = ImportSource.Open(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new ConnectorException($"A file of the folder cannot be read: {failure.GetType().Name}", failure);
            }
            yield return new Arrival(source, ImportPlan.Auto, [new(name, mark)]);
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => Task.Delay(atMost, time, cancellation);

    public void Dispose() => _seen.Clear();

    private List<(string Name, string Path, string Mark)> Files()
    {
        if (!Directory.Exists(folder)) throw new ConnectorException("The folder does not exist.");
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System | FileAttributes.Hidden,
            IgnoreInaccessible = true
        };
        var files = new List<(string, string, string)>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", options))
        {
            if (files.Count == ImportSource.MaxFiles)
                throw new ConnectorException($"The folder holds more than {ImportSource.MaxFiles} files.");
            // Browsers and copy programs write under such a name first.
            if (file.Name.StartsWith('.') || file.Name.EndsWith(".part", StringComparison.OrdinalIgnoreCase)
                || file.Name.EndsWith(".crdownload", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith('~')) continue;
            files.Add((Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.FullName,
                string.Create(CultureInfo.InvariantCulture, $"{file.Length}:{file.LastWriteTimeUtc.Ticks}")));
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Item1, b.Item1));
        return files;
    }
}
