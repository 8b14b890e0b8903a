using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Tests.Interactions;

public class Rfc3339Tests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01t00:00:01z", 1000)]
    [InlineData("1970-01-01 00:00:01Z", 1000)]
    [InlineData("1970-01-01T02:00:00.5+02:00", 500)]
    [InlineData("1969-12-31T23:30:00-00:30", 0)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("1970-01-01T00:00:00.0019999999999999Z", 1)]
    [InlineData("1970-01-01T00:00:00-00:00", 0)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000)]
    [InlineData("2016-12-31T23:59:60Z", 1483228799999)]
    [InlineData("2017-01-01T01:59:60.25+02:00", 1483228799999)]
    [InlineData("0001-01-01T00:00:00Z", -62135596800000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253402300799999)]
    public void A_time_is_read_to_the_millisecond(string text, long unixMs)
    {
        Rfc3339.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(unixMs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-01T12:00Z")]
    [InlineData("2026-05-01T12:00:00")]
    [InlineData("2026-05-01T12:00:00+2")]
    [InlineData("2026-05-01T12:00:00+02")]
    [InlineData("2026-05-01T12:00:00+0200")]
    [InlineData("2026-05-01T12:00:00,5Z")]
    [InlineData("2026-05-01T12:00:00Z ")]
    [InlineData(" 2026-05-01T12:00:00Z")]
    [InlineData("2026-5-01T12:00:00Z")]
    [InlineData("+026-05-01T12:00:00Z")]
    [InlineData("2026-00-01T12:00:00Z")]
    [InlineData("2026-05-00T12:00:00Z")]
    [InlineData("2026-05-01T12:60:00Z")]
    [InlineData("2026-05-01T12:00:61Z")]
    [InlineData("2026-05-01T23:59:60+01:00")]
    [InlineData("２026-05-01T12:00:00Z")]
    public void What_is_no_time_is_refused(string text) => Rfc3339.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_time_written_reads_back_as_the_framework_has_it() =>
        Prop.ForAll(Arb.From(
            from days in Gen.Choose(-719_162, 2_932_896) from ms in Gen.Choose(0, 86_399_999) select days * 86_400_000L + ms), unixMs =>
        {
            var text = Rfc3339.Format(unixMs);
            Rfc3339.TryParse(text, out var read).ShouldBeTrue(text);
            read.ShouldBe(unixMs);
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ShouldBe(unixMs);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_never_throw() =>
        Prop.ForAll<byte[]>(noise =>
        {
            var text = Encoding.ASCII.GetBytes("2026-05-01T12:00:00.123+02:00");
            for (var i = 0; i + 1 < noise.Length; i += 2) text[noise[i] % text.Length] = noise[i + 1];
            foreach (var bytes in (byte[][])[text, noise])
                if (Rfc3339.TryParse(bytes, out var unixMs, out _)) Rfc3339.Format(unixMs).ShouldNotBeEmpty();
        }).QuickCheckThrowOnFailure();
}
