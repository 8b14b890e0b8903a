using System.Buffers;
using System.Buffers.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>How times in a file are read: RFC 3339 (UTC may be written out), or numbers that count from an epoch.</summary>
/// <param name="EpochMs">What 0 means, Unix ms.</param>
/// <param name="MsPerUnit">How many milliseconds one is.</param>
/// <param name="IsUnitAssumed">The unit was not stated: a number that can only be seconds is refused.</param>
public readonly record struct CsvTime(long EpochMs, long MsPerUnit, bool IsUnitAssumed = false)
{
    private static readonly SearchValues<byte> s_numeric = SearchValues.Create("0123456789."u8);

    private static ReadOnlySpan<byte> Utc => " UTC"u8;

    public static readonly CsvTime UnixMs = new(0, 1, IsUnitAssumed: true);

    /// <summary>Reads a time. Where this returns false, <paramref name="reason"/> says what is wrong.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long unixMs, out string reason)
    {
        unixMs = 0;
        // As LinkedIn's archives write it: 2026-01-31 12:00:00 UTC.
        if (text.Length <= Rfc3339.MaxBytes + Utc.Length && text.EndsWith(Utc))
        {
            Span<byte> zulu = stackalloc byte[Rfc3339.MaxBytes + 1];
            text[..^Utc.Length].CopyTo(zulu);
            zulu[text.Length - Utc.Length] = (byte)'Z';
            return Rfc3339.TryParse(zulu[..(text.Length - Utc.Length + 1)], out unixMs, out reason);
        }
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExcept(s_numeric)) return Rfc3339.TryParse(text, out unixMs, out reason);
        if (!Utf8Parser.TryParse(text, out decimal number, out var used) || used != text.Length || Math.Abs(number) > 1e16m)
        {
            reason = "is neither a number nor an RFC 3339 time";
            return false;
        }
        var ms = number * MsPerUnit;
        if (MsPerUnit == 1 && ms != decimal.Truncate(ms))
        {
            reason = "must be a whole number where times count milliseconds; say so where they count seconds (time unit s)";
            return false;
        }
        if (IsUnitAssumed && ms < InteractionRules.MinPlausibleMs)
        {
            reason = InteractionRules.SecondsByMistake((long)number);
            return false;
        }
        unixMs = EpochMs + (long)decimal.Floor(ms);
        reason = "";
        return true;
    }
}
