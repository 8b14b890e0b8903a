namespace NetworkGraph.Importers.Times;

/// <summary>Which of day and month comes first in dates such as 03/04/26.</summary>
public enum DateOrder
{
    DayFirst,
    MonthFirst,
    YearFirst,
}

/// <summary>Decides the order of day and month over all dates of a file, since one date alone can often be read both ways.</summary>
/// <param name="nowMs">Unix ms: what has happened lies before it, and a reading after it is wrong.</param>
public sealed class DateOrderVote(long nowMs = long.MaxValue)
{
    private const long DayMs = 86_400_000;

    private int _meridiems;

    /// <summary>Dates that can only be read with the day first, and the month first.</summary>
    public int DayFirst { get; private set; }

    public int MonthFirst { get; private set; }

    /// <summary>Dates that can be read both ways and mean different days.</summary>
    public int Ambiguous { get; private set; }

    /// <summary>Looks at one date.</summary>
    public void Add(string text)
    {
        if (!LooseDate.TryParts(text, out var parts)) return;
        if (parts.HasMeridiem) _meridiems++;
        if (parts.NumericOrder is { } order)
        {
            if (order is DateOrder.DayFirst) DayFirst++;
            else if (order is DateOrder.MonthFirst) MonthFirst++;
        }
        else if (parts.IsAmbiguous)
        {
            Ambiguous++;
            if (nowMs == long.MaxValue) return;
            var (isDay, isMonth) = (IsPast(text, DateOrder.DayFirst), IsPast(text, DateOrder.MonthFirst));
            if (isDay && !isMonth) DayFirst++;
            else if (isMonth && !isDay) MonthFirst++;
        }
    }

    private bool IsPast(string text, DateOrder order) => LooseDate.TryParse(text, order, NodaTime.DateTimeZone.Utc, out var at, out _)
        && at <= nowMs + DayMs;

    /// <summary>
    /// The order, and whether it is more than a guess. Null where dates are ambiguous and nothing decides. Where most dates agree, a
    /// few that do not are the broken ones.
    /// </summary>
    public (DateOrder? Order, bool IsSure) Decide()
    {
        if (DayFirst != MonthFirst) return (DayFirst > MonthFirst ? DateOrder.DayFirst : DateOrder.MonthFirst, true);
        // AM and PM are written where the month comes first.
        if (_meridiems > 0 && Ambiguous > 0) return (DateOrder.MonthFirst, false);
        return (null, Ambiguous == 0);
    }
}
