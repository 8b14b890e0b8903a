using System.IO.Compression;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// A file that is there whole or not at all: it is written under its name with <c>.part</c> behind it, and renamed when
/// it is complete and durable. A name that ends in <c>.gz</c> is compressed.
/// </summary>
internal static class ExportFile
{
    private const int BufferBytes = 1 << 20;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var part = path + ".part";
        var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        try
        {
            await using (file)
            {
                if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                {
                    await using var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
                    await write(compressed);
                }
                else
                {
                    await write(file);
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
