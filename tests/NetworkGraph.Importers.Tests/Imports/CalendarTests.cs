using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tests.Imports;

public class CalendarTests
{
    private const string Mara = "mara.quist@example.com";
    private const string Jonas = "jonas.feld@acme.example";

    private static readonly string[] s_expected =
    [
        $"2026-03-02T08:00:00Z meeting {Mara} -> {Jonas}",
        $"2026-03-16T13:00:00Z meeting {Mara} -> ana@nunez.example",
        $"2026-03-30T07:00:00Z meeting {Mara} -> {Jonas}",
        $"2026-04-06T07:00:00Z meeting {Mara} -> {Jonas}",
        $"2026-04-10T08:00:00Z attendance {Mara} -> ",
    ];

    [Fact]
    public void A_calendar_gives_its_expected_meetings()
    {
        var calendar = Importing.Sample("ics/calendar.ics");

        calendar.Rejected.ShouldBeEmpty();
        calendar.Lines.ShouldBe(s_expected);
        calendar.Context.Me.ShouldBe([Mara]);
        calendar.Interactions.Where(i => i.From == Mara && i.Kind is InteractionKind.Meeting).Select(i => i.LengthSeconds).ShouldBe(
            [1800, 1800, 1800, 3600], ignoreOrder: true);
        calendar.Interactions.Single(i => i.Kind is InteractionKind.Attendance).Venue.ShouldBe("Graph Day");
        calendar.Interactions[0].Id.ShouldBe("ics:w1@google.com/20260302T080000Z");
    }

    [Fact]
    public void Who_answered_tentatively_takes_part_where_that_is_asked_for()
    {
        var calendar = Importing.Sample("ics/calendar.ics", new ImportOptions { Tentative = true });

        var call = calendar.Interactions.Single(i => i.Kind is InteractionKind.Call);
        Imported.Line(call).ShouldBe($"2026-04-02T08:00:00Z call pat.obrien@globex.example -> {Mara}");
        call.LengthSeconds.ShouldBe(1500);
    }

    [Fact]
    public void A_cancellation_makes_nothing_and_names_what_it_takes_back()
    {
        var calendar = Importing.Sample("ics/cancel.ics");

        calendar.Interactions.ShouldBeEmpty();
        calendar.Cancelled.ShouldBe([new CancelledMeeting("ics:w1@google.com", IsSeries: true) { Series = "w1@google.com" }]);
    }

    [Fact]
    public void A_line_that_is_none_costs_that_line()
    {
        Importing.Sample("ics/broken-line.ics").Lines.ShouldBe([$"2026-04-02T08:00:00Z meeting {Mara} -> {Jonas}"]);
        Importing.Sample("ics/icalendar-issue_168_input.ics").Rejected.ShouldBeEmpty();
        Importing.Sample("ics/icalendar-issue_348_exception_parsing_value.ics").Rejected.ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_finer_than_daily_is_taken_once_and_reported()
    {
        var calendar = Importing.Sample("ics/endless.ics");

        calendar.Lines.ShouldBe([$"1997-09-02T09:00:00Z meeting {Mara} -> {Jonas}"]);
        calendar.LeftOut.Keys.ShouldContain("recurs more often than daily, taken once");
    }

    [Theory]
    [InlineData("FREQ=DAILY", 1000)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,WE", 1000)]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0)]
    [InlineData("FREQ=DAILY;INTERVAL=0", 1)]
    [InlineData("FREQ=NONSENSE", 1)]
    [InlineData("nonsense", 1)]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", 3)]
    [InlineData("FREQ=WEEKLY;UNTIL=20100117T090000Z", 3)]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=4", 4)]
    public void Rules_end_and_give_no_more_than_a_thousand_meetings(string rule, int meetings)
    {
        var calendar = Importing.Text("in.ics", Calendar($"UID:r@x\nDTSTART:20100103T090000Z\nRRULE:{rule}\n{Two}"));

        // A rule that matches no day still has its start.
        calendar.Interactions.Count.ShouldBe(Math.Max(1, meetings), rule);
    }

    [Fact]
    public void Rooms_those_who_declined_and_days_without_others_are_left_out()
    {
        var calendar = Importing.Text("in.ics", Calendar("""
            UID:e1
            DTSTART:20260302T090000Z
            DTEND:20260302T093000Z
            ORGANIZER:mailto:A@x.example
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example
            ATTENDEE;PARTSTAT=DECLINED:mailto:c@x.example
            ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:d@x.example
            ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room-5@x.example
            """, """
            UID:e2
            STATUS:CANCELLED
            DTSTART:20260303T090000Z
            ORGANIZER:mailto:a@x.example
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example
            """, "UID:e3\nDTSTART;VALUE=DATE:20260304\nSUMMARY:Holiday"));

        calendar.Lines.ShouldBe(["2026-03-02T09:00:00Z meeting a@x.example -> b@x.example"]);
        calendar.LeftOut.ShouldBe(
            new Dictionary<string, long> { [LeftOutReasons.Cancelled] = 1, [LeftOutReasons.NoOneElse] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void A_zone_that_no_name_is_known_by_is_read_from_the_file()
    {
        var zone = """
            BEGIN:VTIMEZONE
            TZID:Customized Time Zone
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            """;
        var calendar = Importing.Text(
            "in.ics", $"BEGIN:VCALENDAR\n{zone}\n"
            + Event($"UID:z\nDTSTART;TZID=Customized Time Zone:20260301T090000\nRRULE:FREQ=MONTHLY;COUNT=2\n{Two}") + "END:VCALENDAR\n");

        calendar.Interactions.Select(i => Rfc3339.Format(i.AtMs)).ShouldBe(["2026-03-01T08:00:00Z", "2026-04-01T07:00:00Z"]);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("/mozilla.org/20070129_1/Europe/Berlin")]
    public void Zones_are_known_by_the_names_that_programs_give_them(string name)
    {
        var calendar = Importing.Text("in.ics", Calendar($"UID:z\nDTSTART;TZID=\"{name}\":20260701T090000\n{Two}"));

        calendar.Interactions.Select(i => Rfc3339.Format(i.AtMs)).ShouldBe(["2026-07-01T07:00:00Z"]);
    }

    [Fact]
    public void Importing_a_calendar_twice_gives_the_same_ids_and_later_copies_are_duplicates()
    {
        var text = Calendar($"UID:d\nSEQUENCE:0\nDTSTART:20260701T090000Z\n{Two}", $"UID:d\nSEQUENCE:1\nDTSTART:20260701T100000Z\n{Two}");

        var calendar = Importing.Text("in.ics", text);

        calendar.Lines.ShouldBe(["2026-07-01T10:00:00Z meeting a@x.example -> b@x.example"]);
        Importing.Text("in.ics", text).Interactions.Select(i => i.Id).ShouldBe(calendar.Interactions.Select(i => i.Id));
        calendar.LeftOut[LeftOutReasons.Duplicate].ShouldBe(1);
    }

    private const string Two =
        "ORGANIZER:mailto:a@x.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example";

    private static string Event(string lines) => $"BEGIN:VEVENT\n{lines}\nEND:VEVENT\n";

    private static string Calendar(params string[] events) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\n{string.Concat(events.Select(Event))}END:VCALENDAR\n".ReplaceLineEndings("\r\n");
}
