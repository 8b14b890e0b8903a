using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Csv;

/// <summary>
/// How times in a file are read: RFC 3339 first, which costs nothing; numbers that count from an epoch; else as people write
/// dates (<see cref="LooseDate"/>), or in a format that was given.
/// </summary>
/// <param name="EpochMs">What 0 means, Unix ms.</param>
/// <param name="MsPerUnit">How many milliseconds one is.</param>
/// <param name="IsUnitAssumed">The unit was not stated: a number that can only be seconds is refused.</param>
public readonly record struct CsvTime(long EpochMs, long MsPerUnit, bool IsUnitAssumed = false)
{
    private const int MaxTextBytes = 80;
    private const decimal MinSeconds = 1e8m;
    private const decimal MinMilliseconds = 1e11m;
    private const decimal MinMicroseconds = 1e14m;
    private static readonly SearchValues<byte> s_numeric = SearchValues.Create("0123456789."u8);
    private static readonly DateTime s_excelEpoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public static readonly CsvTime UnixMs = new(0, 1, IsUnitAssumed: true);

    /// <summary>A .NET format of dates; null for none.</summary>
    public string? Format { get; init; }

    /// <summary>Of times that name no offset; null refuses them.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Of dates that can be read both ways; null refuses them.</summary>
    public DateOrder? Order { get; init; }

    /// <summary>The same, where nothing said or showed it and something has to be assumed.</summary>
    public DateOrder? AssumedOrder { get; init; }

    /// <summary>
    /// Numbers are taken for seconds, milliseconds or microseconds by their size, which no date of an interaction leaves in doubt.
    /// </summary>
    public bool IsUnitBySize { get; init; }

    /// <summary>Reads a time. Where this returns false, <paramref name="reason"/> says what is wrong.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long unixMs, out string reason)
    {
        if (Format is null && Rfc3339.TryParse(text, out unixMs, out reason)) return true;
        unixMs = 0;
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        if (!digits.IsEmpty && !digits.ContainsAnyExcept(s_numeric) && digits.Count((byte)'.') <= 1)
            return TryNumber(text, out unixMs, out reason);
        if (text.Length > MaxTextBytes)
        {
            reason = "is not a date";
            return false;
        }
        var date = Encoding.UTF8.GetString(text);
        return Format is { } format ? TryFormat(date, format, out unixMs, out reason) : TryLoosely(date, out unixMs, out reason);
    }

    private bool TryLoosely(string date, out long unixMs, out string reason) =>
        LooseDate.TryParse(date, Order, Zone, out unixMs, out reason)
        || Order is null && AssumedOrder is not null && LooseDate.TryParse(date, AssumedOrder, Zone, out unixMs, out reason);

    private bool TryNumber(ReadOnlySpan<byte> text, out long unixMs, out string reason)
    {
        unixMs = 0;
        if (!Utf8Parser.TryParse(text, out decimal number, out var used) || used != text.Length || Math.Abs(number) > 1e17m)
        {
            reason = "is neither a number nor a date";
            return false;
        }
        if (IsUnitAssumed && Format is null)
        {
            if (TrySerial(number, out unixMs, out reason)) return true;
            if (text.Length == 8 && LooseDate.TryParse(Encoding.UTF8.GetString(text), Order, Zone, out unixMs, out reason)) return true;
        }
        if (IsUnitBySize && IsUnitAssumed && number > MinSeconds)
        {
            var scaled = number >= MinMicroseconds ? number / 1000 : number < MinMilliseconds ? number * 1000 : number;
            unixMs = (long)decimal.Floor(scaled);
            reason = "";
            return true;
        }
        var ms = number * MsPerUnit;
        if (IsUnitAssumed && ms < InteractionRules.MinPlausibleMs)
        {
            reason = InteractionRules.SecondsByMistake((long)number);
            return false;
        }
        if (MsPerUnit == 1 && ms != decimal.Truncate(ms))
        {
            reason = "must be a whole number where times count milliseconds; say so where they count seconds (time unit s)";
            return false;
        }
        unixMs = EpochMs + (long)decimal.Floor(ms);
        reason = "";
        return true;
    }

    /// <summary>Spreadsheets store a date as the number of days since the end of 1899: 46327.4166 is 1 November 2026, 10:00.</summary>
    private bool TrySerial(decimal number, out long unixMs, out string reason)
    {
        reason = "";
        unixMs = 0;
        if (number is < 15_000 or > 80_000) return false;
        if (Zone is null && number != decimal.Truncate(number))
        {
            reason = "is a spreadsheet's date without an offset from UTC; --time-zone says where it was written";
            return false;
        }
        var seconds = (double)Math.Round(number * 86_400m);
        unixMs = Zones.ToUnixMs(LocalDateTime.FromDateTime(s_excelEpoch.AddSeconds(seconds)), Zone ?? DateTimeZone.Utc);
        return true;
    }

    private bool TryFormat(string text, string format, out long unixMs, out string reason)
    {
        unixMs = 0;
        reason = $"is not of the form {format}";
        if (format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal))
        {
            if (!DateTimeOffset.TryParseExact(
                text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
                out var at)) return false;
            unixMs = at.ToUnixTimeMilliseconds();
            return true;
        }
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local))
            return false;
        if (Zone is null && local.TimeOfDay != TimeSpan.Zero)
        {
            reason = "has no offset from UTC; --time-zone says where it was written";
            return false;
        }
        unixMs = Zones.ToUnixMs(LocalDateTime.FromDateTime(local), Zone ?? DateTimeZone.Utc);
        return true;
    }
}
