namespace NetworkGraph.Demo;

/// <summary>
/// When people get in touch. Office life: weekdays, a peak before and one after lunch, a few evenings; little in August
/// and almost nothing between Christmas and New Year. Private life: evenings and weekends. All times are Unix ms UTC;
/// a person's clock runs a whole number of hours ahead of it.
/// </summary>
internal sealed class DemoCalendar
{
    public const long HourMs = 3_600_000;
    public const long DayMs = 24 * HourMs;

    private readonly int _firstWeekday;
    private readonly float[] _seasonOfDay;

    public DemoCalendar(DateTimeOffset until, int years)
    {
        UntilMs = until.ToUnixTimeMilliseconds();
        var first = until.UtcDateTime.AddYears(-years).Date;
        StartMs = new DateTimeOffset(first, TimeSpan.Zero).ToUnixTimeMilliseconds();
        _firstWeekday = (int)first.DayOfWeek;
        _seasonOfDay = new float[(int)((UntilMs - StartMs) / DayMs) + 1];
        for (var day = 0; day < _seasonOfDay.Length; day++) _seasonOfDay[day] = SeasonOf(first.AddDays(day));
    }

    /// <summary>Midnight UTC of the first day.</summary>
    public long StartMs { get; }

    public long UntilMs { get; }

    public double SpanDays => (UntilMs - StartMs) / (double)DayMs;

    /// <summary>How busy the season is, from 0.1 (the last week of the year) to 1.</summary>
    public double Season(long atMs) => _seasonOfDay[(int)Math.Clamp((atMs - StartMs) / DayMs, 0, _seasonOfDay.Length - 1)];

    /// <summary>A moment at which somebody would open a conversation at work, not before <paramref name="atMs"/>.</summary>
    public long OfficeMoment(long atMs, int hoursAhead, DemoRandom random)
    {
        for (var day = LocalDay(atMs, hoursAhead); ; day++)
        {
            if (IsWeekend(day) && !random.Chance(0.05)) continue;
            var hour = random.Chance(0.58)
                ? 8.0 + 2.25 * (random.Unit() + random.Unit())
                : 13.0 + 2.75 * (random.Unit() + random.Unit());
            if (random.Chance(0.04)) hour = 19 + 3.5 * random.Unit();
            var moment = At(day, hour, hoursAhead);
            if (moment >= atMs) return moment;
        }
    }

    /// <summary>When an answer that is ready at <paramref name="atMs"/> is sent: then, or on the next working morning.</summary>
    public long ReplyMoment(long atMs, int hoursAhead, DemoRandom random)
    {
        var day = LocalDay(atMs, hoursAhead);
        var hour = (atMs + hoursAhead * HourMs - StartMs - day * DayMs) / (double)HourMs;
        if (hour is >= 8 and < 19 && !IsWeekend(day)) return atMs;
        if (hour is >= 6.5 and < 23 && random.Chance(0.05)) return atMs;
        if (random.Chance(0.004)) return atMs;
        if (hour >= 19) day++;
        while (IsWeekend(day) && !random.Chance(0.06)) day++;
        return Math.Max(atMs, At(day, 8 + Math.Min(3.0, random.Exponential(0.9)), hoursAhead));
    }

    /// <summary>An evening or a weekend, not before <paramref name="atMs"/>.</summary>
    public long PrivateMoment(long atMs, int hoursAhead, DemoRandom random)
    {
        for (var day = LocalDay(atMs, hoursAhead); ; day++)
        {
            var hour = IsWeekend(day) ? random.Between(10, 22) : random.Between(18, 22.5);
            var moment = At(day, hour, hoursAhead);
            if (moment >= atMs) return moment;
        }
    }

    /// <summary>This hour of the clock on the first weekday at or after <paramref name="atMs"/>.</summary>
    public long OnWeekday(long atMs, double hour, int hoursAhead)
    {
        var day = LocalDay(atMs, hoursAhead);
        while (IsWeekend(day)) day++;
        return At(day, hour, hoursAhead);
    }

    private long LocalDay(long atMs, int hoursAhead) => (atMs + hoursAhead * HourMs - StartMs) / DayMs;

    private long At(long day, double hour, int hoursAhead) => StartMs + day * DayMs + (long)(hour * HourMs) - hoursAhead * HourMs;

    private bool IsWeekend(long day) => (day + _firstWeekday) % 7 is 0 or 6;

    private static float SeasonOf(DateTime day) => (day.Month, day.Day) switch
    {
        (12, >= 23) or (1, 1) => 0.1f,
        (12, >= 16) or (1, <= 6) => 0.45f,
        (8, <= 25) => 0.4f,
        (7, >= 10) or (8, _) => 0.65f,
        (5, 1) or (11, 1) => 0.4f,
        (4, >= 3 and <= 12) => 0.7f,
        (3, _) or (5, _) or (9, _) or (10, _) or (11, _) => 1f,
        _ => 0.88f,
    };
}
