using Orleans.Configuration;

namespace NetworkGraph.Server.Host.Cluster;

/// <summary>How fast a dead silo is found, and how long a call may take.</summary>
internal static class MembershipTimes
{
    /// <summary>
    /// Longer than it takes to declare a silo dead: what was asked of a dead silo then fails as such and is asked again,
    /// and only what is truly slow times out.
    /// </summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A silo that dies is found dead within seconds: its probes fail twice, and one that is left decides. Rows of silos
    /// that all died at once do not hold up the next.
    /// </summary>
    public static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 2;
        membership.NumVotesForDeathDeclaration = 1;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }
}
