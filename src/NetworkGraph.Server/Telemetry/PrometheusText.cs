using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NetworkGraph.Server.Telemetry;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4, with the names that the OpenTelemetry specification gives them
/// there: dots become underscores, the unit is spelled out at the end, and counters end in _total.
/// </summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly Dictionary<string, string> s_units = new()
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["%"] = "percent",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
    };

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    public void Add(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        var name = NameOf(metric.Name, metric.Unit, type);
        // The format has no place for exponential histograms, and none for one name twice.
        if (type is null || !_families.Add(name)) return;
        if (metric.Description.Length > 0) _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints()) AddPoint(name, metric.MetricType, point);
    }

    public override string ToString() => _text.ToString();

    internal static string NameOf(string name, string unit, string? type)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var allowed = char.IsAsciiLetterOrDigit(c) || c is '_' or ':' ? c : '_';
            if (allowed == '_' && clean.Length > 0 && clean[^1] == '_') continue;
            clean.Append(allowed);
        }
        if (clean.Length == 0 || char.IsAsciiDigit(clean[0])) clean.Insert(0, '_');
        var counter = type == "counter";
        var result = clean.ToString().TrimEnd('_');
        if (counter && result.EndsWith("_total", StringComparison.Ordinal)) result = result[..^"_total".Length];
        var suffix = unit == "1" && type == "gauge" ? "ratio" : SuffixOf(unit);
        if (suffix.Length > 0 && !result.EndsWith("_" + suffix, StringComparison.Ordinal)) result += "_" + suffix;
        return counter ? result + "_total" : result;
    }

    internal static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string SuffixOf(string unit)
    {
        if (unit.Length == 0 || unit == "1" || unit[0] == '{') return "";
        if (s_units.TryGetValue(unit, out var word)) return word;
        return string.Concat(unit.Where(char.IsAsciiLetterOrDigit));
    }

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private void AddPoint(string name, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                AddSample(name, labels, Number(point.GetSumLong()));
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                AddSample(name, labels, Number(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                AddSample(name, labels, Number(point.GetGaugeLastValueLong()));
                break;
            case MetricType.DoubleGauge:
                AddSample(name, labels, Number(point.GetGaugeLastValueDouble()));
                break;
            default:
                AddHistogram(name, labels, point);
                break;
        }
    }

    private void AddHistogram(string name, string labels, in MetricPoint point)
    {
        var separator = labels.Length == 0 ? "" : ",";
        var cumulative = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            AddSample(name + "_bucket", $"{labels}{separator}le=\"{Number(bucket.ExplicitBound)}\"", Number(cumulative));
        }
        AddSample(name + "_sum", labels, Number(point.GetHistogramSum()));
        AddSample(name + "_count", labels, Number(point.GetHistogramCount()));
    }

    private void AddSample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>Labels by name; where two tags become the same name, their values are joined by ';'.</summary>
    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        if (tags.Count == 0) return "";
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = LabelOf(key);
            var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }
        return string.Join(',', labels.Select(l => $"{l.Key}=\"{Escape(l.Value, quotes: true)}\""));
    }

    private static string LabelOf(string key)
    {
        var name = string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
