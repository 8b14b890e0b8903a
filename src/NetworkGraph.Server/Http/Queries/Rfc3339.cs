using System.Globalization;

namespace NetworkGraph.Server.Http.Queries;

/// <summary>Times as RFC 3339 writes them: a date, a time and an offset, all of them required.</summary>
public static class Rfc3339
{
    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Unix ms; finer parts of a second are cut off.</summary>
    public static bool TryParse(string text, out long unixMs)
    {
        ArgumentNullException.ThrowIfNull(text);
        unixMs = 0;
        var normal = text.ToUpperInvariant();
        if (normal.EndsWith('Z')) normal = string.Concat(normal.AsSpan(0, normal.Length - 1), "+00:00");
        // zzz also reads "+2", "+02" and "+0200", which RFC 3339 does not have.
        if (normal.Length < 25 || normal[^3] != ':' || normal[^6] is not ('+' or '-') || normal[^7] == '.') return false;
        if (!DateTimeOffset.TryParseExact(ShortenFraction(normal), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return false;
        unixMs = time.ToUnixTimeMilliseconds();
        return true;
    }

    public static string Format(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Fractions may be of any length; beyond 7 digits they are digits of less than a tick.</summary>
    private static string ShortenFraction(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = text.Length - 6 - point - 1;
        if (point < 0 || digits <= 7) return text;
        return text.AsSpan(point + 1, digits).IndexOfAnyExceptInRange('0', '9') >= 0 ? "" : string.Concat(text.AsSpan(0, point + 8), text.AsSpan(text.Length - 6));
    }
}
