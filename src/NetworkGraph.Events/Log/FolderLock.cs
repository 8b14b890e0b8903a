using System.Globalization;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Keeps a data folder for one process: the file <c>lock</c> is held open exclusively, which ends with the
/// process however it ends. <c>lock.pid</c> beside it says who holds it, since a locked file cannot be read.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <exception cref="LogUnavailableException">Held by another, or the folder is not writable.</exception>
    public static FolderLock Take(string folder)
    {
        var pidPath = Path.Combine(folder, "lock.pid");
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LogUnavailableException($"The data folder '{folder}' is not writable.", e);
        }
        catch (IOException e)
        {
            throw new LogUnavailableException($"The log in '{folder}' is in use by {Holder(pidPath)}.", e);
        }
        try
        {
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FolderLock(held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new LogUnavailableException($"The data folder '{folder}' is not writable.", e);
        }
    }

    public void Dispose() => _held.Dispose();

    private static string Holder(string pidPath)
    {
        try
        {
            var pid = File.ReadAllText(pidPath).Trim();
            return pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture) ? $"this process ({pid})" : $"process {pid}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"another process (which one could not be read: {e.Message})";
        }
    }
}
