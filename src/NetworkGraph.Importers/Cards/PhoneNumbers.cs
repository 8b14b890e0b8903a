using System.Text;

namespace NetworkGraph.Importers.Cards;

/// <summary>Telephone numbers as ids.</summary>
internal static class PhoneNumbers
{
    private const int MinDigits = 5;
    private const int MaxDigits = 17;

    /// <summary><c>tel:+15550100</c> of a number however it is written; null for what is none.</summary>
    public static string? Id(string text)
    {
        text = text.Trim();
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) text = text[4..];
        var end = text.AsSpan().IndexOfAny(";xX#,");
        if (end > 0) text = text[..end];
        var number = new StringBuilder("tel:");
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) number.Append(c);
            else if (c == '+' && number.Length == 4) number.Append(c);
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0' or '\u2011' or '\u202A' or '\u202C' or '\u2068'
                or '\u2069' or '\u200E')) return null;
        }
        if (number.Length > 6 && number[4] == '0' && number[5] == '0') number.Remove(4, 2).Insert(4, '+');
        // The zero in brackets is for those who dial from within the country.
        if (text.Contains("(0)", StringComparison.Ordinal) && number[4] == '+')
        {
            var before = text[..text.IndexOf("(0)", StringComparison.Ordinal)].Count(char.IsAsciiDigit);
            if (5 + before < number.Length) number.Remove(5 + before, 1);
        }
        var digits = number.Length - 4 - (number.Length > 4 && number[4] == '+' ? 1 : 0);
        return digits is >= MinDigits and <= MaxDigits ? number.ToString() : null;
    }
}
