using System.Globalization;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>What rules share: the words for time, the curve of freshness, and how a nudge is put together.</summary>
internal static class NudgeText
{
    /// <summary>1 up to 0 days, half after so many.</summary>
    public static double Halved(double days, double halfDays) => Math.Pow(2, -Math.Max(0, days) / halfDays);

    public static string Ago(long atMs, long asOfMs) => Elapsed.Ago(DateTimeOffset.FromUnixTimeMilliseconds(atMs), asOfMs);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A nudge worth the product of its parts.</summary>
    public static Nudge Make(
        string action, string person, string? with, string rule, string reason, (string Name, double Value)[] parts, long? sinceMs,
        IReadOnlyList<long> positions, IReadOnlyDictionary<string, double>? counts = null) => new()
        {
            Action = action,
            Person = person,
            With = with,
            Worth = parts.Aggregate(1d, static (worth, part) => worth * part.Value),
            Rule = rule,
            Reason = reason,
            Evidence = new NudgeEvidence
            {
                Parts = parts.ToDictionary(part => part.Name, part => part.Value),
                Counts = counts ?? new Dictionary<string, double>(),
                Since = sinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
                Positions = positions,
            },
        };
}
