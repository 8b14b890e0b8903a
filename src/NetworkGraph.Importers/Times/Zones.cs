using System.Diagnostics.CodeAnalysis;
using NodaTime;
using TimeZoneConverter;

namespace NetworkGraph.Importers.Times;

/// <summary>Time zones by the names that exports and users give them.</summary>
public static class Zones
{
    private static readonly Dictionary<string, int> s_offsetMinutes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["CET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MESZ"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["JST"] = 540,
        ["KST"] = 540,
        ["BST"] = 60,
        ["MSK"] = 180,
        ["IST"] = 330,
        ["SGT"] = 480,
        ["HKT"] = 480,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
        ["BRT"] = -180,
    };

    private static readonly Dictionary<string,
        string> s_idByName = DateTimeZoneProviders.Tzdb.Ids.DistinctBy(id => id, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>A zone by its IANA name, its Windows name, or an offset such as +02:00.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim().Trim('"');
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? (s_idByName.TryGetValue(name, out var id) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null);
        if (zone is not null) return true;
        if (TZConvert.TryWindowsToIana(name, out var iana) || TZConvert.TryRailsToIana(name, out iana))
            zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana);
        else if (TryOffset(name, out var minutes)) zone = DateTimeZone.ForOffset(Offset.FromSeconds(minutes * 60));
        return zone is not null;
    }

    /// <summary>An offset from UTC in minutes: +02:00, -0500, +1, or a name such as CEST.</summary>
    public static bool TryOffset(string text, out int minutes)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (s_offsetMinutes.TryGetValue(text, out minutes)) return true;
        if (text.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) || text.StartsWith("GMT", StringComparison.OrdinalIgnoreCase))
            text = text[3..];
        minutes = 0;
        if (text.Length < 2 || text[0] is not ('+' or '-' or '\u2212')) return false;
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length > 4 || digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        var number = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        minutes = digits.Length <= 2 ? number * 60 : number / 100 * 60 + number % 100;
        if (minutes > 18 * 60) return false;
        if (text[0] != '+') minutes = -minutes;
        return true;
    }

    /// <summary>
    /// Unix ms of a local time; of one that summer time skips, the time as far after the gap, and of one it repeats, the earlier.
    /// </summary>
    public static long ToUnixMs(LocalDateTime local, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.AtLeniently(local).ToInstant().ToUnixTimeMilliseconds();
    }
}
