using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Server.Host.Options;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace NetworkGraph.Server.Host.Cluster;

/// <summary>Keeps grains of people on the silos whose metadata say that they own people.</summary>
internal sealed class OwnsPeopleDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <summary>The name of a silo's role in its metadata.</summary>
    public const string RoleKey = "role";

    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        silos.Where(silo => metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(RoleKey) == NameOf(SiloRole.Shards));

    public static string NameOf(SiloRole role) => role switch
    {
        SiloRole.Shards => "shards",
        SiloRole.Api => "api",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
