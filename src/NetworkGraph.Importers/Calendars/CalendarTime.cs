using System.Globalization;
using NetworkGraph.Importers.ContentLines;
using NodaTime;

namespace NetworkGraph.Importers.Calendars;

/// <summary>A time in a calendar: a local time in a zone, or a day.</summary>
/// <param name="Local">Midnight for a day.</param>
/// <param name="Zone">Null for a floating time, which is in the zone of its reader.</param>
internal readonly record struct CalendarTime(LocalDateTime Local, CalendarZone? Zone, bool IsDay)
{
    /// <summary>Unix ms; <paramref name="floating"/> is the zone of floating times and of days.</summary>
    public long ToUnixMs(DateTimeZone floating) => Zone is { } zone ? zone.ToUnixMs(Local) : Times.Zones.ToUnixMs(Local, floating);

    public CalendarTime At(LocalDateTime local) => this with { Local = local };

    /// <summary>Reads DTSTART, EXDATE and their like, of which some have several values.</summary>
    public static IEnumerable<CalendarTime> ReadAll(ContentLine line, CalendarZones zones)
    {
        foreach (var value in line.Value.Split(','))
            if (TryRead(value.Trim(), line.Parameter("TZID"), zones) is { } time) yield return time;
    }

    public static CalendarTime? Read(ContentLine line, CalendarZones zones) => TryRead(line.Value.Trim(), line.Parameter("TZID"), zones);

    private static CalendarTime? TryRead(string value, string zoneId, CalendarZones zones)
    {
        // A colon in the name of a zone that nobody quoted moves the rest of the name into the value.
        if (value.LastIndexOf(':') is > 0 and var colon && value.Length - colon is >= 9 and <= 17 && char.IsAsciiDigit(value[colon + 1]))
            value = value[(colon + 1)..];
        // A period's start is what counts of an RDATE.
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0) value = value[..slash];
        if (value.Length == 8 && DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new CalendarTime(new LocalDateTime(day.Year, day.Month, day.Day, 0, 0), null, true);
        var isUtc = value.EndsWith('Z');
        if (isUtc) value = value[..^1];
        if (!DateTime.TryParseExact(
            value, ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time)) return null;
        return new CalendarTime(
            LocalDateTime.FromDateTime(time), isUtc ? CalendarZone.Utc : zoneId.Length > 0 ? zones.Find(zoneId) : null, false);
    }
}
