using NetworkGraph.Importers.ContentLines;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Calendars;

/// <summary>The events of one file, one after the other. A line that is none is passed by, and costs that line alone.</summary>
internal sealed class CalendarFile(ImportFile file, CalendarZones zones, ImportContext context)
{
    /// <summary>The zone that the calendar names for its floating times; null for none.</summary>
    public DateTimeZone? Zone { get; private set; }

    public string Path => file.Path;

    /// <summary>All events, each time from the beginning; where asked for, lines that cannot be read are left out by name.</summary>
    public IEnumerable<(CalendarEvent Event, long Line)> Events(bool isReported = false)
    {
        var encoding = TextEncodings.Recognise(file.Head) is { CodePage: 1252 } ? null : TextEncodings.Recognise(file.Head);
        using var lines = new ContentLineReader(TextEncodings.ToUtf8(file.Open(), encoding));
        var open = new Stack<string>();
        var isCancel = false;
        CalendarEvent? found = null;
        CalendarZone? zone = null;
        var zoneId = "";
        var began = 0L;
        while (lines.Next() is { } text)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (ContentLine.Parse(text) is not { } line)
            {
                if (isReported) context.Report.LeaveOut(LeftOutReasons.BrokenLine, file.Path, lines.Number);
                continue;
            }
            if (line.Name == "BEGIN")
            {
                var name = line.Value.Trim().ToUpperInvariant();
                if (name is "VEVENT" or "VCALENDAR" && found is not null)
                {
                    // An event whose end is missing ends where the next begins.
                    yield return (found, began);
                    found = null;
                    while (open.Count > 0 && open.Peek() != "VCALENDAR") open.Pop();
                }
                if (open.Count < 10) open.Push(name);
                if (name == "VEVENT") (found, began) = (new CalendarEvent { IsCancelled = isCancel }, lines.Number);
                else if (name == "VTIMEZONE") (zone, zoneId) = (new CalendarZone(), "");
                else if (name is "STANDARD" or "DAYLIGHT") zone?.AddObservance();
                else if (name == "VCALENDAR") isCancel = false;
            }
            else if (line.Name == "END")
            {
                var name = line.Value.Trim().ToUpperInvariant();
                if (open.Contains(name)) while (open.Pop() != name) continue;
                if (name is "VEVENT" or "VCALENDAR" && found is not null)
                {
                    yield return (found, began);
                    found = null;
                }
                else if (name == "VTIMEZONE" && zone is not null)
                {
                    zones.Define(zoneId, zone);
                    zone = null;
                }
            }
            else if (found is not null && open.Count > 0 && open.Peek() == "VEVENT")
            {
                found.Add(line, zones);
            }
            else if (zone is not null)
            {
                if (line.Name == "TZID") zoneId = line.Value.Trim();
                else zone.Add(line);
            }
            else if (line.Name == "METHOD")
            {
                isCancel = line.Value.Trim().Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
            }
            else if (line.Name == "X-WR-TIMEZONE" && Zones.TryFind(line.Value, out var named))
            {
                Zone = named;
            }
        }
        // A file that breaks off within an event has most of it.
        if (found is { Start: not null }) yield return (found, began);
    }
}
