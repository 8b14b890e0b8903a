using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Exchanges;

/// <summary>
/// What the sender wrote themselves: without quotes of earlier mail, forwarded messages and signatures, or half of all asks would be the
/// other side's.
/// </summary>
internal static partial class OwnWords
{
    private const int MaxChars = 8000;

    public static string Of(string text)
    {
        var own = new StringBuilder();
        foreach (var raw in text.AsSpan(0, Math.Min(text.Length, MaxChars * 4)).EnumerateLines())
        {
            var line = raw.Trim();
            if (own.Length > MaxChars || line is "--" or "__" || Ends().IsMatch(line)) break;
            if (line is ['>' or '|', ..]) continue;
            own.Append(line).Append('\n');
        }
        return own.ToString();
    }

    /// <summary>The text of an HTML body.</summary>
    public static string OfHtml(string html)
    {
        var cut = html.Length > MaxChars * 8 ? html[..(MaxChars * 8)] : html;
        cut = Quoted().Replace(cut, "\n> ");
        return Of(WebUtility.HtmlDecode(Tags().Replace(Breaks().Replace(cut, "\n"), " ")));
    }

    [GeneratedRegex(@"^-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Forwarded message"
        + @"|Weitergeleitete Nachricht)|^_{10,}$|^Begin forwarded message|^Sent from my |^Von meinem .* gesendet"
        + @"|^Envoyé de mon |^Enviado desde mi |^On .{5,120}wrote:$|^Am .{5,120}schrieb .{1,100}:$|^Le .{5,120}a écrit\s?:$"
        + @"|^El .{5,120}escribió:$|^(?:From|Von|De): .*@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"<(?:blockquote|div class=""?gmail_quote)[\s\S]*$|<(?:style|script)[\s\S]*?</(?:style|script)>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"<(?:br|/p|/div|/li|/tr)[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"<[^>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();
}
