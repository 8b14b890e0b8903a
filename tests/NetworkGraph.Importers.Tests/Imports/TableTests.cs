using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Tests.Imports;

public class TableTests
{
    private const string Row = "2026-11-01T10:00:00Z message a@x -> b@x";

    [Theory]
    [InlineData("id;at;from;to;kind\nb1;2026-11-01T10:00:00Z;a@x;b@x;message\n")]
    [InlineData("sep=;\nid;at;from;to;kind\nb1;2026-11-01T10:00:00Z;a@x;b@x;message\n")]
    [InlineData("id\tat\tfrom\tto\tkind\nb1\t2026-11-01T10:00:00Z\ta@x\tb@x\tmessage\n")]
    [InlineData("id|at|from|to|kind\nb1|2026-11-01T10:00:00Z|a@x|b@x|message\n")]
    [InlineData("id,at,from,to,kind\r\nb1,2026-11-01T10:00:00Z,a@x,b@x,message\r\n\u001a")]
    [InlineData("ID,At,From,To,Kind\nb1,2026-11-01T10:00:00Z,a@x,b@x,Message\n")]
    [InlineData("id,at,from,to,kind,\n\nb1,2026-11-01T10:00:00Z,a@x,b@x,message,\n,,,,,\n")]
    [InlineData("Sender,Recipient,Date,Type\na@x,b@x,2026-11-01 10:00,E-Mail\n")]
    [InlineData("Absender;Empfänger;Datum;Art\na@x;b@x;01.11.2026 10:00;Nachricht\n")]
    [InlineData("When,Who,To,Activity,Mood\n2026-11-01T10:00:00Z,A <a@x>,B <b@x>,message,fine\n")]
    public void Tables_are_read_however_they_are_written(string text)
    {
        var table = Importing.Text("in.csv", text);

        table.Formats.ShouldBe(["csv"]);
        table.Rejected.ShouldBeEmpty();
        table.Lines.ShouldBe([Row]);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-8", true)]
    public void Tables_are_read_in_any_usual_encoding(string encoding, bool hasMark)
    {
        var bytes = Encoding.GetEncoding(encoding);
        var text = bytes.GetBytes("id,at,from,to,kind\r\nb1,2026-11-01T10:00:00Z,a@x,zoë@x,message\r\n");

        var table = Importing.Bytes("in.csv", hasMark ? [.. bytes.GetPreamble(), .. text] : text);

        table.Interactions.ShouldHaveSingleItem().To.ShouldBe(["zoë@x"]);
    }

    [Fact]
    public void A_table_whose_bytes_are_not_UTF_8_anywhere_is_read_as_Windows_1252()
    {
        var text = new StringBuilder("id,at,from,to,kind\n");
        for (var i = 0; i < 3000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"b{i},2026-11-01T10:00:00Z,a@x,b@x,message\n");
        text.Append("last,2026-11-01T10:00:00Z,a@x,zoë@x,message\n");

        var table = Importing.Bytes("in.csv", Encoding.Latin1.GetBytes(text.ToString()));

        table.Rejected.ShouldBeEmpty();
        table.Interactions[^1].To.ShouldBe(["zoë@x"]);
        table.Context.Report.Guesses.ShouldContain("in.csv is read as Windows-1252.");
    }

    [Fact]
    public void Recipients_are_separated_by_semicolons_or_by_commas_between_addresses()
    {
        var table = Importing.Text(
            "in.csv", "id,at,from,to,kind\nb1,2026-11-01T10:00:00Z,a@x,\"b@x; c@x\",message\nb2,2026-11-02T10:00:00Z,b@x,\"a@x, "
            + "c@x\",message\nb3,2026-11-03T10:00:00Z,b@x,a@x;c@x;,message\n"
            + "b4,2026-11-04T10:00:00Z,b@x,\"Lee, Ann\",message\nb5,2026-11-05T10:00:00Z,b@x,\"b@x;a@x;A@x\",message\n");

        table.Interactions.Select(i => string.Join("|", i.To)).ShouldBe(["b@x|c@x", "a@x|c@x", "a@x|c@x", "Lee, Ann", "a@x"]);
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01 10:00", "2026-11-01T09:00:00Z")]
    [InlineData("2026-11-01 10:00:00", "2026-11-01T09:00:00Z")]
    [InlineData("2026-11-01 10:00:00 UTC", "2026-11-01T10:00:00Z")]
    [InlineData("01 Nov 2026", "2026-11-01T00:00:00Z")]
    [InlineData("\"Nov 1, 2026\"", "2026-11-01T00:00:00Z")]
    [InlineData("\"11/1/26, 10:00 AM\"", "2026-11-01T09:00:00Z")]
    [InlineData("01.11.2026", "2026-11-01T00:00:00Z")]
    [InlineData("20261101T100000Z", "2026-11-01T10:00:00Z")]
    [InlineData("1761990000000", "2025-11-01T09:40:00Z")]
    [InlineData("2026-11-01T10:00:00", "2026-11-01T09:00:00Z")]
    [InlineData("2026-11-01T10:00:00+0100", "2026-11-01T09:00:00Z")]
    [InlineData("\"Sun, 01 Nov 2026 10:00:00 +0100\"", "2026-11-01T09:00:00Z")]
    [InlineData("2026-W44-7", "2026-11-01T00:00:00Z")]
    [InlineData("1 nov. 2026", "2026-11-01T00:00:00Z")]
    [InlineData("12 mars 2024", "2024-03-12T00:00:00Z")]
    [InlineData("05 janv. 2023", "2023-01-05T00:00:00Z")]
    [InlineData("1. November 2026 um 10:00", "2026-11-01T09:00:00Z")]
    [InlineData("13/11/2026 22:30", "2026-11-13T21:30:00Z")]
    [InlineData("46327.4166666667", "2026-11-01T09:00:00Z")]
    [InlineData("\"Sunday, November 1, 2026 10:00 PM\"", "2026-11-01T21:00:00Z")]
    public void Dates_are_read_as_people_write_them(string date, string expected)
    {
        Zones.TryFind("Europe/Berlin", out var berlin).ShouldBeTrue();

        var table = Importing.Text("in.csv", $"at,from,to,kind\n{date},a@x,b@x,message\n", new ImportOptions { Zone = berlin });

        table.Rejected.ShouldBeEmpty();
        // A day without a time of day begins where it was written, shown here by its date there.
        var local = table.Interactions.Single().AtMs;
        (expected.EndsWith("T00:00:00Z", StringComparison.Ordinal) ? Rfc3339.Format(local + 3_600_000) : Rfc3339.Format(local)).ShouldBe(
            expected);
    }

    [Theory]
    [InlineData("1761990000")]
    [InlineData("1761990000.5")]
    public void Seconds_are_told_by_their_size_and_it_is_said(string number)
    {
        var text = $"at,from,to,kind\n{number},a@x,b@x,message\n";

        var told = Importing.Text("in.csv", text);
        told.Interactions.ShouldHaveSingleItem().AtMs.ShouldBeInRange(1761990000000, 1761990000500);
        told.Context.Report.Guesses.ShouldContain(guess => guess.Contains("seconds", StringComparison.Ordinal));
        Importing.Text("in.csv", text,
            new ImportOptions { Csv = new CsvRequest { TimeUnit = "s" } }).Interactions.ShouldHaveSingleItem().AtMs.ShouldBeInRange(
            1761990000000, 1761990000500);
    }

    [Theory]
    [InlineData("03/04/2026,25/12/2025", "2026-04-03", false)]
    [InlineData("03/04/2026,12/25/2025", "2026-03-04", false)]
    [InlineData("03/04/2026,05/06/2025", "2026-04-03", true)]
    [InlineData("03/04/2026 1:00 PM,05/06/2025 2:00 PM", "2026-03-04", true)]
    public void Day_and_month_are_distinguished_over_the_whole_file_and_a_guess_is_reported(string dates, string first, bool isGuess)
    {
        var rows = dates.Split(',').Select(date => $"{date},a@x,b@x,message\n");

        var table = Importing.Text("in.csv", "at,from,to,kind\n" + string.Concat(rows));

        Rfc3339.Format(table.Interactions[0].AtMs)[..10].ShouldBe(first);
        table.Context.Report.Guesses.Any(guess => guess.Contains("read both ways", StringComparison.Ordinal)).ShouldBe(isGuess);
    }

    [Fact]
    public void A_format_that_is_given_is_the_one_that_is_read()
    {
        var options = new ImportOptions { Csv = new CsvRequest { TimeFormat = "yyyy.dd.MM HH-mm", TimeZone = "+01:00" } };

        Importing.Text("in.csv", "at,from,to,kind\n2026.01.11 10-00,a@x,b@x,message\n", options).Lines.ShouldBe(
            ["2026-11-01T09:00:00Z message a@x -> b@x"]);
    }

    [Fact]
    public void HubSpot_activities_give_their_expected_interactions()
    {
        var crm = Importing.Sample("csv/hubspot-activity.csv");

        crm.Formats.ShouldBe(["crm-csv"]);
        crm.Interactions.Select(i => (i.Id, WireNames.Of(i.Kind), i.From, To: string.Join(",", i.To), i.LengthSeconds)).ShouldBe(
        [
            ("hubspot:101", "call", "mara.quist@example.com", "jonas.feld@acme.example", 90.0),
            ("hubspot:102", "message", "jonas.feld@acme.example", "mara.quist@example.com", null),
            ("hubspot:103", "meeting", "mara.quist@example.com", "ana@nunez.example", null),
            ("hubspot:105", "message", "mara.quist@example.com", "jonas.feld@acme.example", null),
        ]);
        crm.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Task] = 1 });
    }

    [Fact]
    public void Calls_are_from_who_called_and_missed_ones_are_attempts()
    {
        var calls = Importing.Text(
            "calls.csv", "Call type,Date,Duration,Number,Contact\nOutgoing,2026-03-07 09:00:00,0:01:35,+49 170 "
            + "1234567,Jonas\nMissed,2026-03-08 09:00:00,0,(555) 010-0100,\n", new ImportOptions { Me = ["me@x"] });

        calls.Lines.ShouldBe(["2026-03-07T09:00:00Z call me@x -> tel:+491701234567", "2026-03-08T09:00:00Z call tel:5550100100 -> me@x"]);
        calls.Interactions.Select(i => i.LengthSeconds).ShouldBe([95, 0]);
        calls.Profiles.ShouldHaveSingleItem().Name.ShouldBe("Jonas");
    }

    [Fact]
    public void Our_own_people_and_interactions_are_read_back()
    {
        var people = Importing.Text(
            "people.csv", "id,name,organisation,role,industry,offers,audience,tags,openToIntroductions\n"
                + "ann@x,Ann,Acme,CTO,,a;b\\;c,,x,false\nbob@x,,,,,,,,true\n");
        var lines = Importing.Text(
            "people.ndjson",
            "{\"id\":\"ann@x\",\"name\":\"Ann\",\"offers\":[],\"audience\":[],\"tags\":[],\"openToIntroductions\":true}\n");

        var ann = people.Profiles.ShouldHaveSingleItem();
        (ann.Id, ann.Name, ann.OpenToIntroductions).ShouldBe(("ann@x", "Ann", false));
        ann.Offers.ShouldBe(["a", "b;c"]);
        lines.Profiles.ShouldHaveSingleItem().Name.ShouldBe("Ann");
        Importing.Text("i.ndjson",
            "{\"at\":\"2026-11-01T10:00:00Z\",\"from\":\"a@x\",\"to\":[\"a@x\",\"b@x\",\"b@x\"],\"kind\":\"message\"}\n").Lines.ShouldBe(
            [Row]);
    }

    [Fact]
    public void A_mapping_says_what_columns_and_words_mean()
    {
        var mapping = CsvMapping.Read("""
            {"fields": {"id": {"column": "Nr"}, "at": {"columns": ["Tag", "Uhrzeit"]}, "from": {"column": "Wer"},
              "to": {"column": "Kontakt"}, "kind": {"column": "Art"}, "channel": {"value": "phone"}},
             "values": {"kind": {"Anruf": "call"}}, "dateFormat": "dd.MM.yyyy HH:mm", "zone": "Europe/Berlin", "split": "/",
             "swapIf": {"column": "Richtung", "is": ["ein"]}, "dropIf": {"column": "Art", "is": ["Notiz"]}, "idPrefix": "crm:"}
            """, out var reason).ShouldNotBeNull(reason);

        var table = Importing.Text(
            "in.csv", "Nr;Tag;Uhrzeit;Wer;Kontakt;Art;Richtung\n1;01.11.2026;10:00;me@x;a@x / "
            + "b@x;Anruf;aus\n2;01.11.2026;11:00;me@x;a@x;Anruf;ein\n3;01.11.2026;11:00;me@x;a@x;Notiz;aus\n",
            new ImportOptions { Mapping = mapping }, "csv");

        table.Lines.ShouldBe(["2026-11-01T09:00:00Z call me@x -> a@x,b@x", "2026-11-01T10:00:00Z call a@x -> me@x"]);
        table.Interactions.Select(i => i.Id).ShouldBe(["crm:1", "crm:2"]);
        CsvMapping.Read("{\"fields\": {\"who\": {}}}", out reason).ShouldBeNull();
        reason.ShouldContain("'who'");
    }
}
