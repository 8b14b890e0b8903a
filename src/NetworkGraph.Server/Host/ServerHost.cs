using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Api;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Http;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Live;
using NetworkGraph.Server.Api.LiveSources;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.People;
using NetworkGraph.Server.Api.Webhooks;
using NetworkGraph.Server.Assistants;
using NetworkGraph.Server.Dashboard;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Health;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Host.Telemetry;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Verbs.Backups;
using NetworkGraph.Server.Verbs.Export;
using Orleans.Dashboard;
using Scalar.AspNetCore;

namespace NetworkGraph.Server.Host;

/// <summary>Puts the server together: what is in it, in what order a request meets it, and where it listens.</summary>
public static class ServerHost
{
    /// <summary>
    /// Serves until cancelled or stopped; throws what kept it from serving (<see cref="ServerFailure.Describe"/> puts it into
    /// words).
    /// </summary>
    public static async Task RunAsync(
        WebApplicationBuilder builder, ServerOptions options, TimeProvider time, CancellationToken cancellation)
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
    public static async Task<WebApplication> BuildAsync(
        WebApplicationBuilder builder, ServerOptions options, TimeProvider time, CancellationToken cancellation,
        Action<IServiceCollection>? replace = null)
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
            // A minimal rate would close a connection for one stream of it that is not read. A gRPC call that is left unread ends by
            // itself (GrpcUnreadSeconds); for HTTP/1.1, where a connection is one answer, the front door sets a rate.
            kestrel.Limits.MinResponseDataRate = null;
            FrontDoor.Configure(kestrel.Limits);
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
        // A failure at start is printed in one line, at the end.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Checks are asked every second; a server that is not ready says itself how far it is.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // The gRPC library logs messages of statuses, and these hold ids.
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
        services.AddSingleton<Admission>();
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
        services.AddSingleton(
            provider => new KeyRing(options.Data, data.KeysRequired, time, provider.GetRequiredService<ILogger<KeyRing>>()));
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<AccessLog>();
        services.AddAssistants();
        services.AddHttpContextAccessor();
        services.AddGrpcApi();
        services.AddSingleton(AllOperations.Table());
        services.AddSingleton<Recorder>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ServerFailure>();
        services.AddNetwork(data, options.Measures, options.Network, options.Proof);
        services.AddSingleton<PersonGrains>();
        services.AddSingleton<CacheWarmup>();
        services.AddSingleton<ProtocolErrors>();
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
        services.AddSingleton(_ => new WebhookSecrets(options.Data));
        services.AddSingleton(new WebhookPolicy(options.WebhooksToPrivate));
        services.AddSingleton(new AccessRetention(options.AccessKeptDays));
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

        var options = app.Services.GetRequiredService<ServerOptions>();
        app.UseAnswerHeaders();
        app.UseResponseCompression();
        app.UseProblemPages();
        app.UseAssistantOrigins();
        app.UseFrontDoor(options.HttpAddresses.All(address => address.IsLoopback));
        app.UseRouting();
        app.UseCrossOrigin();
        // The dashboard itself is open; what it shows it asks for with its user's key.
        app.UseDashboard();
        app.UseKeys();
        app.UseUnknownGrpcMethods();
        app.Use(RequestActivities.TraceAsync);
        app.UseAnswerPatience(TimeSpan.FromSeconds(options.GrpcUnreadSeconds));
        app.Use(app.Services.GetRequiredService<Admission>().AdmitAsync);

        var http = app.MapGroup("");
        ((IEndpointConventionBuilder)http).Finally(FrontDoor.AnswerHead);
        http.MapHealth();
        http.MapOpenApi("/openapi/{documentName}.json").WithMetadata(Access.AnyKey);
        http.MapHttpApi();
        http.MapProtoFiles();
        app.MapGrpcApi();
        app.MapAssistants();
        // The page says nothing of anybody; what it shows it asks for with its user's key.
        app.MapScalarApiReference("/docs", page =>
        {
            page.Title = "NetworkGraph API";
            page.OpenApiRoutePattern = "/openapi/{documentName}.json";
            page.DefaultFonts = false;
        }).NeedsNoKey();
        app.MapMetrics();
        app.MapOrleansDashboard("/orleans").WithMetadata(new Access(Access.Analysts)).ExcludeFromDescription();
    }
}
