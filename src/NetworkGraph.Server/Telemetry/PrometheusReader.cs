using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NetworkGraph.Server.Telemetry;

/// <summary>Collects all metrics when asked to, as Prometheus text. One scrape at a time.</summary>
internal sealed class PrometheusReader : BaseExportingMetricReader
{
    private readonly Lock _scraping = new();
    private readonly TextExporter _text;

    public PrometheusReader()
        : this(new TextExporter())
    {
    }

    private PrometheusReader(TextExporter text)
        : base(text)
    {
        _text = text;
        TemporalityPreference = MetricReaderTemporalityPreference.Cumulative;
    }

    /// <summary>The metrics as they are now; null where an instrument failed to be read in time.</summary>
    public string? Scrape()
    {
        // A reader of pull exporters collects only when asked through the exporter.
        lock (_scraping) return _text.Collect?.Invoke(Timeout.Infinite) == true ? _text.Last : null;
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class TextExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public string Last { get; private set; } = "";

        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch) text.Add(metric);
            Last = text.ToString();
            return ExportResult.Success;
        }
    }
}
