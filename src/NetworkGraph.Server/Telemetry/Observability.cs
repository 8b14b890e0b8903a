using NetworkGraph.Events.Log;
using NetworkGraph.Server.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NetworkGraph.Server.Telemetry;

/// <summary>
/// Metrics and traces, on OpenTelemetry's SDK: scraped at /metrics always, sent by OTLP where the standard
/// OTEL_EXPORTER_OTLP_* variables say where to, and printed with <c>--telemetry console</c>. Traces hold the activities of
/// this product only: those of the web framework carry paths, and paths carry ids.
/// </summary>
internal sealed class Observability : IDisposable
{
    /// <summary>Name of the product's meter and activity source.</summary>
    public const string Name = Tracing.SourceName;

    private static readonly string[] s_meters =
    [
        Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting",
    ];

    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;

    public Observability(ServerOptions options, HostParts parts, PrometheusReader prometheus)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter([.. s_meters, .. parts.Meters]).AddReader(prometheus);
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource([Name, .. parts.ActivitySources]);
        if (IsOtlpSet("METRICS")) metrics.AddOtlpExporter();
        if (IsOtlpSet("TRACES")) traces.AddOtlpExporter();
        if (options.TelemetryToConsole)
        {
            metrics.AddReader(ConsoleTelemetry.MetricsReader());
            traces.AddProcessor(ConsoleTelemetry.ActivityProcessor());
        }
        _metrics = metrics.Build();
        // Without a listener an activity costs nothing, so there is a provider only where something takes them.
        _traces = options.TelemetryToConsole || IsOtlpSet("TRACES") ? traces.Build() : null;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics.Dispose();
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("networkgraph", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3))
        .AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static bool IsOtlpSet(string signal) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));
}
