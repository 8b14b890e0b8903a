using System.Text;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>Tables as people keep them.</summary>
public class DirtyTableTests
{
    private const string Row = "2026-11-01T10:00:00Z message a@x.example -> b@x.example";
    private const string Text = "id,at,from,to,kind\nb1,2026-11-01T10:00:00Z,a@x.example,b@x.example,message\n";

    [Fact]
    public void Line_ends_encodings_and_what_stands_above_a_table_do_not_matter()
    {
        Importing.Text("in.csv", Text.Replace('\n', '\r')).Lines.ShouldBe([Row]);
        Importing.Text("in.csv", "Export of 1 Nov\nby me\n\n" + Text).Lines.ShouldBe([Row]);
        Importing.Text("in.csv", "\"sep=|\"\n" + Text.Replace(',', '|')).Lines.ShouldBe([Row]);
        Importing.Bytes("in.csv", Encoding.BigEndianUnicode.GetBytes(Text)).Lines.ShouldBe([Row]);
    }

    [Fact]
    public void A_table_without_a_header_or_a_kind_is_read_and_the_guess_is_said()
    {
        var headerless = Importing.Text(
            "in.csv", "2026-11-01 10:00,a@x.example,b@x.example,message\n2026-11-02 10:00,b@x.example,a@x.example,call\n");
        var kindless = Importing.Text("in.csv", "Date,From,To,Subject\n2026-11-01T10:00:00Z,a@x.example,b@x.example,Hello\n");

        headerless.Lines.ShouldBe([Row, "2026-11-02T10:00:00Z call b@x.example -> a@x.example"]);
        headerless.Context.Report.Guesses.ShouldContain(guess => guess.Contains("no header", StringComparison.Ordinal));
        kindless.Lines.ShouldBe([Row]);
        kindless.Context.Report.Guesses.ShouldContain(guess => guess.Contains("taken for messages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"\"\"Okafor, Dana\"\" <dana@x.example>, Lee <lee@x.example>\"", "dana@x.example,lee@x.example")]
    [InlineData("\"Park, Lee <lee@x.example>; c@x.example\"", "lee@x.example,c@x.example")]
    [InlineData("b@x.example c@x.example", "b@x.example,c@x.example")]
    [InlineData("b@x.example | c@x.example", "b@x.example,c@x.example")]
    [InlineData("\"b@x.example\nc@x.example\"", "b@x.example,c@x.example")]
    [InlineData("Bob (b@x.example)", "b@x.example")]
    [InlineData("\"Lee, Park\"", "Lee, Park")]
    public void Recipients_of_one_cell_are_told_apart(string cell, string expected)
    {
        var table = Importing.Text("in.csv", $"at,from,to,kind\n2026-11-01T10:00:00Z,a@x.example,{cell},message\n");

        string.Join(',', table.Interactions.ShouldHaveSingleItem().To).ShouldBe(expected);
    }

    [Fact]
    public void Date_and_time_of_day_in_two_columns_are_one_and_durations_are_read()
    {
        var table = Importing.Text(
            "in.csv", "Fecha;Hora;De;Para;Tipo;Duration\n13/11/2026;10:30;a@x.example;b@x.example;Llamada;12,5\n14/11/2026 "
            + "00:00:00;9h05;a@x.example;b@x.example;Reunión;1h 5m\n");

        table.Lines.ShouldBe(
            ["2026-11-13T10:30:00Z call a@x.example -> b@x.example", "2026-11-14T09:05:00Z meeting a@x.example -> b@x.example"]);
        table.Interactions.Select(i => i.LengthSeconds).ShouldBe([12.5, 3900]);
    }

    [Theory]
    [InlineData("1er novembre 2026 10h30", "2026-11-01T10:30:00Z")]
    [InlineData("Sonntag, 1. November 2026, 10:00 Uhr", "2026-11-01T10:00:00Z")]
    [InlineData("So, 01.11.2026 10:00", "2026-11-01T10:00:00Z")]
    [InlineData("01.11.2026 10.30", "2026-11-01T10:30:00Z")]
    [InlineData("1º de noviembre de 2026", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T10:00+01:00[Europe/Berlin]", "2026-11-01T09:00:00Z")]
    [InlineData("2026-11-01 10:00 Europe/Berlin", "2026-11-01T09:00:00Z")]
    [InlineData("Sun Nov 01 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-11-01T09:00:00Z")]
    [InlineData("nov. 1, 2026, 10:00 p. m.", "2026-11-01T22:00:00Z")]
    [InlineData("46327.5", "2026-11-01T12:00:00Z")]
    [InlineData("1793527200", "2026-11-01T10:00:00Z")]
    [InlineData("1793527200000000", "2026-11-01T10:00:00Z")]
    [InlineData("2026年11月1日 10:00", "2026-11-01T10:00:00Z")]
    public void Dates_of_many_programs_are_read(string date, string expected)
    {
        Importing.Text("in.csv", $"at;from;to;kind\n{date};a@x.example;b@x.example;message\n").Lines.ShouldBe(
            [$"{expected} message a@x.example -> b@x.example"]);
    }

    [Fact]
    public void What_would_lie_ahead_decides_between_day_and_month()
    {
        Importing.Text("in.csv",
            "date,from,to,kind\n03/12/2026,a@x.example,b@x.example,message\n04/05/2026,a@x.example,b@x.example,message\n").Lines.ShouldBe(
            ["2026-03-12T00:00:00Z message a@x.example -> b@x.example", "2026-04-05T00:00:00Z message a@x.example -> b@x.example"]);
    }

    [Fact]
    public void A_broken_line_costs_that_line()
    {
        var table = Importing.Bytes(
            "in.csv", [.. Encoding.UTF8.GetBytes(
            "id,at,from,to,kind\nb0,\"2026-11-01T10:00:00Z,a@x.example,b@x.example,message\n"
                + "b1,2026-11-01T10:00:00Z,Zoë@x.example,b@x.example,message\nb2,2026-11-02T10:00:00Z,"), 0xFF,
            .. Encoding.UTF8.GetBytes(
                "@x.example,b@x.example,message\nb3,2026-11-03T10:00:00Z,a@x.example,\"b@x.example\"z,message\n"
                    + "b4,2026-11-04T10:00:00Z,zoë@x.example,b@x.example,message\n")]);

        table.Interactions.Select(i => i.Id).ShouldBe(["b1", "b4"]);
        table.Rejected.Select(line => line.Line).ShouldBe([2, 4, 5]);
    }

    [Fact]
    public void Archives_in_archives_are_opened_and_a_bomb_costs_itself()
    {
        var inner = Zip(("in.csv", Encoding.UTF8.GetBytes(Text)),
            ("bomb.csv", [.. Encoding.UTF8.GetBytes("id,at,from,to,kind\n"), .. new byte[80 << 20]]));
        var outer = Zip(("a/b.zip", inner), ("broken.zip", [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0]));
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, outer);
            using var source = ImportSource.Open(path);
            var imported = Importing.Import(source, null, null);

            imported.Lines.ShouldContain(Row);
            imported.Rejected.ShouldContain(line => line.File!.EndsWith("bomb.csv", StringComparison.Ordinal));
            imported.LeftOut[LeftOutReasons.NotRecognised].ShouldBe(1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }
        return zip.ToArray();
    }
}
