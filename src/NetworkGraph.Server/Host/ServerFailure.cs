using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Host;

/// <summary>Why the server stopped by itself; empty while it has not.</summary>
public sealed class ServerFailure
{
    private Exception? _reason;

    /// <summary>What failed; null while nothing did.</summary>
    public Exception? Reason => Volatile.Read(ref _reason);

    /// <summary>Records a failure. The first one stays: later ones are its consequences.</summary>
    public void Set(Exception reason) => Interlocked.CompareExchange(ref _reason, reason, null);

    /// <summary>One line for the operator where they can do something about it; the whole failure where only its text helps.</summary>
    public static string Describe(Exception failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
            if (IsOperational(reason)) return reason.Message;
        return $"The server failed: {failure}";
    }

    /// <summary>A fault of the surroundings (the disk, the database, an address in use), not of the program.</summary>
    private static bool IsOperational(Exception failure) =>
        failure is LogUnavailableException or LogCorruptedException or AddressInUseException or IOException or UnauthorizedAccessException;
}
