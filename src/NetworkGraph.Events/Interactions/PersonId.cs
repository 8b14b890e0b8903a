using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// The one spelling of a person's id. Every way in (bodies, imports, paths, filters, blocks, reports, key scopes) passes here,
/// so that <c>Lee.Park@Example.org</c> and <c>lee.park@example.org</c> are one person and a block of one holds for the other.
/// </summary>
/// <remarks>
/// Trimmed; Unicode form C; then by what it is. An e-mail address (one <c>@</c>, no <c>/</c>): lower case. A URL
/// (<c>http</c>, <c>https</c>): see <see cref="UrlForm"/>. Anything else keeps its case. A fixed point: the canonical form
/// of a canonical form is itself.
/// </remarks>
public static class PersonId
{
    public const int MaxChars = 128;

    /// <summary>Longer texts are not looked at: percent-encoding and white space make nothing this long out of an id.</summary>
    private const int MaxRawChars = 4096;

    private const string ProfileUrl = "https://www.linkedin.com/in/";

    private const string Lower = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Marks = "!\"#$%&'()*+,-.:;<=>?[\\]^_`{|}~";

    /// <summary>Ids of these alone are canonical: no capitals in what may be an address, and no URL without a slash.</summary>
    private static readonly SearchValues<char> s_lowerCase = SearchValues.Create(Lower + Marks + "@");

    /// <summary>Ids of these alone are canonical too: they are no address.</summary>
    private static readonly SearchValues<char> s_noAddress = SearchValues.Create(Lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ " + Marks);

    private static readonly SearchValues<char> s_profileName = SearchValues.Create(Lower + "-");

    /// <summary>The canonical form of an id; where it is refused, <paramref name="reason"/> says why ("has ...", "must ...").</summary>
    public static bool TryCanonical(string text, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsPlainlyCanonical(text)) return TryOther(text, out canonical, out reason);
        canonical = text;
        reason = null;
        return true;
    }

    /// <summary>The canonical form; the text itself where it is refused.</summary>
    public static string CanonicalOrSame(string text) => TryCanonical(text, out var canonical, out _) ? canonical : text;

    /// <summary>Why a text is refused as a person's id, or null where it is not.</summary>
    public static Rejection? Refusal(string text, string field) =>
        TryCanonical(text, out _, out var reason) ? null : new Rejection(field, reason);

    private static bool IsPlainlyCanonical(string text)
    {
        if (text.Length is 0 or > MaxChars) return false;
        return !text.AsSpan().ContainsAnyExcept(s_lowerCase)
            || text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAnyExcept(s_noAddress)
            || text.Length > ProfileUrl.Length && text.StartsWith(ProfileUrl, StringComparison.Ordinal)
                && !text.AsSpan(ProfileUrl.Length).ContainsAnyExcept(s_profileName);
    }

    private static bool TryOther(string text, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? reason)
    {
        canonical = null;
        if (text.Length > MaxRawChars)
        {
            reason = TooLong(text.Length);
            return false;
        }
        var trimmed = text.Trim();
        reason = text.Length == 0 ? "must not be empty" : trimmed.Length == 0 ? "must not be blank" : Fault(trimmed);
        if (reason is not null) return false;
        var id = UnicodeComposition.Compose(trimmed);
        if (UrlForm.TryCanonical(id, out var url))
        {
            if (HasWhiteSpace(id) || HasWhiteSpace(url)) reason = "has white space inside a URL";
            id = url;
        }
        else if (IsAddress(id))
        {
            // 'chat:Ann @ work' is no address, and neither is anything else that names its kind before a colon.
            if (HasWhiteSpace(id) && !id.Contains(':', StringComparison.Ordinal))
                reason = "has white space inside an address; give the address alone";
            id = LowerCase(id);
        }
        if (reason is null && id.Length > MaxChars) reason = TooLong(id.Length);
        // What was inside may have come to an end.
        if (reason is null && !ReferenceEquals(id, trimmed)) reason = Fault(id);
        if (reason is not null) return false;
        canonical = id;
        return true;
    }

    /// <summary>Lower case in form C. Capitals without a composed form can have small letters with one, hence in turns.</summary>
    internal static string LowerCase(string text)
    {
        for (var before = ""; before != text;)
        {
            before = text;
            text = UnicodeComposition.Compose(text.ToLowerInvariant());
        }
        return text;
    }

    private static bool IsAddress(string id)
    {
        var at = id.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 && id.LastIndexOf('@') == at && !id.Contains('/', StringComparison.Ordinal);
    }

    private static bool HasWhiteSpace(string id)
    {
        foreach (var c in id)
            if (char.IsWhiteSpace(c)) return true;
        return false;
    }

    private static string TooLong(int chars) =>
        string.Create(CultureInfo.InvariantCulture, $"has {chars} characters, at most {MaxChars} are allowed");

    private static string? Fault(string id)
    {
        for (var i = 0; i < id.Length; i++)
        {
            var c = id[i];
            if (c is > '\u001F' and < '\u007F') continue;
            if (char.IsControl(c)) return Named("a control character", c, i);
            if (c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')) return Named("a bidirectional override", c, i);
            if (c is '\uFFFE' or '\uFFFF' or (>= '\uFDD0' and <= '\uFDEF')) return Named("the noncharacter", c, i);
            if (!char.IsSurrogate(c)) continue;
            if (i + 1 == id.Length || !char.IsSurrogatePair(c, id[i + 1]))
                return string.Create(CultureInfo.InvariantCulture, $"has half a surrogate pair at character {i + 1}");
            var code = char.ConvertToUtf32(c, id[i + 1]);
            if ((code & 0xFFFE) == 0xFFFE) return Named("the noncharacter", code, i);
            i++;
        }
        if (IsZeroWidth(id[0]))
            return string.Create(CultureInfo.InvariantCulture, $"begins with a zero-width character (U+{(int)id[0]:X4})");
        return IsZeroWidth(id[^1])
            ? string.Create(CultureInfo.InvariantCulture, $"ends with a zero-width character (U+{(int)id[^1]:X4})")
            : null;
    }

    private static string Named(string what, int code, int at) =>
        string.Create(CultureInfo.InvariantCulture, $"has {what} (U+{code:X4}) at character {at + 1}");

    /// <summary>Not variation selectors, in which names with an emoji end.</summary>
    private static bool IsZeroWidth(char c) =>
        c is (>= '\u200B' and <= '\u200F') or (>= '\u2060' and <= '\u2064') or '\uFEFF' or '\u00AD' or '\u061C' or '\u180E' or '\u034F';
}
