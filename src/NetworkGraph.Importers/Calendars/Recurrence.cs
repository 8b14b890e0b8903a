using System.Diagnostics;
using System.Globalization;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace NetworkGraph.Importers.Calendars;

/// <summary>
/// The instances of a recurring event, as local times in its own zone, so that a meeting at nine stays at nine in summer. Plain daily and
/// weekly rules, which are nearly all there are, are counted out here; for the others Ical.Net is asked, with a bound on how far it
/// may look for the next match, since some rules never match.
/// </summary>
internal static class Recurrence
{
    /// <summary>At most so many instances of one event are taken.</summary>
    public const int MaxInstances = 1000;

    private const int MaxUnmatched = 3000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>What became of a rule.</summary>
    public enum Outcome
    {
        Done,

        /// <summary>There were more than <see cref="MaxInstances"/>, or it took too long.</summary>
        CutOff,

        /// <summary>The rule repeats more often than daily.</summary>
        TooFine,

        /// <summary>The rule cannot be understood.</summary>
        Broken,
    }

    /// <summary>
    /// Adds the instances of a rule from its start on until <paramref name="untilMs"/>. The start itself is always one.
    /// </summary>
    public static Outcome Expand(string rule, CalendarTime start, long untilMs, DateTimeZone floating, List<LocalDateTime> instances)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in rule.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                parts[part[..at].ToUpperInvariant()] = part[(at + 1)..].ToUpperInvariant();
        // What only repeats the time of the start says nothing new.
        (string Name, int Own)[] times =
            [("BYHOUR", start.Local.Hour), ("BYMINUTE", start.Local.Minute), ("BYSECOND", start.Local.Second)];
        foreach (var (name, own) in times)
            if (parts.TryGetValue(name, out var only) && int.TryParse(only, out var value) && value == own) parts.Remove(name);
        var frequency = parts.GetValueOrDefault("FREQ", "");
        if (frequency is "SECONDLY" or "MINUTELY" or "HOURLY" || parts.ContainsKey("BYHOUR")
            || parts.ContainsKey("BYMINUTE") || parts.ContainsKey("BYSECOND"))
        {
            instances.Add(start.Local);
            return Outcome.TooFine;
        }
        if (frequency is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY"))
        {
            instances.Add(start.Local);
            return Outcome.Broken;
        }
        if (parts.TryGetValue("UNTIL", out var until)) untilMs = Math.Min(untilMs, Until(until, start, floating));
        return Plain(parts, start.Local) is { } plain
            ? Take(plain, start, untilMs, floating, instances)
            : ByRule(parts, start, untilMs, floating, instances);
    }

    private static long Until(string text, CalendarTime start, DateTimeZone floating)
    {
        // A day includes all of it; a time with Z is in UTC, one without in the event's own zone.
        if (text.Length == 8 && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return start.At(new LocalDateTime(day.Year, day.Month, day.Day, 23, 59, 59)).ToUnixMs(floating);
        if (!DateTime.TryParseExact(
            text.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return long.MaxValue;
        var local = LocalDateTime.FromDateTime(time);
        return text.EndsWith('Z') ? local.InUtc().ToInstant().ToUnixTimeMilliseconds() : start.At(local).ToUnixMs(floating);
    }

    /// <summary>The instances of a rule that has nothing but a frequency, an interval and a count; null for another.</summary>
    private static IEnumerable<LocalDateTime>? Plain(Dictionary<string, string> parts, LocalDateTime start)
    {
        if (parts.Keys.Any(key => key is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "WKST" or "BYDAY"))) return null;
        var days = parts.GetValueOrDefault("FREQ", "") switch { "DAILY" => 1, "WEEKLY" => 7, _ => 0 };
        if (days == 0 || parts.TryGetValue("BYDAY", out var byDay)
            && (days != 7 || !byDay.Equals(start.DayOfWeek.ToString()[..2], StringComparison.OrdinalIgnoreCase)))
            return null;
        var interval = 1;
        if (parts.TryGetValue("INTERVAL", out var text) && (!int.TryParse(text, out interval) || interval is < 1 or > 10_000)) return null;
        var count = int.MaxValue;
        if (parts.TryGetValue("COUNT", out text) && (!int.TryParse(text, out count) || count < 1)) return null;
        return Enumerable.Range(0, Math.Min(count, MaxInstances + 1))
            .TakeWhile(i => (long)i * days * interval < 400_000).Select(i => start.PlusDays(i * days * interval));
    }

    private static Outcome ByRule(
        Dictionary<string, string> parts, CalendarTime start, long untilMs, DateTimeZone floating, List<LocalDateTime> instances)
    {
        try
        {
            var rule = new RecurrenceRule(string.Join(';', parts.Where(p => p.Key is not "UNTIL").Select(p => $"{p.Key}={p.Value}")));
            var calendar = new Ical.Net.CalendarComponents.CalendarEvent
            {
                DtStart = new CalDateTime(start.Local.ToDateTimeUnspecified(), hasTime: true),
                RecurrenceRule = rule,
            };
            var occurrences = calendar.GetOccurrences(
                null as CalDateTime, new EvaluationOptions { MaxUnmatchedIncrementsLimit = MaxUnmatched });
            return Take(occurrences.Select(o => LocalDateTime.FromDateTime(o.Period.StartTime.Value)), start, untilMs, floating, instances);
        }
        catch (EvaluationException)
        {
            // What was found until then stands; behind it no day matches, or the calendar ends.
            if (instances.Count == 0) instances.Add(start.Local);
            return Outcome.Done;
        }
        catch (Exception broken) when (broken is ArgumentException or FormatException or InvalidOperationException
            or OverflowException or NotSupportedException or IndexOutOfRangeException)
        {
            if (instances.Count == 0) instances.Add(start.Local);
            return Outcome.Broken;
        }
    }

    private static Outcome Take(
        IEnumerable<LocalDateTime> all, CalendarTime start, long untilMs, DateTimeZone floating, List<LocalDateTime> instances)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var local in all)
        {
            if (start.At(local).ToUnixMs(floating) > untilMs) return Outcome.Done;
            if (instances.Count == MaxInstances || Stopwatch.GetElapsedTime(began) > s_patience) return Outcome.CutOff;
            instances.Add(local);
        }
        return Outcome.Done;
    }
}
