using System.Net;
using System.Net.Sockets;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Server.Host;

/// <summary>Looks whether addresses can be listened on before anything is opened, written or joined.</summary>
internal static class ListenAddresses
{
    /// <exception cref="AddressInUseException">One of them is taken.</exception>
    public static void CheckFree(ServerOptions options)
    {
        foreach (var address in options.HttpAddresses) CheckFree(address, "--urls");
        foreach (var address in options.GrpcAddresses) CheckFree(address, "--grpc-urls");
        // A second silo on the address of a first one is taken for the first one restarted, and the first is declared dead.
        if (options.Cluster.Enabled) CheckFree(new IPEndPoint(IPAddress.Parse(options.Cluster.Address), options.Cluster.SiloPort), "--silo-port");
    }

    private static void CheckFree(ListenAddress address, string option)
    {
        if (address.Port == 0) return;
        if (address.Ip is { } ip) CheckFree(new IPEndPoint(ip, address.Port), option);
        else CheckFree(new IPEndPoint(IPAddress.Loopback, address.Port), option);
    }

    /// <summary>Whether nothing listens on it.</summary>
    public static bool IsFree(IPEndPoint endpoint) => WhyTaken(endpoint) is null;

    private static void CheckFree(IPEndPoint endpoint, string option)
    {
        if (WhyTaken(endpoint) is { } taken)
            throw new AddressInUseException($"Cannot listen on {endpoint} ({option}): {taken.Message}. Name another address with {option}.", taken);
    }

    private static SocketException? WhyTaken(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // As the web server listens on them: on all addresses of both families.
        if (endpoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
            return null;
        }
        catch (SocketException taken)
        {
            return taken;
        }
    }
}
