using System.CommandLine;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Backups;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// <c>serve</c>, the default: HTTP and gRPC over one log. Settings come from appsettings.json (section NetworkGraph), the
/// environment (NETWORKGRAPH__URLS and so on) and the command line; the last of these wins.
/// </summary>
public static class ServeVerb
{
    private static readonly Option<string?> s_data = new(
        "--data")
    { Description = "Where the log lives (default ./data).", HelpName = "dir" };

    private static readonly Option<string?> s_urls = new("--urls")
    {
        Description = $"Addresses for HTTP, several separated by ';' (default {ServerOptions.DefaultUrls}).",
        HelpName = "urls",
    };

    private static readonly Option<string?> s_grpcUrls = new("--grpc-urls")
    {
        Description = $"Addresses for gRPC, HTTP/2 in clear text (default {ServerOptions.DefaultGrpcUrls}).",
        HelpName = "urls",
    };

    private static readonly Option<bool> s_allowRemote = new("--allow-remote-without-keys")
    {
        Description = "Listen on other than loopback addresses although no keys are configured: for a container or a proxy "
            + "that guards the door.",
    };

    private static readonly Option<bool> s_allowWrites = new(
        "--allow-writes")
    { Description = "Let assistants (Model Context Protocol) write, where their key may." };

    private static readonly Option<bool> s_acceptLoss = new("--accept-loss")
    {
        Description = "Open the log although records are missing at its end that were acknowledged: after damage, where no "
            + "backup is to be had.",
    };

    private static readonly Option<string?> s_telemetry = new(
        "--telemetry")
    { Description = "'console' prints metrics and traces.", HelpName = "console" };

    private static readonly Option<string?> s_logLevel = new("--log-level")
    {
        Description = "Trace, Debug, Information (default), Warning, Error or Critical.",
        HelpName = "level",
    };

    private static readonly Option<bool> s_cluster = new(
        "--cluster")
    { Description = "Be one silo of a cluster over a log in PostgreSQL (--postgres)." };

    private static readonly Option<string?> s_role = new("--role")
    {
        Description = "In a cluster: 'shards' (default) owns people and answers requests, 'api' only answers requests.",
        HelpName = "shards|api",
    };

    private static readonly Option<string?> s_clusterId = new(
        "--cluster-id")
    { Description = "The name that all silos of the cluster share (default networkgraph).", HelpName = "name" };

    private static readonly Option<string?> s_address = new("--address")
    {
        Description = "In a cluster: the IP address by which the other silos reach this one (default 127.0.0.1, for silos on one machine).",
        HelpName = "ip",
    };

    private static readonly Option<string?> s_siloPort = new(
        "--silo-port")
    {
        Description = "In a cluster: the port by which the other silos reach this one (default 11111).",
        HelpName = "port"
    };

    private static readonly Option<string?> s_backupTo = new(
        "--backup-to")
    { Description = "Write backups into this folder while serving.", HelpName = "dir" };

    private static readonly Option<string?> s_backupEvery = new(
        "--backup-every")
    { Description = "How often (default 1d): 30m, 12h, 1d.", HelpName = "interval" };

    private static readonly Option<string?> s_backupKeep = new(
        "--backup-keep")
    { Description = "How many of the last backups are kept (default 7).", HelpName = "count" };

    private static readonly Option[] s_clusterOptions = [s_cluster, s_role, s_clusterId, s_address, s_siloPort];

    private static readonly Option[] s_options =
    [
        s_data, LogChoice.Log, LogChoice.Postgres, s_urls, s_grpcUrls, s_allowRemote, s_allowWrites, s_acceptLoss, s_telemetry, s_logLevel,
        s_backupTo, s_backupEvery, s_backupKeep, .. s_clusterOptions,
    ];

    /// <summary>All options but those of the log: for a verb that serves a folder of its own.</summary>
    internal static IEnumerable<Option> OptionsWithoutData => s_options.Where(
        option => option != s_data && option != LogChoice.Log && option != LogChoice.Postgres && !s_clusterOptions.Contains(option));

    public static Command Create()
    {
        var serve = new Command("serve", "Serve HTTP and gRPC (the default).");
        Fill(serve);
        return serve;
    }

    public static void MakeDefaultOf(RootCommand root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Fill(root);
    }

    private static void Fill(Command command)
    {
        foreach (var option in s_options) command.Options.Add(option);
        command.SetAction(ServeAsync);
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation) =>
        await ConfigureAsync(parsed, []) is var (builder, options)
            ? await RunAsync(builder, options, TimeProvider.System, cancellation) : ExitCodes.Usage;

    /// <summary>
    /// What to serve with, from all settings; null where some are wrong, which has been printed then.
    /// <paramref name="fixedSettings"/> hold whatever the others say.
    /// </summary>
    internal static async Task<(WebApplicationBuilder Builder, ServerOptions Options)?> ConfigureAsync(
        ParseResult parsed, IEnumerable<KeyValuePair<string, string?>> fixedSettings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(FromCommandLine(parsed));
        builder.Configuration.AddInMemoryCollection(fixedSettings);
        var (options, errors) = ServerOptions.Read(builder.Configuration);
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return null;
        }
        return (builder, options);
    }

    internal static async Task<int> RunAsync(
        WebApplicationBuilder builder, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await ServerHost.RunAsync(builder, options, time, cancellation);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync(ServerFailure.Describe(failure));
            return ExitCodes.Failed;
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(ParseResult parsed)
    {
        (string Setting, string? Value)[] given =
        [
            (nameof(ServerOptions.Data), parsed.GetValue(s_data)),
            (nameof(ServerOptions.Urls), parsed.GetValue(s_urls)),
            (nameof(ServerOptions.GrpcUrls), parsed.GetValue(s_grpcUrls)),
            (nameof(ServerOptions.AllowRemoteWithoutKeys), parsed.GetValue(s_allowRemote) ? "true" : null),
            (nameof(ServerOptions.AssistantWrites), parsed.GetValue(s_allowWrites) ? "true" : null),
            (nameof(ServerOptions.AcceptLoss), parsed.GetValue(s_acceptLoss) ? "true" : null),
            (BackupSetting(nameof(BackupOptions.To)), parsed.GetValue(s_backupTo)),
            (BackupSetting(nameof(BackupOptions.Every)), parsed.GetValue(s_backupEvery)),
            (BackupSetting(nameof(BackupOptions.Keep)), parsed.GetValue(s_backupKeep)),
            (nameof(ServerOptions.Telemetry), parsed.GetValue(s_telemetry)),
            (nameof(ServerOptions.LogLevel), parsed.GetValue(s_logLevel)),
            (ClusterSetting(nameof(ClusterSettings.Enabled)), parsed.GetValue(s_cluster) ? "true" : null),
            (ClusterSetting(nameof(ClusterSettings.Role)), parsed.GetValue(s_role)),
            (ClusterSetting(nameof(ClusterSettings.Id)), parsed.GetValue(s_clusterId)),
            (ClusterSetting(nameof(ClusterSettings.Address)), parsed.GetValue(s_address)),
            (ClusterSetting(nameof(ClusterSettings.SiloPort)), parsed.GetValue(s_siloPort)),
            // A cluster shares a log, and only PostgreSQL can be shared.
            (nameof(ServerOptions.Log), parsed.GetValue(s_cluster) && parsed.GetValue(LogChoice.Log) is null ? "postgres" : null),
        ];
        return given.Where(g => g.Value is not null).Select(g => KeyValuePair.Create($"{ServerOptions.Section}:{g.Setting}", g.Value))
            .Concat(LogChoice.Of(parsed));
    }

    private static string BackupSetting(string name) => $"{nameof(ServerOptions.Backup)}:{name}";

    private static string ClusterSetting(string name) => $"{nameof(ServerOptions.Cluster)}:{name}";
}
