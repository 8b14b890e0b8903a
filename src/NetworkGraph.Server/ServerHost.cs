using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Dashboard;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Health;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.Boundaries;
using NetworkGraph.Server.Http.Imports;
using NetworkGraph.Server.Http.Interactions;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.Network;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Paths;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Live;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.Server.Telemetry;

namespace NetworkGraph.Server;

/// <summary>Puts the server together: what is in it, in what order a request meets it, and where it listens.</summary>
public static class ServerHost
{
    /// <summary>Serves until cancelled or stopped. Returns why it could not serve, in a line; null where it could.</summary>
    public static async Task<string?> RunAsync(WebApplicationBuilder builder, ServerOptions options, HostParts parts, CancellationToken cancellation)
    {
        if (PortCheck.WhyNotFree(options) is { } taken) return taken;
        await using var app = Build(builder, options, parts);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException cannotListen)
        {
            return cannotListen.Message;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && WhyNotStarted(failure, app.Services.GetRequiredService<ServingNode>()) is not null)
        {
            return WhyNotStarted(failure, app.Services.GetRequiredService<ServingNode>());
        }
        await app.WaitForShutdownAsync(cancellation);
        return app.Services.GetRequiredService<ServingNode>().Failure;
    }

    /// <summary>
    /// Why something that a host starts besides did not start, where that is known in words: it needs the log too, or was told
    /// to stop because the node had failed.
    /// </summary>
    private static string? WhyNotStarted(Exception failure, ServingNode node)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
            if (reason is LogUnavailableException) return reason.Message;
        return failure is OperationCanceledException ? node.Failure : null;
    }

    /// <summary>The server, not yet started.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, ServerOptions options, HostParts? parts = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        Listen(builder.WebHost, options);
        Log(builder.Logging, options);
        parts ??= HostParts.Embedded;
        builder.Services.AddSingleton(parts);
        AddServices(builder.Services, options, parts);
        parts.AddServices(builder);
        var app = builder.Build();
        Answer(app);
        return app;
    }

    private static void Listen(ConfigureWebHostBuilder web, ServerOptions options)
    {
        web.PreferHostingUrls(false);
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A pace would close a connection for one stream of it that is not read. A gRPC call that is left unread ends by
            // itself (GrpcUnreadSeconds); for HTTP/1.1, where a connection is one answer, UseMinimalPace sets a pace.
            kestrel.Limits.MinResponseDataRate = null;
            HeaderLimits.Configure(kestrel.Limits);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
            foreach (var address in options.HttpAddresses)
            {
                Bind(kestrel, address, listen =>
                {
                    if (address.IsHttps) listen.UseHttps();
                    ProtocolErrors.ExplainOn(listen);
                });
            }
            foreach (var address in options.GrpcAddresses) Bind(kestrel, address, listen => listen.Protocols = HttpProtocols.Http2);
        });
    }

    private static void Bind(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Ip is { } ip) kestrel.Listen(ip, address.Port, configure);
        else kestrel.ListenLocalhost(address.Port, configure);
    }

    private static void Log(ILoggingBuilder logging, ServerOptions options)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.SetMinimumLevel(options.LogLevel);
        // What fails at start is told in one line, at the end.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Checks are asked every second; a server that is not ready says itself how far it is.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // What gRPC's library tells of statuses holds their messages, and these hold ids.
        logging.AddFilter("Grpc", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
        // The framework logs paths, and paths hold ids.
        logging.AddFilter("Microsoft.AspNetCore", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, HostParts parts)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        services.AddQueryLimits(options);
        services.AddCrossOrigin(options);
        services.AddCompressedAnswers();
        services.AddSingleton<UnavailableLog>();
        services.AddDocumentation();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswersJson.Default);
            // OpenAPI then says that numbers are numbers, not numbers or strings.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<KeyRing>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveTicker>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveTicker>());
        services.AddGrpcApi();
        services.AddSingleton<OperationIndex>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ServingNode>();
        services.AddHostedService(provider => provider.GetRequiredService<ServingNode>());
        AddNode(services);
        services.AddSingleton(provider => new ProtocolErrors(provider.GetRequiredService<DiagnosticListener>()));
        services.AddSingleton<IngestMetrics>();
        services.AddObservability(options, parts);
    }

    /// <summary>What endpoints ask for; there once the data folder is open, which <see cref="ReadinessGate"/> sees to.</summary>
    private static void AddNode(IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Log);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.PeopleHost);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.People.Profiles);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.People);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.People.Boundaries);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.People.Imports);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.People.Preferences);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.PersonalNudges);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Queries);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Overview);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Venues);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Referrals);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Structure);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Graphs);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Groups);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Pairings);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Map);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Timeline);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Huddles);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Revival);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Nudges);
        services.AddSingleton(provider => provider.GetRequiredService<ServingNode>().Node.Briefs);
    }

    private static void Answer(WebApplication app)
    {
        app.Services.GetRequiredService<ProtocolErrors>();
        app.Services.GetRequiredService<NetworkMetrics>();
        app.Services.GetRequiredService<OpenLoopMetrics>();
        app.Services.GetRequiredService<ThreadPoolMetrics>();

        app.UseAnswerHeaders();
        app.UseResponseCompression();
        app.UseProblemPages();
        app.UseHeaderLimits();
        app.UseMinimalPace();
        if (app.Services.GetRequiredService<ServerOptions>().HttpAddresses.All(a => a.IsLoopback)) app.UseLoopbackHosts();
        app.UseRawPath();
        app.UseRouting();
        app.UseCrossOrigin();
        // The dashboard itself is open; what it shows it asks for with its user's key.
        app.UseDashboard();
        app.UseKeys();
        app.UseUnknownGrpcMethods();
        app.Use(RequestActivities.TraceAsync);
        app.UseAnswerPatience(TimeSpan.FromSeconds(app.Services.GetRequiredService<ServerOptions>().GrpcUnreadSeconds));
        app.UseReadinessGate();
        app.UseRateLimiter();

        var http = app.MapGroup("");
        ((IEndpointConventionBuilder)http).Finally(HeadRequests.Apply);
        http.MapHealth();
        app.MapMetrics();
        http.MapOpenApi("/openapi/{documentName}.json").WithName(OperationAccess.Document);
        var operations = app.Services.GetRequiredService<OperationIndex>();
        ((IEndpointConventionBuilder)http).Finally(operations.Add);
        ((IEndpointConventionBuilder)http).Finally(RouteLabel.Apply);
        MapOperations(http);
        app.Services.GetRequiredService<HostParts>().MapMore(http);
        app.MapGrpcApi(operations);
        http.MapProtoFiles();
    }

    /// <summary>All that is served under /v1. Each has an operation id, by which gRPC finds it.</summary>
    private static void MapOperations(RouteGroupBuilder operations)
    {
        operations.MapInteractionIngest();
        operations.MapInteractions();
        operations.MapImports();
        operations.MapPeople();
        operations.MapHistory();
        operations.MapTies();
        operations.MapFollowUps();
        operations.MapHabits();
        operations.MapIntroductions();
        operations.MapNetwork();
        operations.MapOverview();
        operations.MapExport();
        operations.MapLive();
        operations.MapBlocks();
        operations.MapReports();
        operations.MapVenues();
        operations.MapStructure();
        operations.MapGraphs();
        operations.MapGroups();
        operations.MapTeamIntroductions();
        operations.MapPictures();
        operations.MapHuddles();
        operations.MapRevival();
        operations.MapNudges();
        operations.MapPreferences();
    }
}
