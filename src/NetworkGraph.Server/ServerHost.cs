using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Access;
using NetworkGraph.Server.Asks;
using NetworkGraph.Server.Assistants;
using NetworkGraph.Server.Backups;
using NetworkGraph.Server.Dashboard;
using NetworkGraph.Server.Export;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Health;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.Boundaries;
using NetworkGraph.Server.Http.Identity;
using NetworkGraph.Server.Http.Interactions;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.Network;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Paths;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Imports;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Live;
using NetworkGraph.Server.LiveSources;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.Server.Telemetry;
using NetworkGraph.Server.Webhooks;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace NetworkGraph.Server;

/// <summary>Puts the server together: what is in it, in what order a request meets it, and where it listens.</summary>
public static class ServerHost
{
    /// <summary>Serves until cancelled or stopped; throws what kept it from serving (<see cref="ServerFailure.Describe"/> puts it into words).</summary>
    public static async Task RunAsync(WebApplicationBuilder builder, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        PortCheck.RequireFree(options);
        await using var app = await BuildAsync(builder, options, time, cancellation);
        var failure = app.Services.GetRequiredService<ServerFailure>();
        try
        {
            await app.StartAsync(cancellation);
            await app.WaitForShutdownAsync(cancellation);
        }
        catch (Exception consequence) when (failure.Reason is not null)
        {
            throw new InvalidOperationException(consequence.Message, failure.Reason);
        }
        if (failure.Reason is { } reason) ExceptionDispatchInfo.Throw(reason);
    }

    /// <summary>The server over the data folder that the options name, not yet started. Disposing it closes the folder.</summary>
    /// <exception cref="LogUnavailableException">The log is in use, unreachable, not writable, or of a newer version.</exception>
    /// <exception cref="LogCorruptedException">The log's bytes are not what was written.</exception>
    /// <param name="builder">The web application.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="replace">Takes the place of services; null for nothing.</param>
    public static async Task<WebApplication> BuildAsync(
        WebApplicationBuilder builder, ServerOptions options, TimeProvider time, CancellationToken cancellation, Action<IServiceCollection>? replace = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var data = await DataFolder.OpenAsync(options, time, cancellation);
        try
        {
            Listen(builder.WebHost, options);
            Log(builder.Logging, options);
            AddServices(builder, options, data, time);
            replace?.Invoke(builder.Services);
            var app = builder.Build();
            // The container closes what it has made, last made first.
            app.Services.GetRequiredService<DataFolder>();
            Answer(app);
            return app;
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
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
        // What assistants get wrong holds ids, and is answered to them.
        logging.AddFilter("ModelContextProtocol", LogLevel.None);
        // The framework logs paths, and paths hold ids.
        logging.AddFilter("Microsoft.AspNetCore", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
    }

    private static void AddServices(WebApplicationBuilder builder, ServerOptions options, DataFolder data, TimeProvider time)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        services.AddQueryLimits(options);
        services.AddCrossOrigin(options);
        services.AddCompressedAnswers();
        services.AddSingleton<UnavailableLog>();
        services.AddSingleton<PersonNames>();
        services.AddDocumentation();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswersJson.Default);
            // OpenAPI then says that numbers are numbers, not numbers or strings.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<KeyRing>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<AccessLog>();
        services.AddAssistants();
        services.AddHttpContextAccessor();
        services.AddGrpcApi();
        services.AddSingleton<OperationIndex>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ServerFailure>();
        services.AddNetwork(data, options.Measures, options.Network, options.Proof);
        services.AddSingleton<PersonGrains>();
        services.AddSingleton<CacheWarmup>();
        services.AddSingleton(provider => new ProtocolErrors(provider.GetRequiredService<DiagnosticListener>()));
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<BatchesInHand>();
        services.AddObservability(options);

        services.AddSingleton<IdentitySuggestions>();
        services.AddSingleton<EntitySuggestions>();
        // Started in this order and stopped in the opposite one; the web server comes after all of them.
        services.AddSingleton<TrainerElection>();
        services.AddHostedService<NetworkWorker>();
        services.AddHostedService<KeyRequirementRecorder>();
        builder.AddSilo(options);
        services.AddSingleton<ScheduledBackups>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledBackups>());
        services.AddSingleton(new LiveSourceList(options.Sources));
        services.AddSingleton(new SourceCheckpoints(options.Data));
        services.AddSingleton<SourceRunner>();
        services.AddSingleton<NetworkExport>();
        services.AddSingleton<ImportJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportJobs>());
        services.AddHostedService(provider => provider.GetRequiredService<SourceRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<AccessLog>());
        services.AddSingleton<WebhookSecrets>();
        services.AddHostedService<WebhookWorker>();
        services.AddSingleton<LiveTicker>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveTicker>());
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
        app.UseAssistantOrigins();
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
        app.MapOrleansDashboard("/orleans").WithMetadata(new AskedAs(OperationAccess.Orleans)).ExcludeFromDescription();
        http.MapOpenApi("/openapi/{documentName}.json").WithName(OperationAccess.Document);
        var operations = app.Services.GetRequiredService<OperationIndex>();
        ((IEndpointConventionBuilder)http).Finally(operations.Add);
        ((IEndpointConventionBuilder)http).Finally(RouteLabel.Apply);
        MapOperations(http);
        app.MapAssistants();
        // The page says nothing of anybody; what it shows it asks for with its user's key.
        app.MapScalarApiReference("/docs", page =>
        {
            page.Title = "NetworkGraph API";
            page.OpenApiRoutePattern = "/openapi/{documentName}.json";
            page.DefaultFonts = false;
        }).NeedsNoKey();
        app.MapGrpcApi(operations);
        http.MapProtoFiles();
    }

    /// <summary>All that is served under /v1. Each has an operation id, by which gRPC finds it.</summary>
    private static void MapOperations(RouteGroupBuilder operations)
    {
        operations.MapInteractionIngest();
        operations.MapInteractions();
        operations.MapImports();
        operations.MapSources();
        operations.MapPeople();
        operations.MapProfileChanges();
        operations.MapHistory();
        operations.MapTies();
        operations.MapFollowUps();
        operations.MapHabits();
        operations.MapIntroductions();
        operations.MapNetwork();
        operations.MapOverview();
        operations.MapExport();
        operations.MapNetworkExport();
        operations.MapLive();
        operations.MapAliases();
        operations.MapSuggestions();
        operations.MapIdentityChanges();
        operations.MapEntitySuggestions();
        operations.MapSuppressions();
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
        operations.MapBeginnings();
        operations.MapAsks();
        operations.MapAccess();
        operations.MapSubscriptions();
    }
}
