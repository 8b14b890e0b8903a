using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>Calendars and cards with what programs get wrong.</summary>
public class DirtyCalendarTests
{
    private const string Start = "DTSTART:20260302T090000Z";
    private const string Who =
        "ORGANIZER:mailto:a@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example";

    [Theory]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20260302T100000")]
    [InlineData("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern\":20260302T100000")]
    [InlineData("DTSTART;TZID=/mozilla.org/20070129_1/Europe/Berlin:20260302T100000")]
    [InlineData("DTSTART;TZID=europe/berlin:20260302T100000")]
    [InlineData("DTSTART;TZID=GMT+0100:20260302T100000")]
    [InlineData("DTSTART;TZID=tzone://Microsoft/Utc:20260302T090000")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20260302T090000Z")]
    [InlineData("DTSTART;TZID=Eastern Time (US & Canada):20260302T040000")]
    public void Zones_are_known_by_the_names_that_programs_give_them(string start) =>
        Importing.Text("in.ics", Calendar(Event("1", start, Who))).Lines.ShouldBe(
            ["2026-03-02T09:00:00Z meeting a@x.example -> b@x.example"]);

    [Fact]
    public void A_zone_that_means_nothing_is_named()
    {
        var calendar = Importing.Text("in.ics", Calendar(Event("1", "DTSTART;TZID=Nowhere/Land:20260302T090000", Who)));

        calendar.Interactions.Count.ShouldBe(1);
        calendar.Context.Report.Guesses.ShouldContain(guess => guess.Contains("Nowhere/Land", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_of_a_zone_may_stand_behind_the_events()
    {
        const string Zone =
            "BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\n"
                + "END:VTIMEZONE\r\n";
        var calendar = Importing.Text("in.ics", Calendar(
            Event("1", "DTSTART;TZID=Own:20260302T090000\r\nRRULE:FREQ=DAILY;COUNT=2", Who),
                Event("1", "RECURRENCE-ID;TZID=Own:20260303T090000\r\nDTSTART;TZID=Own:20260303T100000", Who), Zone));

        calendar.Lines.ShouldBe(
            ["2026-03-02T06:00:00Z meeting a@x.example -> b@x.example", "2026-03-03T07:00:00Z meeting a@x.example -> b@x.example"]);
    }

    [Fact]
    public void A_change_from_one_instance_on_holds_for_those_after_it()
    {
        var calendar = Importing.Text("in.ics", Calendar(
            Event("1", $"{Start}\r\nRRULE:FREQ=DAILY;COUNT=4", Who),
                Event("1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260304T090000Z\r\nDTSTART:20260304T110000Z", Who)));

        calendar.Lines.Select(line => line[..20]).ShouldBe(
            ["2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z", "2026-03-04T11:00:00Z", "2026-03-05T11:00:00Z"]);
    }

    [Fact]
    public void Broken_lines_cost_themselves_and_missing_ends_cost_nothing()
    {
        var calendar = Importing.Text("in.ics", Calendar(
            Event("1", $"{Start}\r\nthis is rubbish\r\nATTENDEE", Who), $"BEGIN:VEVENT\r\nUID:2\r\n{Start}\r\n{Who}\r\n",
                Event("3", Start, Who), Event("4", "DTSTART:rubbish", Who),
            Event("5", Start, "ORGANIZER:mailto:a@x.example\r\nATTENDEE;CN=Doe: Bob;PARTSTAT=ACCEPTED:mailto:b@x.example")));

        calendar.Interactions.Select(i => i.Id).ShouldBe(["ics:1", "ics:2", "ics:3", "ics:5"]);
        calendar.Rejected.ShouldHaveSingleItem().Field.ShouldBe("at");
        calendar.LeftOut[LeftOutReasons.BrokenLine].ShouldBe(2);
    }

    [Fact]
    public void Cards_without_an_end_and_cards_in_cards_stay_apart()
    {
        var cards = Importing.Text(
            "in.vcf", "BEGIN:VCARD\nFN:Ann\nEMAIL:ann@x.example\nBEGIN:VCARD\nFN:Bob\nEMAIL:bob@x.example\nEMAIL:not an "
            + "address\nEND:VCARD\n"
            + "BEGIN:VCARD\nVERSION:2.1\nN:Cee;Cy\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEMAIL:agent@x.example\nEND:VCARD\nEMAIL:cy@x.example\n"
            + "END:VCARD\n");

        cards.Profiles.Select(p => (p.Id, p.Name)).ShouldBe(
            [("ann@x.example", "Ann"), ("bob@x.example", "Bob"), ("cy@x.example", "Cy Cee")]);
        cards.Rejected.ShouldHaveSingleItem().Field.ShouldBe("EMAIL");
    }

    [Fact]
    public void Nodes_behind_their_edges_and_labels_that_are_ids_of_others_stay_apart()
    {
        var options = new ImportOptions { AtMs = 1_767_225_600_000, Kind = NetworkGraph.Events.Interactions.InteractionKind.Message };

        Importing.Text("in.gml",
            "graph [ directed 1 edge [ source 1 target 2 ] edge [ source 2 target 3 ] node [ id 1 label \"Ann\" ] node [ id 2 label \"1\" "
            + "] ]", options)
            .Interactions.Select(i => $"{i.From} -> {i.To[0]}").ShouldBe(["Ann -> 1", "1 -> 3"]);
        Importing.Text("in.csv", "Source,Target,Type,Weight\n1,2,Undirected,1\n2,3,Directed,2\n", options).Interactions.Select(
            i => $"{i.From} -> {i.To[0]}").ShouldBe(["1 -> 2", "2 -> 1", "2 -> 3"]);
    }

    private static string Calendar(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    private static string Event(string uid, string start, string who) => $"BEGIN:VEVENT\r\nUID:{uid}\r\n{start}\r\n{who}\r\nEND:VEVENT\r\n";
}
