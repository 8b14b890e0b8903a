using System.Diagnostics.Metrics;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>
/// Metrics, traces and logs leave through OpenTelemetry: metrics are scraped at /metrics always, all three are sent by OTLP
/// where the standard OTEL_EXPORTER_OTLP_* variables name a collector, and <c>--telemetry console</c> prints metrics and
/// traces. Traces hold the activities of this product only: those of the web framework carry paths, and paths carry ids.
/// </summary>
internal static class Observability
{
    /// <summary>Name of the product's meters and activity source.</summary>
    public const string Name = Tracing.SourceName;

    private const string OrleansMeter = "Microsoft.Orleans";
    private const int ConsoleIntervalMs = 15_000;
    private const int FewSeries = 100;

    private static readonly string[] s_orleansSources =
        ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage"];

    public static void AddObservability(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<NetworkMetrics>();
        services.AddSingleton<OpenLoopMetrics>();
        services.AddSingleton<ThreadPoolMetrics>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear()
                .AddService("networkgraph", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3))
                .AddTelemetrySdk().AddEnvironmentVariableDetector())
            .WithMetrics(metrics => ConfigureMetrics(metrics, options));
        // Without a listener an activity costs nothing, so there is a provider only where its spans go somewhere.
        if (options.TelemetryToConsole || IsOtlpSet("TRACES"))
        {
            telemetry.WithTracing(traces =>
            {
                traces.AddSource([Name, .. s_orleansSources]);
                if (IsOtlpSet("TRACES")) traces.AddOtlpExporter();
                if (options.TelemetryToConsole) traces.AddConsoleExporter();
            });
        }
        if (IsOtlpSet("LOGS")) telemetry.WithLogging(logs => logs.AddOtlpExporter());
    }

    private static void ConfigureMetrics(MeterProviderBuilder metrics, ServerOptions options)
    {
        metrics.AddMeter(Name, OrleansMeter);
        metrics.AddAspNetCoreInstrumentation();
        metrics.AddRuntimeInstrumentation();
        metrics.AddView(static instrument => ThreadPoolMetrics.Replaces(instrument) || CountsEveryRoute(instrument)
            ? MetricStreamConfiguration.Drop
            : HasFewSeries(instrument) ? new MetricStreamConfiguration { CardinalityLimit = FewSeries } : null);
        metrics.AddPrometheusExporter(prometheus =>
        {
            prometheus.ScopeInfoEnabled = false;
            // A scrape shows what holds when it comes.
            prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
        });
        if (IsOtlpSet("METRICS")) metrics.AddOtlpExporter();
        if (options.TelemetryToConsole)
            metrics.AddConsoleExporter(
                (_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = ConsoleIntervalMs);
    }

    /// <summary>Blocks and reports must not be countable, and this would count requests to their routes too.</summary>
    private static bool CountsEveryRoute(Instrument instrument) =>
        instrument is { Meter.Name: "Microsoft.AspNetCore.Routing", Name: "aspnetcore.routing.match_attempts" };

    /// <summary>
    /// Room for the series of an instrument is taken when it is made; without a limit a hundred instruments of the runtime and of Orleans
    /// take 20 MB.
    /// </summary>
    private static bool HasFewSeries(Instrument instrument) =>
        instrument.Meter.Name is "System.Runtime" or OrleansMeter
            || instrument.Meter.Name.StartsWith("Microsoft.AspNetCore.Server.", StringComparison.Ordinal);

    private static bool IsOtlpSet(string signal) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));
}
