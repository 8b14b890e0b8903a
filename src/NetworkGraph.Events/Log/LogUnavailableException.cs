namespace NetworkGraph.Events.Log;

/// <summary>
/// The log cannot be opened or cannot take records now: in use by another process, folder not writable, disk full,
/// written by a newer version, failed. The message says which. Nothing of the call that got it was acknowledged.
/// </summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
