using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NetworkGraph.Server.Tests.Telemetry;

/// <summary>A strict reader of Prometheus' text format 0.0.4: fails on anything the format does not allow.</summary>
internal static partial class PrometheusParser
{
    public static Dictionary<string, Family> Parse(string text)
    {
        text.ShouldEndWith("\n");
        var families = new Dictionary<string, Family>();
        var seen = new HashSet<string>();
        Family? current = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                // Said once of a family, right after its type.
                var parts = line.Split(' ', 4);
                current.ShouldNotBeNull(line);
                parts[2].ShouldBe(current.Name);
                families[current.Name] = current = current with { Help = Unescape(parts[3], quotes: false) };
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                parts.Length.ShouldBe(4, line);
                parts[3].ShouldBeOneOf("counter", "gauge", "histogram");
                NameForm().IsMatch(parts[2]).ShouldBeTrue(line);
                current = new Family(parts[2], parts[3], "", []);
                families.TryAdd(current.Name, current).ShouldBeTrue($"{current.Name} stands twice");
            }
            else
            {
                var sample = ParseSample(line);
                current.ShouldNotBeNull(line);
                var suffixes = current.Type == "histogram" ? new[] { "_bucket", "_sum", "_count" } : [""];
                suffixes.ShouldContain(sample.Name[current.Name.Length..], line);
                seen.Add(line[..line.LastIndexOf(' ')]).ShouldBeTrue($"twice: {line}");
                current.Samples.Add(sample);
            }
        }
        foreach (var family in families.Values) Check(family);
        return families;
    }

    private static void Check(Family family)
    {
        if (family.Type == "counter")
        {
            family.Name.ShouldEndWith("_total");
            family.Samples.ShouldAllBe(s => s.Value >= 0);
        }
        if (family.Type != "histogram") return;
        foreach (var series in family.Samples.GroupBy(
            s => string.Join(',', s.Labels.Where(l => l.Key != "le").Select(l => $"{l.Key}={l.Value}"))))
        {
            var buckets = series.Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();
            var bounds = buckets.Select(b => Number(b.Labels["le"])).ToList();
            bounds.ShouldBe(bounds.Order());
            bounds[^1].ShouldBe(double.PositiveInfinity);
            buckets.Select(b => b.Value).ShouldBe(buckets.Select(b => b.Value).Order());
            series.Single(s => s.Name.EndsWith("_count", StringComparison.Ordinal)).Value.ShouldBe(buckets[^1].Value);
            series.Count(s => s.Name.EndsWith("_sum", StringComparison.Ordinal)).ShouldBe(1);
        }
    }

    private static Sample ParseSample(string line)
    {
        var match = SampleForm().Match(line);
        match.Success.ShouldBeTrue($"not a sample: {line}");
        var labels = new Dictionary<string, string>();
        foreach (Match label in LabelForm().Matches(match.Groups["labels"].Value))
            labels.TryAdd(label.Groups["name"].Value, Unescape(label.Groups["value"].Value, quotes: true))
                .ShouldBeTrue($"a label twice: {line}");
        return new Sample(match.Groups["name"].Value, labels, Number(match.Groups["value"].Value));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text, bool quotes)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }
            var escaped = text[++i];
            (escaped is '\\' or 'n' || (quotes && escaped == '"')).ShouldBeTrue($"unknown escape in {text}");
            plain.Append(escaped == 'n' ? '\n' : escaped);
        }
        return plain.ToString();
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex NameForm();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>"""
        + """([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*")*)?)\})? (?<value>[-+0-9.eEInf]+)$""")]
    private static partial Regex SampleForm();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\.)*)"(,|$)""")]
    private static partial Regex LabelForm();
}

internal sealed record Family(string Name, string Type, string Help, List<Sample> Samples);

internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);
