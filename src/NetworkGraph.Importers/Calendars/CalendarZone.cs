using System.Globalization;
using System.Text.RegularExpressions;
using NetworkGraph.Importers.ContentLines;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Calendars;

/// <summary>A zone of a calendar: one that is known by its name, or the rules that the file gives for it.</summary>
internal sealed class CalendarZone
{
    public static readonly CalendarZone Utc = new(DateTimeZone.Utc);

    private readonly DateTimeZone? _known;
    private readonly List<Observance> _observances = [];

    public CalendarZone(DateTimeZone known) => _known = known;

    public CalendarZone()
    {
    }

    /// <summary>When an offset begins to hold, each year or from one date on.</summary>
    private sealed class Observance
    {
        public LocalDateTime Start { get; set; } = new(1970, 1, 1, 0, 0);

        public int OffsetSeconds { get; set; }

        public int Month { get; set; }

        public IsoDayOfWeek Weekday { get; set; }

        /// <summary>Which of the month's weekdays: 1 the first, -1 the last.</summary>
        public int Ordinal { get; set; }

        public int UntilYear { get; set; } = 9999;
    }

    public bool HasRules => _observances.Count > 0;

    public long ToUnixMs(LocalDateTime local)
    {
        if (_known is not null) return Zones.ToUnixMs(local, _known);
        var (best, offset) = (LocalDateTime.FromDateTime(DateTime.MinValue), _observances.Count > 0 ? _observances[0].OffsetSeconds : 0);
        foreach (var observance in _observances)
        {
            var onset = OnsetBefore(observance, local);
            if (onset is not { } began || began < best) continue;
            (best, offset) = (began, observance.OffsetSeconds);
        }
        return local.InUtc().ToInstant().ToUnixTimeMilliseconds() - offset * 1000L;
    }

    /// <summary>Begins a STANDARD or DAYLIGHT part.</summary>
    public void AddObservance() => _observances.Add(new Observance());

    public void Add(ContentLine line)
    {
        if (_observances.Count == 0) return;
        var observance = _observances[^1];
        switch (line.Name)
        {
            case "TZOFFSETTO" when Zones.TryOffset(
                line.Value.Trim() is { Length: > 5 } withSeconds ? withSeconds[..5] : line.Value.Trim(), out var minutes):
                observance.OffsetSeconds = minutes * 60;
                break;
            case "DTSTART" when DateTime.TryParseExact(
                line.Value.Trim().TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start):
                observance.Start = LocalDateTime.FromDateTime(start);
                break;
            case "RRULE":
                ReadRule(observance, line.Value);
                break;
        }
    }

    private static void ReadRule(Observance observance, string rule)
    {
        foreach (var part in rule.Split(';'))
        {
            if (part.StartsWith("BYMONTH=", StringComparison.OrdinalIgnoreCase) && int.TryParse(part[8..], out var month))
                observance.Month = month;
            else if (part.StartsWith("UNTIL=", StringComparison.OrdinalIgnoreCase)
                && part.Length >= 10 && int.TryParse(part.AsSpan(6, 4), out var year))
                observance.UntilYear = year;
            else if (part.StartsWith("BYDAY=", StringComparison.OrdinalIgnoreCase) && part.Length >= 8)
            {
                var day = part[6..].Split(',')[0];
                observance.Weekday = day[^2..].ToUpperInvariant() switch
                {
                    "MO" => IsoDayOfWeek.Monday,
                    "TU" => IsoDayOfWeek.Tuesday,
                    "WE" => IsoDayOfWeek.Wednesday,
                    "TH" => IsoDayOfWeek.Thursday,
                    "FR" => IsoDayOfWeek.Friday,
                    "SA" => IsoDayOfWeek.Saturday,
                    _ => IsoDayOfWeek.Sunday,
                };
                observance.Ordinal = int.TryParse(day[..^2], out var ordinal) ? ordinal : 1;
            }
        }
    }

    /// <summary>The last time before a local time that an observance began; null where it had not begun yet.</summary>
    private static LocalDateTime? OnsetBefore(Observance observance, LocalDateTime local)
    {
        if (local < observance.Start) return null;
        if (observance.Month is < 1 or > 12 || observance.Ordinal == 0) return observance.Start;
        for (var year = Math.Min(local.Year, observance.UntilYear); year >= local.Year - 1 || year == observance.UntilYear; year--)
        {
            var onset = OnsetIn(observance, year);
            if (onset <= local) return onset < observance.Start ? observance.Start : onset;
            if (year <= 1) break;
        }
        return observance.Start;
    }

    private static LocalDateTime OnsetIn(Observance observance, int year)
    {
        LocalDate date;
        if (observance.Ordinal > 0)
        {
            var first = new LocalDate(year, observance.Month, 1);
            var shift = ((int)observance.Weekday - (int)first.DayOfWeek + 7) % 7;
            date = first.PlusDays(Math.Min(shift + 7 * (Math.Min(observance.Ordinal, 5) - 1), 34));
            if (date.Month != observance.Month) date = date.PlusDays(-7);
        }
        else
        {
            var last = new LocalDate(year, observance.Month, DateTime.DaysInMonth(year, observance.Month));
            var shift = ((int)last.DayOfWeek - (int)observance.Weekday + 7) % 7;
            date = last.PlusDays(-shift - 7 * (Math.Min(-observance.Ordinal, 5) - 1));
            if (date.Month != observance.Month) date = date.PlusDays(7);
        }
        return date + observance.Start.TimeOfDay;
    }
}

/// <summary>Zones by the ids that a calendar calls them: IANA and Windows names, paths that end in one, or rules in the file.</summary>
internal sealed partial class CalendarZones
{
    private readonly Dictionary<string, CalendarZone?> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CalendarZone> _defined = new(StringComparer.Ordinal);

    /// <summary>Rules came behind times that need them: what was read of these is to be read again.</summary>
    public bool AreLate { get; set; }

    /// <summary>Ids that mean nothing, and for which there are no rules.</summary>
    public IEnumerable<string> Unknown => _found.Where(zone => zone.Value is null).Select(zone => zone.Key).Order(StringComparer.Ordinal);

    /// <summary>Rules of the file, for what no name is known by.</summary>
    public void Define(string id, CalendarZone zone)
    {
        if (!zone.HasRules || !_defined.TryAdd(id, zone)) return;
        AreLate |= _found.TryGetValue(id, out var found) && (found is null || ByName(id) is null);
        _found.Remove(id);
    }

    /// <summary>Null where the id means nothing.</summary>
    public CalendarZone? Find(string id)
    {
        if (_found.TryGetValue(id, out var found)) return found;
        return _found[id] = ByName(id) ?? _defined.GetValueOrDefault(id) ?? ByShownOffset(id);
    }

    private static CalendarZone? ByName(string id)
    {
        var parts = id.Trim('/', '"', ' ').Split('/');
        // /mozilla.org/20070129_1/Europe/Berlin
        for (var from = 0; from < parts.Length; from++)
            if (Zones.TryFind(string.Join('/', parts[from..]), out var zone)) return new CalendarZone(zone);
        return null;
    }

    /// <summary>(UTC+01:00) Amsterdam, Berlin, where the file gives no rules for it: right in winter.</summary>
    private static CalendarZone? ByShownOffset(string id)
    {
        return ShownOffset().Match(id) is { Success: true } shown
            && Zones.TryFind(shown.Groups[1].Value.Replace('.', ':'), out var byOffset)
                ? new CalendarZone(byOffset)
                : null;
    }

    [GeneratedRegex(@"^\s*\((?:UTC|GMT)\s?([+-]\d{1,2}[:.]\d{2})\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ShownOffset();
}
