using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Analytics.Groups;
using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Models;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Analytics.Venues;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Server.Host;

/// <summary>The fold of one data folder and the queries over it: for serving, and for verbs that read a folder.</summary>
public static class NetworkServices
{
    public static IServiceCollection AddNetwork(
        this IServiceCollection services, DataFolder data, PeopleOptions measures, LiveNetworkOptions live, FoldProofOptions? proof = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(live);
        // Made by a factory, so that the container closes it, after everything that was made later.
        services.AddSingleton(_ => data);
        services.AddSingleton(data.Log);
        services.AddSingleton(data.Restored.Histories);
        services.AddSingleton(data.Restored.Profiles);
        services.AddSingleton(data.Restored.Boundaries);
        services.AddSingleton(data.Restored.Naming);
        services.AddSingleton(data.Restored.Imports);
        services.AddSingleton(data.Restored.Preferences);
        services.AddSingleton(data.Restored.Nudges);
        services.AddSingleton(data.Restored.Models);
        services.AddSingleton(data.Restored.Outreach);
        services.AddSingleton(measures);
        services.AddSingleton(measures.Nudges);
        services.AddSingleton(measures.Referrals);
        services.AddSingleton(live);
        services.AddSingleton(proof ?? new FoldProofOptions());
        services.AddSingleton(live.Structure);

        services.AddSingleton<EmbeddedPeople>();
        services.AddSingleton<LiveNetwork>();
        services.AddSingleton<LogFold>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CheckpointKeeper>(provider, data.CheckpointPath));
        services.AddSingleton<NetworkStructures>();
        services.AddSingleton(live.Models);
        services.AddSingleton<ModelKeeper>();
        services.AddSingleton<FoldProof>();

        services.AddSingleton<BriefQueries>();
        services.AddSingleton<GraphQueries>();
        services.AddSingleton<GroupQueries>();
        services.AddSingleton<HuddleQueries>();
        services.AddSingleton<MapQueries>();
        services.AddSingleton<NetworkQueries>();
        services.AddSingleton<NudgeQueries>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<PairingQueries>();
        services.AddSingleton<PersonalNudges>();
        services.AddSingleton<ReferralQueries>();
        services.AddSingleton<RevivalQueries>();
        services.AddSingleton<StructureQueries>();
        services.AddSingleton<TimelineQueries>();
        services.AddSingleton<VenueQueries>();
        return services;
    }
}
