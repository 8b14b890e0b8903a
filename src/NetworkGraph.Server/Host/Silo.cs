using System.Net;
using System.Security.Cryptography;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Storage.Postgres;
using Orleans;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NetworkGraph.Server.Host;

/// <summary>The Orleans silo of this process: the only one, or one of a cluster over PostgreSQL.</summary>
internal static class Silo
{
    private const int MembershipConnections = 4;
    private const int NameCharacters = 32;
    private const int MinPort = 20_000;
    private const int MaxPort = 32_000;
    private static readonly string[] s_printMessages =
    [
        "Orleans.Grain", "Orleans.Messaging", "Orleans.Runtime.ActivationData", "Orleans.Runtime.CallbackData",
        "Orleans.Runtime.InsideRuntimeClient",
        "Orleans.Runtime.MessageCenter", "Orleans.Runtime.Messaging",
    ];

    private static readonly TimeSpan s_idleFor = TimeSpan.FromMinutes(2);

    public static void AddSilo(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.UseOrleans(silo =>
        {
            if (options.Cluster.Enabled) JoinCluster(silo, options);
            else StandAlone(silo);
            silo.UseSiloMetadata(
                new Dictionary<string, string> { [OwnsPeopleDirector.RoleKey] = OwnsPeopleDirector.NameOf(options.Cluster.Role) });
            silo.Services.AddPlacementFilter<OwnsPeopleFilter, OwnsPeopleDirector>(ServiceLifetime.Transient);
            silo.AddActivityPropagation();
            silo.AddDashboard(static dashboard => dashboard.HideTrace = true);
            // A person grain holds nothing but references, so one that is needed again costs little.
            silo.Services.Configure<GrainCollectionOptions>(static collection => collection.CollectionAge = s_idleFor);
            silo.Services.Configure<SiloMessagingOptions>(static messaging =>
            {
                messaging.ResponseTimeout = MembershipTimes.ResponseTimeout;
                messaging.CancelRequestOnTimeout = true;
            });
        });
        Quieten(builder.Logging, options.LogLevel);
    }

    /// <summary>No other silo can join: the cluster's name is made up at each start, and clients have no port.</summary>
    private static void StandAlone(ISiloBuilder silo)
    {
        var name = RandomNumberGenerator.GetHexString(NameCharacters, lowercase: true);
        silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: name, clusterId: name);
        // All its grains are here; the cache of where others are takes 9 MB at start.
        silo.Configure<GrainDirectoryOptions>(
            static directory => directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None);
    }

    private static void JoinCluster(ISiloBuilder silo, ServerOptions options)
    {
        var cluster = options.Cluster;
        var address = IPAddress.Parse(cluster.Address);
        silo.Services.Configure<ClusterOptions>(identity => (identity.ClusterId, identity.ServiceId) = (cluster.Id, cluster.Id));
        silo.ConfigureEndpoints(address, cluster.SiloPort, gatewayPort: 0, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        silo.Services.AddSingleton(_ => Database.Of(options.Postgres, options.PostgresSchema, MembershipConnections));
        silo.Services.AddSingleton<IMembershipTable>(
            services => new PostgresMembership(services.GetRequiredService<Database>(), cluster.Id));
        silo.Services.Configure<ClusterMembershipOptions>(MembershipTimes.Apply);
    }

    /// <summary>What goes on inside Orleans is logged from warnings on: what is normal there is no news to an operator.</summary>
    private static void Quieten(ILoggingBuilder logging, LogLevel configured)
    {
        logging.AddFilter("Orleans", AtLeast(LogLevel.Warning));
        // Orleans places each grain through it, and it logs each attempt.
        logging.AddFilter("Polly", AtLeast(LogLevel.Warning));
        // These print the messages they handle, and messages name people.
        foreach (var revealing in s_printMessages) logging.AddFilter(revealing, configured > LogLevel.Debug ? LogLevel.None : configured);
        // At each start these warn of the collector that was chosen, of a check that has not run yet, and of membership that is
        // kept in memory.
        foreach (var talkative in (string[])["Orleans.Runtime.Silo", "Orleans.Runtime.Watchdog", "Orleans.Runtime.MembershipService"])
            logging.AddFilter(talkative, AtLeast(LogLevel.Error));

        LogLevel AtLeast(LogLevel level) => configured > level ? configured : level;
    }

    /// <summary>
    /// A port of the loopback that nothing listens on; below those that systems give to outgoing connections, one of which
    /// could take it before the silo does.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(MinPort, MaxPort + 1);
            if (PortCheck.IsFree(IPAddress.Loopback, port)) return port;
        }
    }
}
