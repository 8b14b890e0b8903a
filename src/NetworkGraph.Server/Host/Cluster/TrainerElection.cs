using NetworkGraph.Server.Host.Options;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NetworkGraph.Server.Host.Cluster;

/// <summary>
/// Which silo learns models: of those that own people and are alive the one with the lowest address. Where two think so for a
/// moment, the same record is appended twice, which changes no answer.
/// </summary>
internal sealed class TrainerElection(ISiloStatusOracle silos, ISiloMetadataCache metadata)
{
    public bool IsHere()
    {
        var owners = silos.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => RoleOf(silo) == OwnsPeopleDirector.NameOf(SiloRole.Shards));
        return silos.SiloAddress.Equals(owners.Order().FirstOrDefault());
    }

    private string? RoleOf(SiloAddress silo) => metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(OwnsPeopleDirector.RoleKey);
}
