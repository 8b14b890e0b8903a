using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NodaTime;

namespace NetworkGraph.Importers.Calendars;

/// <summary>
/// Events to meetings, in two passes: the first learns which instances of a series are replaced or cancelled, which copy of an
/// event is the newest, and who takes part most; the second yields one interaction for each past instance.
/// </summary>
internal sealed class CalendarImport(IReadOnlyList<ImportFile> files, ImportContext context)
{
    private const int MaxNamedZones = 10;

    private readonly CalendarZones _zones = new();
    private readonly Dictionary<string, Version> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<long>> _replaced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _attendance = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, string File, long Line)> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>Changes that hold from an instance of a series on, by the series and in their order.</summary>
    private readonly Dictionary<string, SortedList<long, CalendarEvent>> _changesFrom = new(StringComparer.Ordinal);

    /// <summary>Which copy of an event counts: the highest sequence, then the latest stamp.</summary>
    private readonly record struct Version(int Sequence, string Stamp, bool IsCancelled)
    {
        public bool IsBefore(Version other) =>
            Sequence != other.Sequence ? Sequence < other.Sequence : string.CompareOrdinal(Stamp, other.Stamp) < 0;
    }

    public IEnumerable<ImportItem> Read()
    {
        var calendars = files.Select(file => new CalendarFile(file, _zones, context)).ToList();
        foreach (var calendar in calendars)
            foreach (var item in ImportContext.Guard(calendar.Path, Learn(calendar))) yield return item;
        if (_zones.AreLate)
        {
            _versions.Clear();
            _replaced.Clear();
            _changesFrom.Clear();
            _attendance.Clear();
            foreach (var calendar in calendars) ImportContext.LookAt(() => _ = Learn(calendar).Count());
        }
        foreach (var id in _zones.Unknown.Take(MaxNamedZones))
            context.Report.Guess(
                $"The zone '{ItemBuilder.Text(id, 60)}' is not known; its times are taken to be in {context.ZoneOrUtc.Id} (--time-zone "
                + $"says otherwise).");
        GuessOwner();
        var meetings = new Meetings(context);
        foreach (var calendar in calendars)
            foreach (var item in ImportContext.Guard(calendar.Path, ReadFile(calendar, meetings))) yield return item;
        var items = new ItemBuilder(context, "ics");
        foreach (var (address, (name, file, line)) in _names)
            if (items.Profile(address, file, line, name) is { } profile) yield return profile;
    }

    /// <summary>Looks at all events; yields nothing, unless the file could not be parsed past a fault.</summary>
    private IEnumerable<ImportItem> Learn(CalendarFile calendar)
    {
        foreach (var (found, _) in calendar.Events())
        {
            var key = KeyOf(found, calendar);
            var version = new Version(found.Sequence, found.Stamp, found.IsCancelled);
            if (!_versions.TryGetValue(key, out var known) || known.IsBefore(version)) _versions[key] = version;
            if (found.RecurrenceId is { } instance)
            {
                if (!_replaced.TryGetValue(found.Uid, out var instances)) _replaced[found.Uid] = instances = [];
                instances.Add(instance.ToUnixMs(FloatingZone(calendar)));
                if (found.IsThisAndFuture)
                {
                    if (!_changesFrom.TryGetValue(found.Uid, out var changes)) _changesFrom[found.Uid] = changes = [];
                    changes[instance.ToUnixMs(FloatingZone(calendar))] = found;
                }
            }
            foreach (var attendee in found.Attendees) _attendance[attendee.Address] = _attendance.GetValueOrDefault(attendee.Address) + 1;
            if (found.Organiser is { } organiser && !found.Attendees.Exists(a => a.Address == organiser.Address))
                _attendance[organiser.Address] = _attendance.GetValueOrDefault(organiser.Address) + 1;
        }
        yield break;
    }

    private void GuessOwner()
    {
        if (_attendance.Count == 0) return;
        var most = _attendance.OrderByDescending(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal).Take(2).ToList();
        if (most.Count == 1 || most[0].Value > most[1].Value)
            context.GuessMe(PersonId.CanonicalOrSame(most[0].Key), "it takes part in the most events");
    }

    private IEnumerable<ImportItem> ReadFile(CalendarFile calendar, Meetings meetings)
    {
        foreach (var (found, line) in calendar.Events(isReported: true))
        {
            var key = KeyOf(found, calendar);
            var version = new Version(found.Sequence, found.Stamp, found.IsCancelled);
            if (_versions.TryGetValue(key, out var newest) && version.IsBefore(newest) || !_done.Add(key))
            {
                context.Report.LeaveOut(LeftOutReasons.Duplicate, calendar.Path, line);
                continue;
            }
            if (found.IsCancelled || found.RecurrenceId is not null && _versions.TryGetValue(found.Uid, out var series)
                && series.IsCancelled)
            {
                context.Report.LeaveOut(LeftOutReasons.Cancelled, calendar.Path, line);
                if (found.Uid.Length > 0 && found.IsCancelled)
                    yield return ImportItem.Of(new CancelledMeetingId(found, FloatingZone(calendar)).Meeting, calendar.Path, line);
                continue;
            }
            foreach (var item in ReadEvent(found, calendar, line, meetings)) yield return item;
        }
    }

    private IEnumerable<ImportItem> ReadEvent(CalendarEvent found, CalendarFile calendar, long line, Meetings meetings)
    {
        if (found.Start is not { } start)
        {
            yield return ImportItem.Reject(
                calendar.Path, line, found.Uid.Length == 0 ? null : found.Uid, "at", "has no start that can be read");
            yield break;
        }
        var floating = FloatingZone(calendar);
        if (start.Zone is null && !start.IsDay && calendar.Zone is null && context.Options.Zone is null)
            context.Report.Guess("Times without a zone are taken to be in UTC (--time-zone says otherwise).");
        if (meetings.TakingPart(found) is not { } party)
        {
            context.Report.LeaveOut(meetings.WhyNot(found), calendar.Path, line);
            yield break;
        }
        foreach (var attendee in found.Attendees.Append(found.Organiser ?? default))
            if (attendee.Name is { } name && party.Everyone.Contains(attendee.Address, StringComparer.Ordinal))
                _names.TryAdd(attendee.Address, (name, calendar.Path, line));
        foreach (var (local, id) in Instances(found, start, calendar, line))
        {
            var at = start.At(local).ToUnixMs(floating);
            if (at > context.NowMs)
            {
                context.Report.LeaveOut(LeftOutReasons.Future, calendar.Path, line);
                continue;
            }
            if (ChangeAt(found, at) is { } change)
            {
                // Moved by as much as the first instance that was changed, with who takes part from then on.
                var moved = at + (change.Event.Start!.Value.ToUnixMs(floating) - change.FromMs);
                if (change.Event.IsCancelled || meetings.TakingPart(change.Event) is not { } changedParty)
                    context.Report.LeaveOut(LeftOutReasons.Cancelled, calendar.Path, line);
                else if (moved > context.NowMs) context.Report.LeaveOut(LeftOutReasons.Future, calendar.Path, line);
                else
                    foreach (var item in meetings.Items(
                        change.Event, changedParty, id, moved, LengthOf(change.Event, change.Event.Start.Value, floating), calendar.Path,
                        line)) yield return item;
                continue;
            }
            foreach (var item in meetings.Items(found, party, id, at, LengthOf(found, start, floating), calendar.Path, line))
                yield return item;
        }
    }

    /// <summary>The change that holds for an instance of a series; null where none does.</summary>
    private (CalendarEvent Event, long FromMs)? ChangeAt(CalendarEvent found, long atMs)
    {
        if (found.RecurrenceId is not null || found.Uid.Length == 0 || !_changesFrom.TryGetValue(found.Uid, out var changes)) return null;
        (CalendarEvent, long)? last = null;
        foreach (var (from, change) in changes)
            if (from <= atMs && change.Start is not null) last = (change, from);
        return last;
    }

    /// <summary>The instances of an event that nothing replaces, each with its id.</summary>
    private IEnumerable<(LocalDateTime Local, string Id)> Instances(
        CalendarEvent found, CalendarTime start, CalendarFile calendar, long line)
    {
        var floating = FloatingZone(calendar);
        if (found.RecurrenceId is { } replaced)
        {
            yield return (start.Local, IdOf(found.Uid, replaced.ToUnixMs(floating)));
            yield break;
        }
        if (!found.IsRecurring)
        {
            yield return (start.Local, found.Uid.Length == 0 ? "" : ImportIds.Native("ics", found.Uid));
            yield break;
        }
        var instances = new List<LocalDateTime>();
        if (found.Rule is { } rule)
        {
            var outcome = Recurrence.Expand(rule, start, context.NowMs, floating, instances);
            if (outcome is not Recurrence.Outcome.Done) context.Report.LeaveOut(Reason(outcome), calendar.Path, line, rule);
        }
        else
        {
            instances.Add(start.Local);
        }
        instances.AddRange(found.Extra.Select(extra => LocalOf(extra, start, floating)).Where(local => !instances.Contains(local)).Take(
            Recurrence.MaxInstances));
        var excludedDays = found.Excluded.Where(e => e.IsDay).Select(e => e.Local.Date).ToHashSet();
        var excluded = found.Excluded.Where(e => !e.IsDay).Select(e => e.ToUnixMs(floating)).ToHashSet();
        var replacedBy = _replaced.GetValueOrDefault(found.Uid);
        foreach (var local in instances.Take(Recurrence.MaxInstances))
        {
            var at = start.At(local).ToUnixMs(floating);
            if (excluded.Contains(at) || excludedDays.Contains(local.Date) || replacedBy?.Contains(at) == true) continue;
            yield return (local, IdOf(found.Uid, at));
        }
    }

    private static string Reason(Recurrence.Outcome outcome) => outcome switch
    {
        Recurrence.Outcome.TooFine => "recurs more often than daily, taken once",
        Recurrence.Outcome.Broken => "recurrence rule not understood, taken once",
        _ => $"instances beyond the first {Recurrence.MaxInstances}",
    };

    /// <summary>A further date of a series as local time of its start.</summary>
    private static LocalDateTime LocalOf(CalendarTime extra, CalendarTime start, DateTimeZone floating)
    {
        if (extra.IsDay) return extra.Local.Date + start.Local.TimeOfDay;
        if (Equals(extra.Zone, start.Zone)) return extra.Local;
        var shift = extra.ToUnixMs(floating) - start.At(extra.Local).ToUnixMs(floating);
        return extra.Local.PlusMilliseconds(shift);
    }

    private static double? LengthOf(CalendarEvent found, CalendarTime start, DateTimeZone floating)
    {
        if (start.IsDay) return null;
        var seconds = found.End is { } end ? (end.ToUnixMs(floating) - start.ToUnixMs(floating)) / 1000.0 : found.Length?.TotalSeconds;
        return seconds is >= 0 and <= 366 * 86_400.0 ? seconds : null;
    }

    private DateTimeZone FloatingZone(CalendarFile calendar) => context.Options.Zone ?? calendar.Zone ?? DateTimeZone.Utc;

    private string KeyOf(CalendarEvent found, CalendarFile calendar) => found.RecurrenceId is { } instance
        ? $"{found.Uid}\n{instance.ToUnixMs(FloatingZone(calendar)).ToString(CultureInfo.InvariantCulture)}"
        : found.Uid.Length > 0 ? found.Uid
        : $"\n{found.Start?.Local}\n{found.Summary}";

    internal static string IdOf(string uid, long instanceMs) =>
        ImportIds.Native("ics",
            $"{uid}/" + DateTimeOffset.FromUnixTimeMilliseconds(instanceMs).UtcDateTime
                .ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Which interactions a cancellation takes back.</summary>
    private readonly record struct CancelledMeetingId(CalendarEvent Event, DateTimeZone Floating)
    {
        public CancelledMeeting Meeting => Event.RecurrenceId is { } instance
            ? new CancelledMeeting(IdOf(Event.Uid, instance.ToUnixMs(Floating)), IsSeries: false)
            : new CancelledMeeting(ImportIds.Native("ics", Event.Uid), IsSeries: true)
            { Series = ItemBuilder.Text(Event.Uid, InteractionRules.MaxVenueChars) };
    }
}
