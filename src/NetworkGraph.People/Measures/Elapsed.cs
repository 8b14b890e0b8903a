using System.Globalization;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.People.Measures;

/// <summary>Time gone by, in the words of reasons.</summary>
internal static class Elapsed
{
    /// <summary>How long before <paramref name="asOfMs"/> (Unix ms) something was: "today", "a day ago", "3 months ago".</summary>
    public static string Ago(DateTimeOffset then, long asOfMs)
    {
        var days = (int)Math.Max(0, (asOfMs - then.ToUnixTimeMilliseconds()) / TieDecay.DayMs);
        return days == 0 ? "today" : $"{Days(days)} ago";
    }

    /// <summary>A length of time: "a day", "40 days", "3 months", "2 years".</summary>
    public static string Days(double days) => (int)Math.Max(0, days) switch
    {
        0 => "less than a day",
        1 => "a day",
        < 60 and var whole => string.Create(CultureInfo.InvariantCulture, $"{whole} days"),
        < 730 and var whole => string.Create(CultureInfo.InvariantCulture, $"{whole / 30} months"),
        var whole => string.Create(CultureInfo.InvariantCulture, $"{whole / 365} years"),
    };
}
