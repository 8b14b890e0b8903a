using Orleans.Messaging;
using Orleans.Runtime;

namespace NetworkGraph.Cluster.Membership;

/// <summary>Which silos take clients: the active ones of the membership.</summary>
internal sealed class PostgresGateways(PostgresMembership membership) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(2);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => membership.InitializeMembershipTable(true);

    public async Task<IList<Uri>> GetGateways() =>
    [
        .. (await membership.ReadAll()).Members
            .Where(static member => member.Item1 is { Status: SiloStatus.Active, ProxyPort: > 0 })
            .Select(static member => SiloAddress.New(member.Item1.SiloAddress.Endpoint.Address, member.Item1.ProxyPort, member.Item1.SiloAddress.Generation).ToGatewayUri()),
    ];
}
