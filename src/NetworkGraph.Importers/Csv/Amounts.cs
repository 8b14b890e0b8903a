using System.Globalization;
using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Csv;

/// <summary>Numbers and durations as spreadsheets and people write them: 12,5 and 1.234,5; 1:35, 0:01:35 and 1h 5m.</summary>
internal static partial class Amounts
{
    /// <summary>Reads an amount; of a duration, in seconds.</summary>
    public static bool TryParse(string text, bool isDuration, out double amount)
    {
        text = text.Trim();
        amount = 0;
        if (Decimal().Match(text) is { Success: true } number)
        {
            var whole = number.Groups[1].Value.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
            return double.TryParse(whole + "." + number.Groups[2].Value, CultureInfo.InvariantCulture, out amount);
        }
        if (Grouped().IsMatch(text))
            return double.TryParse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out amount);
        if (!isDuration) return false;
        if (Clock().Match(text) is { Success: true } clock)
        {
            var hours = clock.Groups[1].Length > 0 ? int.Parse(clock.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
            amount = hours * 3600.0 + int.Parse(clock.Groups[2].ValueSpan, CultureInfo.InvariantCulture) * 60
                + int.Parse(clock.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
            return true;
        }
        if (!Words().IsMatch(text)) return false;
        foreach (Match part in Part().Matches(text))
        {
            amount += double.Parse(part.Groups[1].Value.Replace(',', '.'), CultureInfo.InvariantCulture)
                * char.ToLowerInvariant(part.Groups[2].Value[0]) switch { 'h' => 3600.0, 'm' => 60, _ => 1 };
        }
        return true;
    }

    [GeneratedRegex(@"^(-?\d{1,3}(?:[. ]\d{3})*|-?\d+),(\d{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^-?\d{1,3}(?:,\d{3})+\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:\d{1,6}(?:[.,]\d+)?\s*(?:h|hr|hrs|hours?|std|heures?|horas?|m|mins?|minutes?|minuten|minutos?"
        + @"|s|secs?|seconds?|sekunden|secondes?|segundos?)\.?\s*)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"(\d{1,6}(?:[.,]\d+)?)\s*(h|std|m|s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
