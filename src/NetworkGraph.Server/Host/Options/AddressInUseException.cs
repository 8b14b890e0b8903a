namespace NetworkGraph.Server.Host.Options;

/// <summary>An address that the server is to listen on is not free; the message names the option that changes it.</summary>
public sealed class AddressInUseException(string message) : Exception(message);
