using System.Buffers.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// Times as RFC 3339 writes them: date, time and offset, all of them required. To Unix milliseconds and back without
/// allocation; what is finer than a millisecond is cut off.
/// </summary>
public static class Rfc3339
{
    /// <summary>The most bytes <see cref="Write"/> needs.</summary>
    public const int MaxBytes = 24;

    private const string Shape = "must be an RFC 3339 time with an offset, like 2026-01-31T12:00:00Z";
    private const long MsPerDay = 86_400_000;

    private static readonly long s_leastMs = new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long s_greatestMs = new DateTimeOffset(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>
    /// Reads a time. A leap second (23:59:60 UTC) is the last millisecond of its minute, so that it stays before the next
    /// one. Where this returns false, <paramref name="reason"/> says what is wrong.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs, out string reason)
    {
        unixMs = 0;
        reason = Shape;
        if (text.Length < 19 || !HasSeparators(text)) return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day))
            return false;
        if (!TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second))
            return false;
        var rest = text[19..];
        if (!TryFraction(ref rest, out var fractionMs) || !TryOffset(rest, out var offsetMinutes, ref reason)) return false;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(Math.Max(year, 1), month))
        {
            reason = "names a day that does not exist";
            return false;
        }
        if (hour > 23 || minute > 59 || second > 60)
        {
            reason = "names a time of day that does not exist";
            return false;
        }
        if (year == 0)
        {
            reason = "lies before the year 1";
            return false;
        }
        var days = new DateOnly(year, month, day).DayNumber - s_epochDay;
        var minuteOfDay = hour * 60 + minute - offsetMinutes;
        if (second == 60)
        {
            if ((minuteOfDay + 2880) % 1440 != 1439)
            {
                reason = "has second 60, which only 23:59 UTC can have";
                return false;
            }
            (second, fractionMs) = (59, 999);
        }
        unixMs = days * MsPerDay + minuteOfDay * 60_000L + second * 1000L + fractionMs;
        if (unixMs >= s_leastMs && unixMs <= s_greatestMs) return true;
        reason = "lies outside the years 1 to 9999";
        return false;
    }

    /// <summary>Reads a time; false for what is none.</summary>
    public static bool TryParse(string text, out long unixMs)
    {
        ArgumentNullException.ThrowIfNull(text);
        unixMs = 0;
        Span<byte> bytes = stackalloc byte[64];
        return System.Text.Encoding.UTF8.TryGetBytes(text, bytes, out var length) && TryParse(bytes[..length], out unixMs, out _);
    }

    /// <summary>
    /// Writes a time in UTC, milliseconds only where there are any. Returns the number of bytes, at most <see cref="MaxBytes"/>.
    /// </summary>
    public static int Write(long unixMs, Span<byte> utf8)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        Digits(utf8, time.Year, 4);
        utf8[4] = (byte)'-';
        Digits(utf8[5..], time.Month, 2);
        utf8[7] = (byte)'-';
        Digits(utf8[8..], time.Day, 2);
        utf8[10] = (byte)'T';
        Digits(utf8[11..], time.Hour, 2);
        utf8[13] = (byte)':';
        Digits(utf8[14..], time.Minute, 2);
        utf8[16] = (byte)':';
        Digits(utf8[17..], time.Second, 2);
        var length = 19;
        if (time.Millisecond != 0)
        {
            utf8[19] = (byte)'.';
            Digits(utf8[20..], time.Millisecond, 3);
            length = 23;
        }
        utf8[length] = (byte)'Z';
        return length + 1;
    }

    public static string Format(long unixMs)
    {
        Span<byte> utf8 = stackalloc byte[MaxBytes];
        return System.Text.Encoding.ASCII.GetString(utf8[..Write(unixMs, utf8)]);
    }

    private static readonly int s_epochDay = new DateOnly(1970, 1, 1).DayNumber;

    private static bool HasSeparators(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && text[10] is (byte)'T' or (byte)'t' or (byte)' ' && text[13] == ':' && text[16] == ':';

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var c in text)
        {
            var digit = c - '0';
            if ((uint)digit > 9) return false;
            number = number * 10 + digit;
        }
        return true;
    }

    /// <summary>Takes a fraction of a second off the front, where there is one.</summary>
    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out int ms)
    {
        ms = 0;
        if (rest.IsEmpty || rest[0] != '.') return true;
        var digits = 0;
        for (; digits + 1 < rest.Length && rest[digits + 1] is >= (byte)'0' and <= (byte)'9'; digits++)
            if (digits < 3) ms = ms * 10 + (rest[digits + 1] - '0');
        for (var i = digits; i < 3; i++) ms *= 10;
        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes, ref string reason)
    {
        minutes = 0;
        if (text.IsEmpty)
        {
            reason = "has no offset from UTC: it ends in Z or in one like +02:00";
            return false;
        }
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':') return false;
        if (!TryDigits(text[1..3], out var hours) || !TryDigits(text[4..6], out minutes)) return false;
        if (hours > 23 || minutes > 59)
        {
            reason = "has an offset from UTC that does not exist";
            return false;
        }
        minutes += hours * 60;
        if (text[0] == '-') minutes = -minutes;
        return true;
    }

    private static void Digits(Span<byte> utf8, int number, int count) =>
        Utf8Formatter.TryFormat(number, utf8[..count], out _, new System.Buffers.StandardFormat('D', (byte)count));
}
