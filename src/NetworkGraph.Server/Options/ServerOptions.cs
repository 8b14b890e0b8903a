using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Backups;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.LiveSources;
using NetworkGraph.Storage.Postgres;

namespace NetworkGraph.Server.Options;

/// <summary>Settings of the server, section <c>NetworkGraph</c> of the configuration.</summary>
public sealed record ServerOptions
{
    public const string Section = "NetworkGraph";
    public const string DefaultUrls = "http://127.0.0.1:5080";
    public const string DefaultGrpcUrls = "http://127.0.0.1:5081";

    /// <summary>Folder of the log, and of the checkpoints that a start begins from.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>Where the log is kept: 'sqlite' in the folder, 'postgres' in a database.</summary>
    public string Log { get; init; } = "sqlite";

    /// <summary>Open the log although records are missing at its end that were acknowledged.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>The database of a log in PostgreSQL: 'Host=...;Database=...;Username=...;Password=...'.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>The schema in that database; made where it does not exist.</summary>
    public string PostgresSchema { get; init; } = "networkgraph";

    /// <summary>Addresses for HTTP, parted by ';'.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Addresses for gRPC (HTTP/2 without TLS), parted by ';'. The scheme may be left out. Empty: no gRPC.</summary>
    public string GrpcUrls { get; init; } = DefaultGrpcUrls;

    /// <summary>Listen on other than loopback addresses without any keys configured.</summary>
    public bool AllowRemoteWithoutKeys { get; init; }

    /// <summary>'none' or 'console'. OTLP follows the standard OTEL_EXPORTER_OTLP_* variables instead.</summary>
    public string Telemetry { get; init; } = "none";

    /// <summary>Whoever is erased stays out when sent again, until that is lifted. Of the ids only keyed hashes are kept.</summary>
    public bool SuppressErased { get; init; } = true;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How many heavy queries (paths, whole network) run at once; 0 means one per core.</summary>
    public int HeavyQueriesAtOnce { get; init; }

    /// <summary>How many heavy queries may wait for their turn before the next is answered 429.</summary>
    public int HeavyQueriesWaiting { get; init; } = 128;

    /// <summary>How many queries (GET) are in hand at once before the next is answered 429.</summary>
    public int RequestsAtOnce { get; init; } = 2048;

    /// <summary>How many requests that write (POST, PUT, PATCH, DELETE) are in hand at once before the next is answered 429.</summary>
    public int IngestAtOnce { get; init; } = 512;

    /// <summary>How many imports are taken in and run at once before the next is answered 429.</summary>
    public int ImportsAtOnce { get; init; } = 4;

    /// <summary>The largest file that is taken in to be imported, bytes; it lies in the data folder meanwhile.</summary>
    public long ImportMaxBytes { get; init; } = 16L << 30;

    /// <summary>How much of each of these budgets one client may have: a key, or an address where there are no keys.</summary>
    public int ClientSharePercent { get; init; } = 50;

    /// <summary>
    /// Origins of web pages that may use the API from a browser, separated by ';': https://dashboard.example.org. '*' for all, where
    /// keys are configured. Empty: none but the server's own dashboard.
    /// </summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>Whether assistants (Model Context Protocol) may write, where their key may: each change in two steps.</summary>
    public bool AssistantWrites { get; init; }

    /// <summary>Whether webhooks may go to private addresses, and without TLS.</summary>
    public bool WebhooksToPrivate { get; init; }

    /// <summary>How long it is shown who asked about a person, days; with 0 it is not recorded.</summary>
    public int AccessKeptDays { get; init; } = 400;

    /// <summary>How many may listen to the live feed at once before the next is answered 429.</summary>
    public int LiveClients { get; init; } = 1000;

    /// <summary>How long a gRPC client may leave unread what it is sent, before its call is ended.</summary>
    public int GrpcUnreadSeconds { get; init; } = 60;

    /// <summary>How long requests in hand may take to end when the server is stopped.</summary>
    public int ShutdownSeconds { get; init; } = 15;

    /// <summary>Every number the measures can be tuned by.</summary>
    public PeopleOptions Measures { get; init; } = new();

    /// <summary>How live the network is, and what it may cost.</summary>
    public LiveNetworkOptions Network { get; init; } = new();

    /// <summary>How the fold is proved against the log while it is served.</summary>
    public FoldProofOptions Proof { get; init; } = new();

    /// <summary>Backups that the server makes of itself.</summary>
    public BackupOptions Backup { get; init; } = new();

    /// <summary>Whether this is one silo of a cluster, and how it takes part in it.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Mailboxes, calendars, address books and folders that the server reads by itself, by name.</summary>
    public Dictionary<string, SourceSettings> Sources { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public bool LogInPostgres => Log == "postgres";

    public bool TelemetryToConsole => Telemetry == "console";

    /// <summary>Addresses for HTTP; only for options without errors.</summary>
    internal IEnumerable<ListenAddress> HttpAddresses => ListenAddress.ParseAll(Urls, []);

    /// <summary>Addresses for gRPC; only for options without errors.</summary>
    internal IEnumerable<ListenAddress> GrpcAddresses => ListenAddress.ParseAll(GrpcUrls, []);

    /// <summary>Reads and checks all settings; every error is one line that names the setting.</summary>
    public static (ServerOptions Options, IReadOnlyList<string> Errors) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var errors = new List<string>();
        var options = SettingsReader.Read<ServerOptions>(configuration.GetSection(Section), errors);
        options.Check(errors);
        return (options, errors);
    }

    private void Check(List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(Data)) errors.Add("Data (--data) must name a folder.");
        else if (File.Exists(Data)) errors.Add($"Data (--data) '{Data}' is a file, not a folder.");
        if (Log is not ("sqlite" or "postgres")) errors.Add($"Log (--log) '{Log}' is unknown; it is 'sqlite' or 'postgres'.");
        if (LogInPostgres && string.IsNullOrWhiteSpace(Postgres)) errors.Add("Postgres (--postgres) must say how to reach the database: 'Host=...;Database=...;Username=...;Password=...'.");
        else if (LogInPostgres && Database.WhyUnreadable(Postgres) is { } unreadable) errors.Add($"Postgres (--postgres): {unreadable}");
        if (Database.WhyNoSchema(PostgresSchema) is { } noSchema) errors.Add($"PostgresSchema: {noSchema}");
        if (Log == "sqlite" && Postgres.Length > 0) errors.Add("Postgres (--postgres) is given, but Log (--log) is 'sqlite'.");
        if (Telemetry is not ("none" or "console")) errors.Add($"Telemetry (--telemetry) '{Telemetry}' is unknown; it is 'console' or 'none'.");
        if (HeavyQueriesAtOnce is < 0 or > 1024) errors.Add($"HeavyQueriesAtOnce {HeavyQueriesAtOnce} is not between 0 and 1024.");
        if (HeavyQueriesWaiting is < 0 or > 100_000) errors.Add($"HeavyQueriesWaiting {HeavyQueriesWaiting} is not between 0 and 100000.");
        if (RequestsAtOnce is < 1 or > 1_000_000) errors.Add($"RequestsAtOnce {RequestsAtOnce} is not between 1 and 1000000.");
        if (IngestAtOnce is < 1 or > 1_000_000) errors.Add($"IngestAtOnce {IngestAtOnce} is not between 1 and 1000000.");
        if (ImportsAtOnce is < 1 or > 1000) errors.Add($"ImportsAtOnce {ImportsAtOnce} is not between 1 and 1000.");
        if (ImportMaxBytes is < 1 or > 1L << 50) errors.Add($"ImportMaxBytes {ImportMaxBytes} is not between 1 and {1L << 50}.");
        if (ClientSharePercent is < 1 or > 100) errors.Add($"ClientSharePercent {ClientSharePercent} is not between 1 and 100.");
        if (AccessKeptDays is < 0 or > 36_500) errors.Add($"AccessKeptDays {AccessKeptDays} is not between 0 and 36500.");
        if (LiveClients is < 0 or > 100_000) errors.Add($"LiveClients {LiveClients} is not between 0 and 100000.");
        if (GrpcUnreadSeconds is < 1 or > 3600) errors.Add($"GrpcUnreadSeconds {GrpcUnreadSeconds} is not between 1 and 3600.");
        if (ShutdownSeconds is < 0 or > 50) errors.Add($"ShutdownSeconds {ShutdownSeconds} is not between 0 and 50.");
        errors.AddRange(Measures.Validate().Select(error => $"{nameof(Measures)}:{error}."));
        errors.AddRange(Network.Validate().Select(error => $"{error}."));
        errors.AddRange(Proof.Validate().Select(error => $"{error}."));
        errors.AddRange(Backup.Validate());
        if (Backup.IsOn && LogInPostgres) errors.Add("Backup:To (--backup-to): a log in PostgreSQL is backed up with PostgreSQL's own tools.");
        errors.AddRange(Cluster.Validate());
        errors.AddRange(Sources.SelectMany(source => source.Value.Validate(source.Key)));
        if (Cluster.Enabled && !LogInPostgres) errors.Add("Cluster (--cluster) needs a log that silos can share: Log (--log) 'postgres', and Postgres (--postgres).");
        if (!Cluster.Enabled && Cluster.Role is SiloRole.Api) errors.Add("Cluster:Role (--role) 'api' is for a silo of a cluster (--cluster).");
        var hasKeys = HasKeys(errors);
        CheckOrigins(hasKeys, errors);
        CheckAddresses(Urls, "Urls (--urls)", grpc: false, hasKeys, errors);
        CheckAddresses(GrpcUrls, "GrpcUrls (--grpc-urls)", grpc: true, hasKeys, errors);
    }

    /// <summary>Whether requests will need a key. A key file that cannot be read is an error: what it says must not be guessed.</summary>
    private bool HasKeys(List<string> errors)
    {
        try
        {
            return KeyFile.Read(Data) is not null;
        }
        catch (KeyFileException broken)
        {
            errors.Add(broken.Message);
            return true;
        }
    }

    private void CheckOrigins(bool hasKeys, List<string> errors)
    {
        var invalid = new List<string>();
        var origins = AllowedOrigins.ParseAll(CorsOrigins, invalid);
        errors.AddRange(invalid.Select(i => $"CorsOrigins: {i}"));
        if (!origins.Contains(AllowedOrigins.Any)) return;
        if (origins.Count > 1) errors.Add("CorsOrigins: '*' stands for all origins; name no others beside it.");
        if (!hasKeys) errors.Add("CorsOrigins: '*' without keys would let every web page that a browser here opens read everything. Name the origins, or make keys with 'keys create'.");
    }

    private void CheckAddresses(string urls, string setting, bool grpc, bool hasKeys, List<string> errors)
    {
        var broken = new List<string>();
        var addresses = ListenAddress.ParseAll(urls, broken);
        errors.AddRange(broken.Select(b => $"{setting}: {b}"));
        if (!grpc && addresses.Count == 0 && broken.Count == 0) errors.Add($"{setting} must name at least one address.");
        foreach (var address in addresses)
        {
            if (grpc && address.IsHttps) errors.Add($"{setting}: '{address.Text}' asks for TLS; gRPC is served as HTTP/2 in clear text, put TLS in front of it.");
            if (address.IsLoopback || AllowRemoteWithoutKeys || hasKeys) continue;
            errors.Add($"{setting}: '{address.Text}' can be reached by others, and no keys are configured. "
                + "Make keys with 'keys create', listen on 127.0.0.1, or pass --allow-remote-without-keys where something else guards the door.");
        }
    }
}
