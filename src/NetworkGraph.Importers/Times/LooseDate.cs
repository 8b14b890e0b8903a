using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace NetworkGraph.Importers.Times;

/// <summary>What a date's text says, before day and month are distinguished.</summary>
/// <param name="A">The first number of a numeric date, or the year, month, day where they are known.</param>
/// <param name="Time">The time of day; null where there is none.</param>
/// <param name="OffsetMinutes">From UTC; null where none is said.</param>
internal readonly record struct DateParts(
    int A, int B, int C, bool IsKnown, bool IsDotted, LocalTime? Time, int? OffsetMinutes, bool HasMeridiem)
{
    /// <summary>A zone that the date names, such as Europe/Berlin; null for none.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>The order that the numbers leave as the only one possible; null where both are, or the date is not a numeric one.</summary>
    public DateOrder? NumericOrder => IsKnown ? null
        : A > 31 ? DateOrder.YearFirst
        : A > 12 ? DateOrder.DayFirst
        : B > 12 ? DateOrder.MonthFirst
        : null;

    /// <summary>The date means one day with the day first and another with the month first.</summary>
    public bool IsAmbiguous => !IsKnown && !IsDotted && NumericOrder is null && A != B;
}

/// <summary>
/// Dates as people and programs write them: ISO 8601 and its relatives, RFC 2822, day and month in words of several
/// languages, numeric dates in either order, AM and PM, offsets and zone names.
/// </summary>
public static partial class LooseDate
{
    private const int MaxChars = 80;

    /// <summary>Reads a date as Unix ms.</summary>
    /// <param name="text">The date.</param>
    /// <param name="order">For numeric dates that can be read both ways; null refuses these.</param>
    /// <param name="zone">Of dates that name none; null refuses these, unless they have no time of day.</param>
    /// <param name="unixMs">Where it has no time of day, the beginning of the day.</param>
    /// <param name="reason">What is wrong.</param>
    public static bool TryParse(string text, DateOrder? order, DateTimeZone? zone, out long unixMs, out string reason)
    {
        unixMs = 0;
        if (!TryParts(text, out var parts))
        {
            reason = "is not a date this importer knows; --time-format says how it is written";
            return false;
        }
        var date = Resolve(parts, order);
        zone = parts.Zone ?? zone;
        if (date is null)
        {
            reason = parts.IsAmbiguous && order is null && !parts.HasMeridiem
                ? "can be read with the day or the month first; --date-order says which"
                : "names a day that does not exist";
            return false;
        }
        if (parts is { Time: not null, OffsetMinutes: null } && zone is null)
        {
            reason = "has no offset from UTC; --time-zone says where it was written";
            return false;
        }
        reason = "";
        var local = date.Value + (parts.Time ?? LocalTime.Midnight);
        unixMs = parts.OffsetMinutes is { } offset
            ? local.InUtc().ToInstant().ToUnixTimeMilliseconds() - offset * 60_000L
            : Zones.ToUnixMs(local, zone ?? DateTimeZone.Utc);
        return true;
    }

    /// <summary>The parts of a date; false where the text is none.</summary>
    internal static bool TryParts(string text, out DateParts parts)
    {
        parts = default;
        if (text.Length is < 6 or > MaxChars) return false;
        var rest = text.Replace('\u202F', ' ').Replace('\u00A0', ' ').Trim();
        if (TryCompact(rest, out parts)) return true;
        if (rest.AsSpan().ContainsAnyExceptInRange('\0', '\x7f')) rest = WithoutMarks(rest);
        if (FrenchTime().IsMatch(rest))
        {
            rest = FrenchTime().Replace(
                rest, match => $"{match.Groups[1].Value}:{(match.Groups[2].Length > 0 ? match.Groups[2].Value : "00")}");
        }
        DateTimeZone? zone = null;
        if (rest.Contains('/', StringComparison.Ordinal) && NamedZone().Match(rest) is { Success: true } named
            && Zones.TryFind(named.Groups[1].Value, out zone))
            rest = rest[..named.Index].TrimEnd();
        LocalTime? time = null;
        int? offset = null;
        var hasMeridiem = false;
        var match = TimeOfDay().Match(rest);
        if (!match.Success) match = DottedTime().Match(rest);
        if (match.Success)
        {
            if (!TryTime(match, out var at, out offset, out hasMeridiem)) return false;
            time = at;
            rest = string.Concat(rest.AsSpan(0, match.Index), " ", rest.AsSpan(match.Index + match.Length));
        }
        if (Weekday().Match(rest) is { Success: true } weekday && MonthNames.IsWeekday(weekday.Groups[1].Value))
            rest = rest[weekday.Length..];
        if (!TryDate(FillWords().Replace(rest, " ").Trim(' ', ',', 'T', 't', '.'), time, offset, hasMeridiem, out parts)) return false;
        parts = parts with { Zone = zone };
        return true;
    }

    /// <summary>Marks between the numbers of dates in Chinese, Japanese and Korean as ASCII.</summary>
    private static string WithoutMarks(string text) =>
        text.Replace('年', '-').Replace('月', '-').Replace("日", "", StringComparison.Ordinal)
            .Replace("년 ", "-", StringComparison.Ordinal).Replace("월 ", "-", StringComparison.Ordinal)
            .Replace("일", "", StringComparison.Ordinal)
            .Replace("오전 ", "AM ", StringComparison.Ordinal).Replace("오후 ", "PM ", StringComparison.Ordinal);

    private static bool TryDate(string text, LocalTime? time, int? offset, bool hasMeridiem, out DateParts parts)
    {
        parts = default;
        if (NumericDate().Match(text) is { Success: true } numeric)
        {
            if (TrailingZone(numeric.Groups["rest"].Value, ref offset) is false) return false;
            var (a, b, c) = (Number(numeric.Groups["a"]), Number(numeric.Groups["b"]), Number(numeric.Groups["c"]));
            if (numeric.Groups["a"].Length == 4) parts = new DateParts(a, b, c, true, false, time, offset, hasMeridiem);
            else parts = new DateParts(
                a, b, Year(c, numeric.Groups["c"].Length), false, numeric.Groups["s"].Value == ".", time, offset, hasMeridiem);
            return true;
        }
        if (WeekDate().Match(text) is { Success: true } week)
        {
            var (year, number, day) = (Number(week.Groups[1]), Number(week.Groups[2]), Number(week.Groups[3]));
            if (number is < 1 or > 53 || day is < 1 or > 7 || year is < 1 or > 9998) return false;
            var date = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, (DayOfWeek)(day % 7)));
            parts = new DateParts(date.Year, date.Month, date.Day, true, false, time, offset, hasMeridiem);
            return true;
        }
        return TryWords(text, time, offset, hasMeridiem, out parts);
    }

    /// <summary>Day, month in words and year in any order.</summary>
    private static bool TryWords(string text, LocalTime? time, int? offset, bool hasMeridiem, out DateParts parts)
    {
        parts = default;
        var (year, month, day) = (0, 0, 0);
        foreach (Match token in Tokens().Matches(text))
        {
            if (char.IsAsciiDigit(token.Value[0]))
            {
                if (token.Length > 4) return false;
                var number = int.Parse(token.ValueSpan, CultureInfo.InvariantCulture);
                if (token.Length == 4 && year == 0) year = number;
                else if (token.Length <= 2 && day == 0) day = number;
                else if (token.Length == 2 && year == 0) year = Year(number, 2);
                else return false;
            }
            else if (month == 0 && MonthNames.Month(token.Value) is > 0 and var named)
            {
                month = named;
            }
            else if (!MonthNames.IsWeekday(token.Value)
                && token.Value.ToUpperInvariant() is not ("AT" or "DE" or "DEL" or "UM" or "A" or "LE" or "ST" or "ND" or "RD" or "TH"
                    or "OF" or "T" or "UHR" or "ER" or "RE" or "º" or "ª" or "EL" or "LAS" or "THE" or "DEN" or "AM"))
            {
                if (offset is not null || !Zones.TryOffset(token.Value, out var minutes)) return false;
                offset = minutes;
            }
        }
        if (year == 0 || month == 0 || day == 0) return false;
        parts = new DateParts(year, month, day, true, false, time, offset, hasMeridiem);
        return true;
    }

    private static LocalDate? Resolve(DateParts parts, DateOrder? order)
    {
        var (year, month, day) = parts.IsKnown ? (parts.A, parts.B, parts.C)
            : (parts.NumericOrder ?? (parts.IsDotted ? DateOrder.DayFirst
                : parts.A == parts.B ? DateOrder.DayFirst
                : order ?? (parts.HasMeridiem ? DateOrder.MonthFirst : null))) switch
            {
                DateOrder.DayFirst => (parts.C, parts.B, parts.A),
                DateOrder.MonthFirst => (parts.C, parts.A, parts.B),
                DateOrder.YearFirst => (Year(parts.A, 2), parts.B, parts.C % 100),
                _ => (0, 0, 0),
            };
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return new LocalDate(year, month, day);
    }

    /// <summary>20261101T100000Z and 20261101.</summary>
    private static bool TryCompact(string text, out DateParts parts)
    {
        parts = default;
        if (CompactDate().Match(text) is not { Success: true } match) return false;
        LocalTime? time = null;
        if (match.Groups["h"].Success)
        {
            var (hour, minute, second) = (Number(match.Groups["h"]), Number(match.Groups["m"]), Number(match.Groups["s"]));
            if (hour > 23 || minute > 59 || second > 60) return false;
            time = new LocalTime(hour, minute, Math.Min(second, 59));
        }
        int? offset = null;
        if (TrailingZone(match.Groups["z"].Value, ref offset) is false) return false;
        parts = new DateParts(Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]), true, false, time, offset, false);
        return parts.B is >= 1 and <= 12 && parts.C is >= 1 and <= 31 && parts.A is > 1800 and < 2200;
    }

    private static bool TryTime(Match match, out LocalTime time, out int? offset, out bool hasMeridiem)
    {
        time = default;
        offset = null;
        var (hour, minute, second) = (Number(match.Groups["h"]), Number(match.Groups["m"]), Number(match.Groups["s"]));
        var meridiem = match.Groups["ap"].Value.ToUpperInvariant();
        hasMeridiem = meridiem.Length > 0;
        if (hasMeridiem)
        {
            if (hour is < 1 or > 12)
                return hour < 24 && minute < 60 && second <= 60 && SetTime(hour, minute, second, match, out time, ref offset);
            hour = hour % 12 + (meridiem[0] == 'P' ? 12 : 0);
        }
        return hour <= 23 && minute <= 59 && second <= 60 && SetTime(hour, minute, second, match, out time, ref offset);
    }

    private static bool SetTime(int hour, int minute, int second, Match match, out LocalTime time, ref int? offset)
    {
        var fraction = match.Groups["f"].Value.PadRight(3, '0');
        time = new LocalTime(hour, minute, Math.Min(second, 59), int.Parse(fraction.AsSpan(0, 3), CultureInfo.InvariantCulture));
        return TrailingZone(match.Groups["z"].Value, ref offset) is not false;
    }

    /// <summary>Null for nothing, true for a zone, false for what is none.</summary>
    private static bool? TrailingZone(string text, ref int? offset)
    {
        text = text.Trim();
        var comment = text.IndexOf('(', StringComparison.Ordinal);
        if (comment >= 0) text = text[..comment].TrimEnd();
        if (text.Length == 0) return null;
        if (!Zones.TryOffset(text, out var minutes)) return false;
        offset = minutes;
        return true;
    }

    private static int Year(int number, int digits) => digits > 2 ? number : number < 70 ? 2000 + number : 1900 + number;

    private static int Number(Group group) => group.Length == 0 ? 0 : int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\d:])(?<h>\d{1,2})[:h](?<m>\d{2})(?:[:.](?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?(?!\d)"
        + @"\s*(?<ap>[AaPp])?(?(ap)\.?\s?[Mm]\.?(?![A-Za-z]))"
        + @"\s*(?<z>Z|(?:UTC|GMT)?\s?[+\-\u2212]\d{1,2}:?\d{0,2}(?:\s*\([^)]*\))?|UTC|GMT|[A-Z]{3,4}(?=\s*$))?",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"(?<=\s)(?<h>\d{1,2})\.(?<m>\d{2})(?:\.(?<s>\d{2}))?(?<f>)(?<ap>)"
        + @"\s*(?<z>Z|[+\-]\d{2}:?\d{2}|UTC|GMT|[A-Z]{3,4})?(?:\s*Uhr)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DottedTime();

    [GeneratedRegex(@"^(?<a>\d{1,4})(?<s>[./\-])\s?(?<b>\d{1,2})\k<s>\s?(?<c>\d{4}|\d{1,2})(?<rest>(?:\s|,).*)?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumericDate();

    [GeneratedRegex(@"^(\d{4})-?W(\d{2})-?(\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex WeekDate();

    [GeneratedRegex(@"^(\d{4})(\d{2})(\d{2})(?:T?(?<h>\d{2})(?<m>\d{2})(?<s>\d{2})?(?<z>Z|[+\-]\d{4})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CompactDate();

    [GeneratedRegex(@"\d+|\p{L}[\p{L}\p{M}]*|[+\-]\d{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"(?<![\d:])(\d{1,2})\s?h(?:\s?(\d{2}))?(?![A-Za-z\d])", RegexOptions.CultureInvariant)]
    private static partial Regex FrenchTime();

    [GeneratedRegex(@"\s?\[?([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)\]?$", RegexOptions.CultureInvariant)]
    private static partial Regex NamedZone();

    [GeneratedRegex(@"^(\p{L}+)\.?,?\s+(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?<=\s)(?:um|uhr|à|at|a las|a la|kl|klo|o'clock)(?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FillWords();
}
