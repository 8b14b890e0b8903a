using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.Server.Host.Options;

/// <summary>Finds out whether the server can listen where its options say, before anything is written.</summary>
internal static class PortCheck
{
    /// <exception cref="AddressInUseException">An address is not free; the message names the option that changes it.</exception>
    public static void RequireFree(ServerOptions options)
    {
        if (WhyNotFree(options) is { } reason) throw new AddressInUseException(reason);
    }

    /// <summary>Whether nothing listens there.</summary>
    public static bool IsFree(IPAddress ip, int port) => WhyNotBound(ip, port) is null;

    /// <summary>Why it cannot, in a line that names the option; null where all addresses are free.</summary>
    public static string? WhyNotFree(ServerOptions options) =>
        WhyNotFree(options.HttpAddresses, "--urls") ?? WhyNotFree(options.GrpcAddresses, "--grpc-urls") ?? WhyNoSilo(options.Cluster);

    private static string? WhyNotFree(IEnumerable<ListenAddress> addresses, string option)
    {
        foreach (var address in addresses)
        {
            if (address.Port == 0) continue;
            foreach (var ip in address.Ip is { } one ? [one] : Loopbacks())
            {
                if (WhyNotBound(ip, address.Port) is { } reason)
                    return $"Cannot listen on {address.Text}: {reason}. Free it, or choose another address with {option}.";
            }
        }
        return null;
    }

    /// <summary>
    /// A second silo on the address of a first one would be taken for the first one restarted, and the first be declared dead.
    /// </summary>
    private static string? WhyNoSilo(ClusterSettings cluster)
    {
        if (!cluster.Enabled || WhyNotBound(IPAddress.Parse(cluster.Address), cluster.SiloPort) is not { } reason) return null;
        return $"Cannot listen on {cluster.Address}:{cluster.SiloPort}: {reason}. Free it, or choose another port with --silo-port.";
    }

    private static string? WhyNotBound(IPAddress ip, int port)
    {
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, port));
            return null;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "the port is in use by another program",
                SocketError.AccessDenied => "the port needs privileges that this user does not have",
                SocketError.AddressNotAvailable => "this machine has no such address",
                _ => refused.Message,
            };
        }
    }

    private static IEnumerable<IPAddress> Loopbacks()
    {
        if (Socket.OSSupportsIPv4) yield return IPAddress.Loopback;
        if (Socket.OSSupportsIPv6) yield return IPAddress.IPv6Loopback;
    }
}
