using System.Globalization;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// The <c>grpc-timeout</c> header: one to eight digits and a unit. Zero is accepted, as a deadline that has passed: a
/// client that spent its time before sending means just that.
/// </summary>
internal static class GrpcTimeout
{
    private const int DigitsMax = 8;

    /// <summary>Timers reach about 49 days; the client's own clock ends the calls that are to last longer.</summary>
    private static readonly TimeSpan s_timerMax = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static bool TryParse(string header, out TimeSpan timeout)
    {
        timeout = default;
        if (header.Length is < 2 or > DigitsMax + 1
            || !long.TryParse(header.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        // The longest, 99,999,999 hours, is 3.6e18 ticks: it fits a TimeSpan.
        long? ticks = header[^1] switch
        {
            'H' => number * TimeSpan.TicksPerHour,
            'M' => number * TimeSpan.TicksPerMinute,
            'S' => number * TimeSpan.TicksPerSecond,
            'm' => number * TimeSpan.TicksPerMillisecond,
            'u' => number * TimeSpan.TicksPerMicrosecond,
            'n' => (number + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        timeout = TimeSpan.FromTicks(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>The moment the call must be over by; null where the calendar ends before.</summary>
    public static DateTimeOffset? DeadlineFrom(DateTimeOffset now, TimeSpan timeout) =>
        timeout < DateTimeOffset.MaxValue - now ? now + timeout : null;

    public static bool FitsTimer(TimeSpan timeout) => timeout <= s_timerMax;
}
