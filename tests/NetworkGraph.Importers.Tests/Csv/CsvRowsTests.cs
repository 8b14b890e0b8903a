using System.IO.Compression;
using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Tests.Rows;

namespace NetworkGraph.Importers.Tests.Csv;

public class CsvRowsTests
{
    private static readonly CsvRequest s_fromToAt = new()
    {
        Columns = "from,to,at",
        Delimiter = "space",
        TimeUnit = "s",
        Constants = new Dictionary<InteractionField, string> { [InteractionField.Kind] = "message" },
    };

    [Fact]
    public void Headings_are_found_in_any_case_with_underscores_and_by_map()
    {
        var read = Reading.Csv("ID;When;FROM;to;Kind;in_reply_to;Mood\nx;1000000000000;ann;\"bob;cy\";meeting;y;happy\n",
            new CsvRequest { Delimiter = ";", Map = ["at=When"], Ignore = ["Mood"] });

        read.Unreadable.ShouldBeNull();
        var interaction = read.Interactions.ShouldHaveSingleItem();
        interaction.To.ShouldBe(["bob", "cy"]);
        interaction.InReplyTo.ShouldBe("y");
    }

    [Fact]
    public void A_time_may_end_in_the_word_UTC()
    {
        var read = Reading.Csv("from,to,at,kind\nann,bob,2026-01-31 12:00:00 UTC,message\nann,bob,soon UTC,message\n", new CsvRequest());

        read.Interactions.ShouldHaveSingleItem().AtMs.ShouldBe(
            new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        read.Rejected.ShouldHaveSingleItem().Field.ShouldBe("at");
    }

    [Fact]
    public void Windows_lines_blank_lines_and_cells_of_two_lines_are_counted_as_an_editor_does()
    {
        var read = Reading.Csv(
            "from,to,at,kind,venue\r\n\r\nann,bob,1000000000000,message,\r\nann,bob,1000000000000,message,\"a\nb\"\r\n\r\n"
                + "ann,,1000000000000,message,\r\nbob,ann,1000000000001,message,x\r\n");

        read.Lines.ShouldBe([3, 8]);
        read.Rejected.Select(r => (r.Line, r.Field)).ShouldBe([(4, "venue"), (7, "to")]);
    }

    [Fact]
    public void A_separator_in_an_id_is_written_with_a_backslash_and_one_person_without_it_stands_as_is()
    {
        var read = Reading.Csv(
            "from,to,at,kind\nann,a\\;b;c\\\\d,1000000000000,message\nann,CORP\\bob,1000000000000,message\n"
                + "ann,CORP\\bob;x,1000000000000,message\n");

        read.Interactions.Select(i => string.Join('|', i.To)).ShouldBe(["a;b|c\\d", "CORP\\bob", "CORP\\bob|x"]);
    }

    [Theory]
    [InlineData("0", null, "ms", 0)]
    [InlineData("-5", null, "ms", -5)]
    [InlineData("1.5", null, "s", 1500)]
    [InlineData("-0.0015", null, "s", -2)]
    [InlineData("1480486100", null, "s", 1480486100000)]
    [InlineData("60", "2003-10-01T00:00:00Z", "s", 1064966460000)]
    [InlineData("2003-10-01T00:01:00Z", "1999-01-01T00:00:00Z", "s", 1064966460000)]
    public void Numbers_count_from_the_epoch_in_the_unit(string cell, string? epoch, string unit, long unixMs)
    {
        var read = Reading.Csv($"from,to,at,kind\nann,bob,{cell},message\n", new CsvRequest { Epoch = epoch, TimeUnit = unit });

        read.Interactions.ShouldHaveSingleItem(read.ToString()).AtMs.ShouldBe(unixMs);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e5")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999")]
    [InlineData(".")]
    public void What_is_no_number_of_milliseconds_is_rejected(string cell) =>
        Reading.Csv($"from,to,at,kind\nann,bob,{cell},message\n").Rejected.ShouldHaveSingleItem().Field.ShouldBe("at");

    [Theory]
    [InlineData("1761991200")]
    [InlineData("99999999999")]
    [InlineData("-5")]
    public void A_number_that_can_only_be_seconds_is_refused_naming_the_unit(string cell)
    {
        var rejected = Reading.Csv($"from,to,at,kind\nann,bob,{cell},message\n").Rejected.ShouldHaveSingleItem();

        rejected.Field.ShouldBe("at");
        rejected.Reason.ShouldContain("seconds");
        rejected.Reason.ShouldContain("timeUnit=s");
    }

    [Theory]
    [InlineData("100000000000", null, 100_000_000_000)]
    [InlineData("99999999999", "ms", 99_999_999_999)]
    [InlineData("1761991200", "s", 1_761_991_200_000)]
    public void A_number_with_its_unit_stated_is_taken(string cell, string? unit, long unixMs) =>
        Reading.Csv($"from,to,at,kind\nann,bob,{cell},message\n",
            new CsvRequest { TimeUnit = unit }).Interactions.ShouldHaveSingleItem().AtMs.ShouldBe(unixMs);

    [Fact]
    public void Equal_rows_get_different_ids_that_are_the_same_each_time()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i % 50} {i % 7 + 50} {i % 3}\n"));

        var first = Reading.Csv(text, s_fromToAt).Interactions.Select(i => i.Id).ToArray();
        var second = Reading.Csv(text, s_fromToAt).Interactions.Select(i => i.Id).ToArray();

        first.Distinct().Count().ShouldBe(5000);
        second.ShouldBe(first);
        first.ShouldAllBe(id => id.Length == 32);
    }

    [Fact]
    public void Every_field_of_a_row_makes_its_id()
    {
        string[] rows =
        [
            "a,b,1000000000000,message,,,", "b,a,1000000000000,message,,,", "a,b,1000000000001,message,,,",
                "a,b;c,1000000000000,message,,,", "a,b,1000000000000,reply,,,", "a,b,1000000000000,message,give,,",
            "a,b,1000000000000,message,,x,", "a,b,1000000000000,message,,,x", "a,bx,1000000000000,message,,,",
        ];
        // One at a time: two that differ in nothing but the recipient are one mail to both.
        var ids = rows.SelectMany(row => Reading.Csv("from,to,at,kind,exchange,channel,venue\n" + row).Interactions).Select(
            i => i.Id).ToArray();

        ids.Length.ShouldBe(rows.Length);
        ids.Distinct().Count().ShouldBe(rows.Length);
    }

    [Fact]
    public void Every_error_of_the_options_is_said_at_once()
    {
        var errors = new List<OptionError>();
        CsvOptions.Read(new CsvRequest
        {
            Delimiter = "ab",
            Epoch = "x",
            TimeUnit = "h",
            Columns = "from,who",
            Map = ["a"],
            Ignore = ["b"]
        }, errors);

        errors.Select(e => e.Option).Distinct().ShouldBe(["delimiter", "epoch", "timeUnit", "map", "ignore", "columns"], ignoreOrder: true);
    }

    [Fact]
    public void Cells_are_split_as_CsvHelper_splits_them() =>
        Prop.ForAll(Arb.From(
            Gen.ArrayOf(Gen.ArrayOf(Gen.Elements("a", "\"q\"", ",", "x y", "\n", "é;", "", "\r\n", "1")).Select(
            string.Concat).NonEmptyRows())), rows =>
        {
            var text = new StringWriter();
            using (var writer = CsvWriter.Create(
                text, CsvWriterOptions.Default with { NewLine = "\n", HasHeader = false, ValidateFieldCount = false }, leaveOpen: true))
            {
                foreach (var row in rows)
                {
                    foreach (var cell in row) writer.WriteField(cell);
                    writer.EndRecord();
                }
            }
            Split(text.ToString()).ShouldBe(CsvHelperSplit(text.ToString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_gzip_file_cut_off_anywhere_is_noticed()
    {
        var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"p{i} q{i * 7} {i}\n"))));
        for (var length = 1; length < whole.Length; length++)
        {
            using var gzip = new GZipStream(new MemoryStream(whole.ToArray()[..length]), CompressionMode.Decompress);
            await Should.ThrowAsync<InvalidDataException>(
                gzip.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken), $"{length}");
        }
    }

    [Fact]
    public void The_mail_of_an_institute_is_read_whole_and_no_line_of_it_twice()
    {
        var data = Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
        if (data is null) Assert.Skip("NETWORKGRAPH_DATA, the folder of the real data sets, is not set.");
        using var gzip = new GZipStream(
            File.OpenRead(Path.Combine(data, "email-eu", "email-Eu-core-temporal.txt.gz")), CompressionMode.Decompress);
        using var text = new MemoryStream();
        gzip.CopyTo(text);

        var read = Reading.Csv(text.ToArray(), s_fromToAt);

        // Mail to oneself is no interaction; every other line is one recipient of one, also where a line occurs again.
        var self = read.Rejected.Count;
        read.Rejected.ShouldAllBe(r => r.Field == "to");
        (read.Interactions.Sum(i => i.To.Length) + self).ShouldBe(332_334);
        read.Interactions.Count.ShouldBeLessThan(220_000, "nearly half of the rows are one mail to several");
        read.Interactions.Select(i => i.Id).Distinct().Count().ShouldBe(read.Interactions.Count);
        read.Interactions.SelectMany(i => i.To.Append(i.From)).Distinct().Count().ShouldBe(986);
    }

    private static List<string> Split(string text)
    {
        var rows = new List<string>();
        var cells = new List<CsvCell>();
        var rest = Encoding.UTF8.GetBytes(text).AsSpan();
        while (!rest.IsEmpty)
        {
            CsvSplitter.Split(rest, (byte)',', isAll: true, cells, out var consumed).ShouldBe(CsvSplit.Row);
            var row = rest[..consumed].ToArray();
            rows.Add(string.Join('|', cells.Select(c => Cell(row, c))));
            rest = rest[consumed..];
        }
        return rows;
    }

    private static string Cell(byte[] row, CsvCell cell)
    {
        var text = row.AsSpan(cell.Start, cell.Length).ToArray();
        if (!cell.HasDoubledQuotes) return Encoding.UTF8.GetString(text);
        var undoubled = new byte[text.Length];
        return Encoding.UTF8.GetString(undoubled, 0, CsvSplitter.Undouble(text, undoubled));
    }

    private static List<string> CsvHelperSplit(string text)
    {
        var rows = new List<string>();
        var options = CsvReaderOptions.Default with { Separator = ',', HasHeader = false, SkipEmptyLines = false, TrimWhitespace = true };
        using var reader = CsvReader.FromText(text, options);
        while (reader.Read()) rows.Add(string.Join('|', reader.Current.ToArray()));
        return rows;
    }
}

internal static class Rows
{
    /// <summary>Rows of one to four of such cells.</summary>
    public static Gen<string[]> NonEmptyRows(this Gen<string> cell) =>
        from count in Gen.Choose(1, 4)
        from cells in Gen.ArrayOf(cell, count)
        select cells;
}
