using System.Text;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// The date of a message in the one form that nearly all mail has: <c>Mon, 2 Mar 2026 09:15:00 +0100</c>. Everything else is for slower
/// readers; the weekday, which says nothing that the date does not, may be wrong.
/// </summary>
internal static class MailDate
{
    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>Reads a date as Unix ms; false where it is not of this form, or no date there is.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        var comma = text.IndexOf((byte)',');
        if (comma is > 0 and < 10) text = text[(comma + 1)..];
        text = text.Trim((byte)' ');
        if (!TryNumber(ref text, 2, out var day) || !TryMonth(ref text, out var month) || !TryNumber(ref text, 4, out var year)
            || year < 1900) return false;
        if (!TryNumber(ref text, 2, out var hour) || !TrySkip(ref text, (byte)':') || !TryNumber(ref text, 2, out var minute)) return false;
        var second = 0;
        if (TrySkip(ref text, (byte)':') && !TryNumber(ref text, 2, out second)) return false;
        text = text.TrimStart((byte)' ');
        if (!TryZone(text, out var offsetMinutes)) return false;
        if (month == 0 || year > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return false;
        unixMs = new DateTimeOffset(
            year, month, day, hour, minute, Math.Min(second, 59), TimeSpan.Zero).ToUnixTimeMilliseconds() - offsetMinutes * 60_000L;
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int maxDigits, out int number)
    {
        text = text.TrimStart((byte)' ');
        number = 0;
        var digits = 0;
        while (digits < text.Length && digits < maxDigits && text[digits] is >= (byte)'0' and <= (byte)'9')
            number = number * 10 + (text[digits++] - '0');
        if (digits == 0 || digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9') return false;
        text = text[digits..];
        return maxDigits == 2 || digits == maxDigits;
    }

    private static bool TryMonth(ref ReadOnlySpan<byte> text, out int month)
    {
        text = text.TrimStart(" -"u8);
        month = 0;
        if (text.Length < 4 || char.IsAsciiLetter((char)text[3])) return false;
        for (var m = 0; m < 12 && month == 0; m++)
            if (Ascii.EqualsIgnoreCase(text[..3], Months.Slice(m * 3, 3))) month = m + 1;
        text = text[3..].TrimStart((byte)'-');
        return month > 0;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, byte mark)
    {
        if (text.IsEmpty || text[0] != mark) return false;
        text = text[1..];
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> zone, out int minutes)
    {
        minutes = 0;
        var comment = zone.IndexOf((byte)'(');
        if (comment >= 0) zone = zone[..comment];
        zone = zone.TrimEnd((byte)' ');
        if (zone.SequenceEqual("GMT"u8) || zone.SequenceEqual("UTC"u8) || zone.SequenceEqual("Z"u8) || zone.SequenceEqual("UT"u8))
            return true;
        if (zone.Length != 5 || zone[0] is not ((byte)'+' or (byte)'-')) return false;
        var digits = zone[1..];
        if (!TryNumber(ref digits, 4, out var number) || number / 100 > 18 || number % 100 > 59) return false;
        minutes = (zone[0] == '+' ? 1 : -1) * (number / 100 * 60 + number % 100);
        return true;
    }
}
