using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.Cluster;

/// <summary>
/// What must be so before anything of the cluster starts. Where the database cannot be reached the process ends with that
/// one sentence, instead of with what each part that needs it makes of it. And a silo's ports must be free: a second silo on
/// the ports of a first is taken for the first one come back, and the first is declared dead.
/// </summary>
internal sealed class FirstThings(SharedLog log, ClusterRole role, ClusterOptions cluster) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (role is ClusterRole.Silo)
        {
            CheckFree(cluster.SiloPort, "--silo-port");
            CheckFree(cluster.GatewayPort, "--gateway-port");
        }
        await log.OpenAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void CheckFree(int port, string option)
    {
        var address = IPAddress.Parse(cluster.Address);
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new IOException($"A silo cannot listen on {new IPEndPoint(address, port)} ({option}): {taken.Message}. Several silos on one machine need ports of their own.", taken);
        }
    }
}
