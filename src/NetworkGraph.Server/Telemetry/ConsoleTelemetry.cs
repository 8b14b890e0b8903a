using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NetworkGraph.Server.Telemetry;

/// <summary>Metrics as a table every so often, and activities a line each, on the error stream.</summary>
internal static class ConsoleTelemetry
{
    private const int IntervalMs = 15_000;

    public static MetricReader MetricsReader() => new PeriodicExportingMetricReader(new MetricTable(Console.Error), IntervalMs);

    public static BaseProcessor<Activity> ActivityProcessor() => new SimpleActivityExportProcessor(new ActivityLines(Console.Error));
}

/// <summary>Writes each collection of metrics as one table: name, tags, value.</summary>
internal sealed class MetricTable(TextWriter output) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var rows = new List<(string Name, string Value)>();
        foreach (var metric in batch)
            foreach (ref readonly var point in metric.GetMetricPoints())
                rows.Add((metric.Name + Tags(point), Value(metric, point)));
        rows.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var width = rows.Count == 0 ? 0 : rows.Max(r => r.Name.Length);
        var table = new StringBuilder("metrics\n");
        foreach (var (name, value) in rows) table.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value).Append('\n');
        output.Write(table.ToString());
        return ExportResult.Success;
    }

    private static string Tags(in MetricPoint point)
    {
        var tags = new List<string>();
        foreach (var (key, value) in point.Tags) tags.Add($"{key}={Convert.ToString(value, CultureInfo.InvariantCulture)}");
        return tags.Count == 0 ? "" : $" {{{string.Join(", ", tags)}}}";
    }

    private static string Value(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong(), metric.Unit),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble(), metric.Unit),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong(), metric.Unit),
        MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble(), metric.Unit),
        _ => point.GetHistogramCount() == 0
            ? "none"
            : $"{point.GetHistogramCount()} with a mean of {Number(point.GetHistogramSum() / point.GetHistogramCount(), metric.Unit)}",
    };

    private static string Number(double value, string unit) =>
        value.ToString("#,0.######", CultureInfo.InvariantCulture) + (unit.Length == 0 || unit == "1" || unit[0] == '{' ? "" : " " + unit);
}

/// <summary>Writes each activity as one line when it ends.</summary>
internal sealed class ActivityLines(TextWriter output) : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var activity in batch)
        {
            var tags = string.Concat(activity.TagObjects.Select(t => $" {t.Key}={Convert.ToString(t.Value, CultureInfo.InvariantCulture)}"));
            var ms = activity.Duration.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
            output.WriteLine($"activity {activity.TraceId.ToHexString()[..8]} {activity.DisplayName} {ms} ms {activity.Status}{tags}");
        }
        return ExportResult.Success;
    }
}
