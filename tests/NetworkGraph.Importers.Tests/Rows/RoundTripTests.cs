using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tests.Rows;

/// <summary>What is written is read back the same, in whatever pieces it arrives; and what is damaged never throws.</summary>
public class RoundTripTests
{
    private static readonly Arbitrary<(Interaction[] Interactions, int Chunk, int Batch)> s_arriving = Arb.From(
        from interactions in RandomInteractions.Several.Generator
        from chunk in Gen.Frequency((1, Gen.Choose(1, 7)), (1, Gen.Constant(100_000)))
        from batch in Gen.Choose(1, 5)
        select (interactions, chunk, batch));

    [Fact]
    public void Interactions_written_as_lines_are_read_back() => ForAll((interactions, chunk, batch) =>
        ShouldBe(Reading.Ndjson(Lines(interactions), chunk, batch), interactions, firstLine: 1));

    [Fact]
    public void Interactions_written_as_an_array_are_read_back() => ForAll((interactions, chunk, batch) =>
        ShouldBe(Reading.Json(ArrayOf(interactions), chunk, batch), interactions, firstLine: 1));

    [Fact]
    public void Interactions_written_as_rows_are_read_back() => ForAll((interactions, chunk, batch) =>
    {
        // Of a name with an address behind it, a row means the address.
        Interaction[] plain =
            [.. interactions.Where(i => !i.To.Prepend(i.From).Any(id => id.Contains('@') && id.Any(char.IsWhiteSpace)))];
        ShouldBe(Reading.Csv(Rows(plain), null, chunk, batch), plain, firstLine: 2);
    });

    [Fact]
    public void Damaged_bytes_are_read_alike_in_whatever_pieces_they_come_and_never_throw()
    {
        var limits = new RowLimits { MaxLineBytes = 300 };
        Prop.ForAll(s_arriving, Arb.From(Gen.ArrayOf(Gen.Choose(0, int.MaxValue))), (arriving, damage) =>
        {
            var (interactions, chunk, batch) = arriving;
            var lines = Damage(Lines(interactions), damage);
            Reading.Ndjson(lines, chunk, batch, limits).ToString().ShouldBe(Reading.Ndjson(lines, limits: limits).ToString());
            var array = Damage(ArrayOf(interactions), damage);
            Reading.Json(array, chunk, batch, limits).ToString().ShouldBe(Reading.Json(array, limits: limits).ToString());
            var rows = Damage(Rows(interactions), damage);
            Reading.Csv(rows, null, chunk, batch, limits).ToString().ShouldBe(Reading.Csv(rows, limits: limits).ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void ForAll(Action<Interaction[], int, int> check) =>
        Prop.ForAll(s_arriving, arriving => check(arriving.Interactions, arriving.Chunk, arriving.Batch)).QuickCheckThrowOnFailure();

    private static void ShouldBe(Reading reading, Interaction[] interactions, int firstLine)
    {
        reading.Rejected.ShouldBeEmpty();
        if (interactions.Length == 0) return;
        reading.Unreadable.ShouldBeNull();
        reading.Interactions.Select(RandomInteractions.Text).ShouldBe(interactions.Select(RandomInteractions.Text));
        reading.Lines.ShouldBe(Enumerable.Range(firstLine, interactions.Length).Select(l => (long)l));
    }

    private static byte[] Lines(Interaction[] interactions) => [.. interactions.SelectMany(i => (byte[])[.. Json(i), (byte)'\n'])];

    private static byte[] ArrayOf(Interaction[] interactions) =>
        [.. "[ "u8, .. interactions.SelectMany((i, n) => (byte[])[.. n == 0 ? "\n"u8 : " ,\t"u8, .. Json(i)]), .. " ]\r\n"u8];

    private static byte[] Rows(Interaction[] interactions)
    {
        var csv = new StringWriter();
        InteractionCsv.WriteHeader(csv);
        foreach (var interaction in interactions) InteractionCsv.WriteRow(csv, interaction);
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static byte[] Json(Interaction interaction)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) InteractionJson.Write(writer, interaction);
        return json.ToArray();
    }

    /// <summary>Overwrites bytes, mostly with those that matter to the form, and cuts off the end.</summary>
    private static byte[] Damage(byte[] bytes, int[] damage)
    {
        var signs = "\"\\{}[],:;\r\n \u00ff\u00c3\0ue1"u8;
        foreach (var hit in damage)
            if (bytes.Length > 0) bytes[hit / 64 % bytes.Length] = signs[hit % signs.Length];
        return damage.Length % 3 == 0 ? bytes : bytes[..(bytes.Length - bytes.Length / (damage.Length + 1))];
    }
}
