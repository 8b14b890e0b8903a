using System.Globalization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Verbs;

/// <summary>A date on the command line: RFC 3339, or a day, which means its beginning in UTC.</summary>
internal static class VerbDate
{
    /// <summary>Unix ms; null, with the reason, where the text is no date or lies in the future.</summary>
    public static long? Parse(string text, string option, TimeProvider time, out string reason)
    {
        reason = "";
        if (!Rfc3339.TryParse(text, out var unixMs))
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                reason = $"{option} '{text}' is not a date; write 2026-01-31 or 2026-01-31T12:00:00Z.";
                return null;
            }
            unixMs = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }
        if (unixMs <= time.GetUtcNow().ToUnixTimeMilliseconds()) return unixMs;
        reason = $"{option} '{text}' lies in the future.";
        return null;
    }
}
