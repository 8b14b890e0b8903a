using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>The names of the enums as users write and read them, in one place for JSON, CSV, queries and answers.</summary>
public static class WireNames
{
    private const int LongestName = 32;

    private static readonly string[] s_kinds =
    [
        "message", "reply", "meeting", "call", "connect", "accept", "decline", "reaction", "comment", "endorsement",
        "introduction", "referral", "favour", "transaction", "application", "attendance",
    ];

    private static readonly string[] s_exchanges =
    [
        "none", "give", "ask", "advice", "unsolicited-advice", "pitch", "promotion", "thanks", "gossip", "complaint",
    ];

    private static readonly string[] s_settings = ["professional", "social", "family", "chance"];

    private static readonly string[] s_exchangeBys = ["sender", "reader"];

    private static readonly FrozenDictionary<string, int> s_kindByName = Index(s_kinds);
    private static readonly FrozenDictionary<string, int> s_exchangeByName = Index(s_exchanges);
    private static readonly FrozenDictionary<string, int> s_settingByName = Index(s_settings);
    private static readonly FrozenDictionary<string, int> s_exchangeByByName = Index(s_exchangeBys);

    public static IReadOnlyList<string> Kinds => s_kinds;

    public static IReadOnlyList<string> Exchanges => s_exchanges;

    public static IReadOnlyList<string> Settings => s_settings;

    public static IReadOnlyList<string> ExchangeBys => s_exchangeBys;

    public static string Of(InteractionKind kind) => s_kinds[(int)kind];

    public static string Of(Exchange exchange) => s_exchanges[(int)exchange];

    public static string Of(Setting setting) => s_settings[(int)setting];

    public static string Of(ExchangeBy by) => s_exchangeBys[(int)by];

    public static bool TryParse(ReadOnlySpan<char> name, out InteractionKind kind)
    {
        var found = TryFind(s_kindByName, name, out var number);
        kind = (InteractionKind)number;
        return found;
    }

    public static bool TryParse(ReadOnlySpan<char> name, out Exchange exchange)
    {
        var found = TryFind(s_exchangeByName, name, out var number);
        exchange = (Exchange)number;
        return found;
    }

    public static bool TryParse(ReadOnlySpan<char> name, out Setting setting)
    {
        var found = TryFind(s_settingByName, name, out var number);
        setting = (Setting)number;
        return found;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out ExchangeBy by)
    {
        Span<char> chars = stackalloc char[LongestName];
        var found = TryFind(s_exchangeByByName, Widen(utf8, chars), out var number);
        by = (ExchangeBy)number;
        return found;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out InteractionKind kind)
    {
        Span<char> chars = stackalloc char[LongestName];
        return TryParse(Widen(utf8, chars), out kind);
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Exchange exchange)
    {
        Span<char> chars = stackalloc char[LongestName];
        return TryParse(Widen(utf8, chars), out exchange);
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Setting setting)
    {
        Span<char> chars = stackalloc char[LongestName];
        return TryParse(Widen(utf8, chars), out setting);
    }

    /// <summary>The name in chars; empty, which is no name, where it is too long or not ASCII.</summary>
    private static ReadOnlySpan<char> Widen(ReadOnlySpan<byte> utf8, Span<char> chars) =>
        utf8.Length <= chars.Length && Ascii.ToUtf16(utf8, chars, out var length) is OperationStatus.Done ? chars[..length] : [];

    private static bool TryFind(FrozenDictionary<string, int> names, ReadOnlySpan<char> name, out int number) =>
        names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out number);

    private static FrozenDictionary<string, int> Index(string[] names) =>
        names.Select((name, number) => (name, number)).ToFrozenDictionary(n => n.name, n => n.number, StringComparer.Ordinal);
}
