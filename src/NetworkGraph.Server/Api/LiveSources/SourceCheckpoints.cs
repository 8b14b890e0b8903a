using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Importers.Connectors;

namespace NetworkGraph.Server.Api.LiveSources;

/// <summary>
/// How far each source was read, in <c>sources.json</c> of the data folder. A file that is lost costs time alone: what is read again is
/// known by its ids.
/// </summary>
internal sealed class SourceCheckpoints(string folder)
{
    private const string FileName = "sources.json";

    private readonly Lock _gate = new();
    private Dictionary<string, Dictionary<string, string>>? _all;

    public Checkpoint Of(string source)
    {
        lock (_gate) return new Checkpoint(Read().GetValueOrDefault(source));
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string source, Checkpoint checkpoint)
    {
        lock (_gate)
        {
            var all = Read();
            all[source] = new Dictionary<string, string>(checkpoint.Marks, StringComparer.Ordinal);
            var path = Path.Combine(folder, FileName);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(path + ".new", options))
            {
                JsonSerializer.Serialize(file, all, CheckpointsJson.Default.DictionaryStringDictionaryStringString);
                file.Flush(flushToDisk: true);
            }
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    private Dictionary<string, Dictionary<string, string>> Read()
    {
        if (_all is not null) return _all;
        var path = Path.Combine(folder, FileName);
        try
        {
            _all = File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CheckpointsJson.Default.DictionaryStringDictionaryStringString)
                : null;
        }
        catch (JsonException)
        {
            // Broken, it says nothing; everything is read again.
            _all = null;
        }
        return _all ??= new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
    }
}

[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
internal sealed partial class CheckpointsJson : JsonSerializerContext;
