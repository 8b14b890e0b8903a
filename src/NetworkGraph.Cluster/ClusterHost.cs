using System.Net;
using Microsoft.Extensions.Options;
using NetworkGraph.Cluster.Membership;
using NetworkGraph.Cluster.People;
using NetworkGraph.People.Measures;
using NetworkGraph.Server;
using NetworkGraph.Server.Options;
using NetworkGraph.Storage.Postgres;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace NetworkGraph.Cluster;

/// <summary>What a process of the cluster does besides serving the API.</summary>
public enum ClusterRole
{
    /// <summary>Holds people, and serves.</summary>
    Silo,

    /// <summary>Serves, and asks silos for people.</summary>
    Gateway,
}

/// <summary>Puts a silo or a gateway together: the server's API over a log in PostgreSQL, with people as grains.</summary>
public static class ClusterHost
{
    private const int MembershipConnections = 4;
    private static readonly TimeSpan s_connectAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>The parts in place of the embedded ones.</summary>
    public static HostParts Parts(ClusterRole role, ClusterOptions cluster, ServerOptions server) => new()
    {
        OpenLog = static async (services, cancellation) => await services.GetRequiredService<SharedLog>().OpenAsync(cancellation),
        HostPeople = static (services, _, position) =>
        {
            var people = services.GetRequiredService<ClusterPeople>();
            people.StartAfter(position);
            return people;
        },
        AddServices = builder => AddServices(builder, role, cluster, server),
        Meters = ["Microsoft.Orleans"],
        ActivitySources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage"],
    };

    private static void AddServices(WebApplicationBuilder builder, ClusterRole role, ClusterOptions cluster, ServerOptions server)
    {
        AddPeople(builder.Services, server.Measures);
        builder.Services.AddSingleton(_ => Database.Of(server.Postgres, server.PostgresSchema, MembershipConnections));
        builder.Services.AddSingleton(services => new PostgresMembership(services.GetRequiredService<Database>(), cluster.Id));
        builder.Services.AddHostedService(services => new FirstThings(services.GetRequiredService<SharedLog>(), role, cluster));
        if (role is ClusterRole.Silo) builder.UseOrleans(silo => ConfigureSilo(silo, cluster));
        else builder.UseOrleansClient(client => ConfigureClient(client, cluster));
        // What goes on inside is warned of; what is normal there is no news to an operator.
        builder.Logging.AddFilter("Orleans", AtLeast(LogLevel.Warning));
        // Orleans finds a place for each grain through it, and it tells of each attempt.
        builder.Logging.AddFilter("Polly", AtLeast(LogLevel.Warning));
        // At each start these warn of a collector that was chosen, of a check that has not run yet, and once a second of no silo, which PostgresGateways says.
        foreach (var talkative in (string[])["Orleans.Runtime.Silo", "Orleans.Runtime.Watchdog", "Orleans.Messaging.GatewayManager"]) builder.Logging.AddFilter(talkative, AtLeast(LogLevel.Error));

        LogLevel AtLeast(LogLevel level) => server.LogLevel > level ? server.LogLevel : level;
    }

    /// <summary>What grains and those who ask them need, whatever the cluster is made of.</summary>
    internal static void AddPeople(IServiceCollection services, MeasureOptions measures)
    {
        services.AddSingleton(measures);
        services.AddSingleton<SharedLog>();
        services.AddSingleton<ClusterPeople>();
        services.AddSingleton<IGeneralizedCopier, AnswersAsTheyAre>();
        // By field names, so that silos of two versions understand each other while one follows the other.
        services.AddSerializer(static serializer => serializer.AddJsonSerializer(isSerializable: AnswersAsTheyAre.IsAnswer, isCopyable: static _ => false,
            static json => json.Configure(static options => options.SerializerOptions = WholeAnswers.Options)));
    }

    /// <summary>
    /// A silo that dies is found dead within seconds: its probes fail twice, and one that is left decides. Rows of silos
    /// that all died at once do not hold up the next.
    /// </summary>
    internal static void ConfigureTimes(IServiceCollection services)
    {
        services.Configure<ClusterMembershipOptions>(static membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(2);
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 1;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
        services.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        services.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        services.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
    }

    private static void ConfigureSilo(ISiloBuilder silo, ClusterOptions cluster)
    {
        ConfigureTimes(silo.Services);
        silo.Services.Configure<Orleans.Configuration.ClusterOptions>(identity => (identity.ClusterId, identity.ServiceId) = (cluster.Id, cluster.Id));
        silo.ConfigureEndpoints(IPAddress.Parse(cluster.Address), cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(IPAddress.Parse(cluster.Address)));
        silo.Services.AddSingleton<Orleans.IMembershipTable>(static services => services.GetRequiredService<PostgresMembership>());
        silo.Services.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(cluster.IdleMinutes));
        silo.AddActivityPropagation();
    }

    private static void ConfigureClient(IClientBuilder client, ClusterOptions cluster)
    {
        ConfigureTimes(client.Services);
        client.Services.Configure<Orleans.Configuration.ClusterOptions>(identity => (identity.ClusterId, identity.ServiceId) = (cluster.Id, cluster.Id));
        client.Services.AddSingleton<IGatewayListProvider, PostgresGateways>();
        client.UseConnectionRetryFilter(static async (_, cancellation) =>
        {
            await Task.Delay(s_connectAgainAfter, TimeProvider.System, cancellation);
            return true;
        });
        client.AddActivityPropagation();
    }
}
