using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.ContentLines;
using NodaTime;
using NodaTime.Text;

namespace NetworkGraph.Importers.Calendars;

/// <summary>How somebody answered an invitation.</summary>
internal enum Answer
{
    None,
    Accepted,
    Tentative,
    Declined,
}

internal readonly record struct Attendee(string Address, string? Name, Answer Answer);

/// <summary>A VEVENT, as far as it says who met whom and when.</summary>
internal sealed class CalendarEvent
{
    private const int MaxAttendees = 5000;
    private const int MaxDates = 5000;

    public string Uid { get; private set; } = "";

    public int Sequence { get; private set; }

    public string Stamp { get; private set; } = "";

    public string Summary { get; private set; } = "";

    public string Location { get; private set; } = "";

    public bool IsCancelled { get; set; }

    public bool HasPhone { get; private set; }

    public CalendarTime? Start { get; private set; }

    public CalendarTime? End { get; private set; }

    public Duration? Length { get; private set; }

    /// <summary>Which instance of a series this replaces; null for the series itself, or a single event.</summary>
    public CalendarTime? RecurrenceId { get; private set; }

    public bool IsThisAndFuture { get; private set; }

    public string? Rule { get; private set; }

    public List<CalendarTime> Extra { get; } = [];

    public List<CalendarTime> Excluded { get; } = [];

    /// <summary>Null where there is none, or it is no one.</summary>
    public Attendee? Organiser { get; private set; }

    public List<Attendee> Attendees { get; } = [];

    /// <summary>Rooms, resources and groups among the attendees.</summary>
    public int Others { get; private set; }

    public bool IsRecurring => Rule is not null || Extra.Count > 0;

    public void Add(ContentLine line, CalendarZones zones)
    {
        switch (line.Name)
        {
            case "UID":
                Uid = line.Text().Trim();
                break;
            case "SEQUENCE" when int.TryParse(line.Value.Trim(), out var sequence):
                Sequence = sequence;
                break;
            case "DTSTAMP":
                Stamp = line.Value.Trim();
                break;
            case "SUMMARY":
                Summary = line.Text().Trim();
                break;
            case "LOCATION":
                Location = line.Text().Trim();
                break;
            case "STATUS":
                IsCancelled |= line.Value.Trim().Equals("CANCELLED", StringComparison.OrdinalIgnoreCase)
                    || line.Value.Trim().Equals("CANCELED", StringComparison.OrdinalIgnoreCase);
                break;
            case "URL" or "CONFERENCE":
                HasPhone |= line.Value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);
                break;
            case "ORGANIZER":
                Organiser = Person(line);
                break;
            case "ATTENDEE" when Attendees.Count < MaxAttendees:
                AddAttendee(line);
                break;
            default:
                AddTime(line, zones);
                break;
        }
    }

    private void AddTime(ContentLine line, CalendarZones zones)
    {
        switch (line.Name)
        {
            case "DTSTART":
                Start = CalendarTime.Read(line, zones);
                break;
            case "DTEND":
                End = CalendarTime.Read(line, zones);
                break;
            case "DURATION":
                Length = ReadDuration(line.Value.Trim());
                break;
            case "RECURRENCE-ID":
                RecurrenceId = CalendarTime.Read(line, zones);
                IsThisAndFuture = line.Parameter("RANGE").Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase);
                break;
            case "RRULE":
                Rule ??= line.Value.Trim();
                break;
            case "RDATE" when Extra.Count < MaxDates:
                Extra.AddRange(CalendarTime.ReadAll(line, zones));
                break;
            case "EXDATE" when Excluded.Count < MaxDates:
                Excluded.AddRange(CalendarTime.ReadAll(line, zones));
                break;
        }
    }

    private void AddAttendee(ContentLine line)
    {
        var kind = line.Parameter("CUTYPE").ToUpperInvariant();
        if (kind is "ROOM" or "RESOURCE" or "GROUP" || line.Parameter("ROLE").Equals("NON-PARTICIPANT", StringComparison.OrdinalIgnoreCase))
        {
            Others++;
            return;
        }
        if (Person(line) is not { } person)
        {
            Others++;
            return;
        }
        // Who stands there twice has answered once.
        var known = Attendees.FindIndex(a => a.Address == person.Address);
        if (known < 0) Attendees.Add(person);
        else if (Attendees[known].Answer is Answer.None) Attendees[known] = person with { Name = person.Name ?? Attendees[known].Name };
    }

    private static Attendee? Person(ContentLine line)
    {
        var address = line.Value.Trim();
        // A colon in a name that nobody quoted moves the rest of the name into the value.
        if (address.LastIndexOf("mailto:", StringComparison.OrdinalIgnoreCase) is >= 0 and var scheme) address = address[(scheme + 7)..];
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query > 0) address = address[..query];
        if (!address.Contains('@', StringComparison.Ordinal) && line.Parameter("EMAIL") is { Length: > 0 } email) address = email;
        address = address.Trim('<', '>', ' ', '"').ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == address.Length - 1 || address.AsSpan().ContainsAny(" \t/:")) return null;
        if (address.StartsWith("unknownorganizer@", StringComparison.Ordinal)
            || EntityRules.Of(address).Kind is EntityKind.Bot or EntityKind.Room or EntityKind.List)
            return null;
        var isCutOff = line.Value.Trim().Length > 0
            && !line.Value.TrimStart().StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            && line.Value.Contains("mailto:", StringComparison.OrdinalIgnoreCase);
        var name = isCutOff ? "" : line.Parameter("CN").Trim('"', '\'', ' ');
        var answer = line.Parameter("PARTSTAT").ToUpperInvariant() switch
        {
            "ACCEPTED" or "COMPLETED" or "IN-PROCESS" => Answer.Accepted,
            "TENTATIVE" => Answer.Tentative,
            "DECLINED" or "DELEGATED" => Answer.Declined,
            _ => Answer.None,
        };
        var shown = name.Length == 0 || name.Contains('@', StringComparison.Ordinal) ? null : ContentLine.Unescape(name);
        return new Attendee(address, shown, answer);
    }

    /// <summary>PT1H30M, P1D, P1W.</summary>
    private static Duration? ReadDuration(string text)
    {
        if (text.StartsWith('+')) text = text[1..];
        var period = PeriodPattern.NormalizingIso.Parse(text);
        return period.Success && period.Value is { Years: 0, Months: 0 } ? period.Value.ToDuration() : null;
    }
}
