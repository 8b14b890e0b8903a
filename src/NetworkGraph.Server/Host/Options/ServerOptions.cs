using System.ComponentModel.DataAnnotations;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Keys;
using NetworkGraph.Storage.Postgres;

namespace NetworkGraph.Server.Host.Options;

/// <summary>Options of the server, section <c>NetworkGraph</c> of the configuration.</summary>
public sealed record ServerOptions : IValidatableObject
{
    public const string Section = "NetworkGraph";
    public const string DefaultUrls = "http://127.0.0.1:5080";
    public const string DefaultGrpcUrls = "http://127.0.0.1:5081";

    /// <summary>Folder of the log, and of the checkpoints that a start begins from.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>Where the log is kept: 'sqlite' in the folder, 'postgres' in a database.</summary>
    [Display(Name = "Log (--log)"), AllowedValues("sqlite", "postgres")]
    public string Log { get; init; } = "sqlite";

    /// <summary>Open the log although records are missing at its end that were acknowledged.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>The database of a log in PostgreSQL: 'Host=...;Database=...;Username=...;Password=...'.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>The schema in that database; made where it does not exist.</summary>
    public string PostgresSchema { get; init; } = "networkgraph";

    /// <summary>Addresses for HTTP, separated by ';'.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Addresses for gRPC (HTTP/2 without TLS), separated by ';'. The scheme may be left out. Empty: no gRPC.</summary>
    public string GrpcUrls { get; init; } = DefaultGrpcUrls;

    /// <summary>Listen on other than loopback addresses without any keys configured.</summary>
    public bool AllowRemoteWithoutKeys { get; init; }

    /// <summary>'none' or 'console'. OTLP follows the standard OTEL_EXPORTER_OTLP_* variables instead.</summary>
    [Display(Name = "Telemetry (--telemetry)"), AllowedValues("console", "none")]
    public string Telemetry { get; init; } = "none";

    /// <summary>Whoever is erased stays out when sent again, until that is lifted. Of the ids only keyed hashes are kept.</summary>
    public bool SuppressErased { get; init; } = true;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How many heavy queries (paths, whole network) run at once; 0 means one per core.</summary>
    [Range(0, 1024)]
    public int HeavyQueriesAtOnce { get; init; }

    /// <summary>How many heavy queries may wait for their turn before the next is answered 429.</summary>
    [Range(0, 100_000)]
    public int HeavyQueriesWaiting { get; init; } = 128;

    /// <summary>How many queries (GET) are in hand at once before the next is answered 429.</summary>
    [Range(1, 1_000_000)]
    public int RequestsAtOnce { get; init; } = 2048;

    /// <summary>How many requests that write (POST, PUT, PATCH, DELETE) are in hand at once before the next is answered 429.</summary>
    [Range(1, 1_000_000)]
    public int IngestAtOnce { get; init; } = 512;

    /// <summary>How many imports are taken in and run at once before the next is answered 429.</summary>
    [Range(1, 1000)]
    public int ImportsAtOnce { get; init; } = 4;

    /// <summary>The largest file that is taken in to be imported, bytes; it lies in the data folder meanwhile.</summary>
    [Range(typeof(long), "1", "1125899906842624")]
    public long ImportMaxBytes { get; init; } = 16L << 30;

    /// <summary>How much of each of these budgets one client may have: a key, or an address where there are no keys.</summary>
    [Range(1, 100)]
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
    [Range(0, 36_500)]
    public int AccessKeptDays { get; init; } = 400;

    /// <summary>How many may listen to the live feed at once before the next is answered 429.</summary>
    [Range(0, 100_000)]
    public int LiveClients { get; init; } = 1000;

    /// <summary>How long a gRPC client may leave unread what it is sent, before its call is ended.</summary>
    [Range(1, 3600)]
    public int GrpcUnreadSeconds { get; init; } = 60;

    /// <summary>How long requests in hand may take to end when the server is stopped.</summary>
    [Range(0, 50)]
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

    /// <summary>Reads and validates all options; every error is one line that names the option.</summary>
    public static (ServerOptions Options, IReadOnlyList<string> Errors) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var errors = new List<string>();
        return (OptionsBinding.Bind<ServerOptions>(configuration.GetSection(Section), errors), errors);
    }

    /// <summary>What attributes cannot say: values that depend on each other, on files and on keys.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Data)) errors.Add("Data (--data) must name a folder.");
        else if (File.Exists(Data)) errors.Add($"Data (--data) '{Data}' is a file, not a folder.");
        if (LogInPostgres && string.IsNullOrWhiteSpace(Postgres))
            errors.Add("Postgres (--postgres) must say how to reach the database: 'Host=...;Database=...;Username=...;Password=...'.");
        else if (LogInPostgres && Database.WhyUnreadable(Postgres) is { } unreadable) errors.Add($"Postgres (--postgres): {unreadable}");
        if (Database.WhyNoSchema(PostgresSchema) is { } noSchema) errors.Add($"PostgresSchema: {noSchema}");
        if (Log == "sqlite" && Postgres.Length > 0) errors.Add("Postgres (--postgres) is given, but Log (--log) is 'sqlite'.");
        errors.AddRange(Measures.Validate().Select(error => $"{nameof(Measures)}:{error}."));
        errors.AddRange(Network.Validate().Select(error => $"{error}."));
        errors.AddRange(Proof.Validate().Select(error => $"{error}."));
        errors.AddRange(Backup.Validate());
        if (Backup.IsOn && LogInPostgres)
            errors.Add("Backup:To (--backup-to): a log in PostgreSQL is backed up with PostgreSQL's own tools.");
        errors.AddRange(Sources.SelectMany(source => source.Value.Validate(source.Key)));
        if (Cluster.Enabled && !LogInPostgres)
            errors.Add("Cluster (--cluster) needs a log that silos can share: Log (--log) 'postgres', and Postgres (--postgres).");
        if (!Cluster.Enabled && Cluster.Role is SiloRole.Api)
            errors.Add("Cluster:Role (--role) 'api' is for a silo of a cluster (--cluster).");
        var hasKeys = HasKeys(errors);
        CheckOrigins(hasKeys, errors);
        CheckAddresses(Urls, "Urls (--urls)", grpc: false, hasKeys, errors);
        CheckAddresses(GrpcUrls, "GrpcUrls (--grpc-urls)", grpc: true, hasKeys, errors);
        return errors.Select(error => new ValidationResult(error));
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
        if (!hasKeys) errors.Add(
            "CorsOrigins: '*' without keys would let every web page that a browser here opens read everything. Name the origins, or make "
            + "keys with 'keys create'.");
    }

    private void CheckAddresses(string urls, string setting, bool grpc, bool hasKeys, List<string> errors)
    {
        var broken = new List<string>();
        var addresses = ListenAddress.ParseAll(urls, broken);
        errors.AddRange(broken.Select(b => $"{setting}: {b}"));
        if (!grpc && addresses.Count == 0 && broken.Count == 0) errors.Add($"{setting} must name at least one address.");
        foreach (var address in addresses)
        {
            if (grpc && address.IsHttps)
                errors.Add($"{setting}: '{address.Text}' asks for TLS; gRPC is served as HTTP/2 in clear text, put TLS in front of it.");
            if (address.IsLoopback || AllowRemoteWithoutKeys || hasKeys) continue;
            errors.Add($"{setting}: '{address.Text}' can be reached by others, and no keys are configured. "
                + "Make keys with 'keys create', listen on 127.0.0.1, or pass --allow-remote-without-keys where something "
                + "else guards access.");
        }
    }
}
