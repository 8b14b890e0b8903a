using Orleans.Messaging;
using Orleans.Runtime;

namespace NetworkGraph.Cluster.Membership;

/// <summary>Which silos take clients: the active ones of the membership. Says when there are none, and when there are again.</summary>
internal sealed partial class PostgresGateways(PostgresMembership membership, ILogger<PostgresGateways> logger) : IGatewayListProvider
{
    private bool _saidNone;

    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(2);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => membership.InitializeMembershipTable(true);

    public async Task<IList<Uri>> GetGateways()
    {
        List<Uri> gateways =
        [
            .. (await membership.ReadAll()).Members
                .Where(static member => member.Item1 is { Status: SiloStatus.Active, ProxyPort: > 0 })
                .Select(static member => SiloAddress.New(member.Item1.SiloAddress.Endpoint.Address, member.Item1.ProxyPort, member.Item1.SiloAddress.Generation).ToGatewayUri()),
        ];
        if (gateways.Count == 0 && !_saidNone)
        {
            LogNone(membership.ClusterId, Others(await membership.OtherClustersAsync()));
        }
        else if (gateways.Count > 0 && _saidNone)
        {
            LogAgain(membership.ClusterId, gateways.Count);
        }
        _saidNone = gateways.Count == 0;
        return gateways;
    }

    [LoggerMessage(2101, LogLevel.Warning, "No silo of the cluster '{Cluster}' (--cluster) is up; retrying until there is one. {Others}")]
    private partial void LogNone(string cluster, string others);

    [LoggerMessage(2102, LogLevel.Information, "There are silos of the cluster '{Cluster}' again: {Count}.")]
    private partial void LogAgain(string cluster, int count);

    private static string Others(IReadOnlyList<string> clusters) =>
        clusters.Count == 0 ? "None of another cluster is in this database either." : $"In this database there are silos of: {string.Join(", ", clusters.Select(static cluster => $"'{cluster}'"))}.";
}
