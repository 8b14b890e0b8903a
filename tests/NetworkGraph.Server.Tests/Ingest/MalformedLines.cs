using System.Text;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>
/// One interaction that must be refused, as its JSON (Latin-1: one char is one byte, so that broken UTF-8 can be written).
/// </summary>
public sealed record MalformedLine(string Json, string Field, params string[] Words)
{
    /// <summary>It is not one JSON object at all.</summary>
    public bool IsMalformed { get; init; }

    /// <summary>It cannot stand in an array without breaking it.</summary>
    public bool BreaksArrays { get; init; }

    public string? Id { get; init; } = "x";

    public byte[] Bytes => Encoding.Latin1.GetBytes(Json);
}

/// <summary>All the ways in which one interaction can be wrong that have been thought of.</summary>
public static class MalformedLines
{
    private const string At = "\"at\":\"2026-05-01T12:00:00Z\"";
    private const string Rest = $"{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"";

    public static IReadOnlyDictionary<string, MalformedLine> All { get; } = new Dictionary<string, MalformedLine>
    {
        // Missing
        ["no id"] = new($"{{{Rest}}}", "id", "required") { Id = null },
        ["null id"] = new($"{{\"id\":null,{Rest}}}", "id", "required") { Id = null },
        ["no at"] = new("{\"id\":\"x\",\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}", "at", "required"),
        ["no from"] = new($"{{\"id\":\"x\",{At},\"to\":\"bob\",\"kind\":\"message\"}}", "from", "required"),
        ["no to"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"kind\":\"message\"}}", "to", "required", "message"),
        ["no kind"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\"}}", "kind", "required"),
        ["nothing at all"] = new("{}", "id", "required") { Id = null },

        // Wrong types
        ["id a number"] = new($"{{\"id\":7,{Rest}}}", "id", "string", "number") { Id = null },
        ["id an object"] = new($"{{\"id\":{{\"a\":[1,2]}},{Rest}}}", "id", "string", "object") { Id = null },
        ["at true"] = new("{\"id\":\"x\",\"at\":true,\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}", "at", "RFC 3339"),
        ["at an object"] = new("{\"id\":\"x\",\"at\":{},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}", "at", "object"),
        ["from a number"] = new($"{{\"id\":\"x\",{At},\"from\":1,\"to\":\"bob\",\"kind\":\"message\"}}", "from", "string", "number"),
        ["from an array"] = new($"{{\"id\":\"x\",{At},\"from\":[\"ann\"],\"to\":\"bob\",\"kind\":\"message\"}}", "from", "string", "array"),
        ["to a number"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":5,\"kind\":\"message\"}}", "to", "array", "number"),
        ["to an object"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":{{\"bob\":1}},\"kind\":\"message\"}}", "to", "array", "object"),
        ["to with a number"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\",3],\"kind\":\"message\"}}", "to", "string", "number"),
        ["to with null"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[null],\"kind\":\"message\"}}", "to", "string", "null"),
        ["to nested"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[[\"bob\"]],\"kind\":\"message\"}}", "to", "string", "array"),
        ["kind a number"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":0}}", "kind", "string", "number"),
        ["personalised a string"] = new($"{{\"id\":\"x\",{Rest},\"personalised\":\"yes\"}}", "personalised", "true or false"),
        ["length a string"] = new($"{{\"id\":\"x\",{Rest},\"lengthSeconds\":\"60\"}}", "lengthSeconds", "number", "string"),
        ["venue an array"] = new($"{{\"id\":\"x\",{Rest},\"venue\":[]}}", "venue", "string", "array"),
        ["channel false"] = new($"{{\"id\":\"x\",{Rest},\"channel\":false}}", "channel", "string"),

        // Times
        ["a date without time"] = BadAt("\"2026-05-01\"", "RFC 3339"),
        ["a time without offset"] = BadAt("\"2026-05-01T12:00:00\"", "offset"),
        ["an offset without colon"] = BadAt("\"2026-05-01T12:00:00+0200\"", "RFC 3339"),
        ["an offset of 25 hours"] = BadAt("\"2026-05-01T12:00:00+25:00\"", "offset"),
        ["February 30"] = BadAt("\"2026-02-30T12:00:00Z\"", "day", "not exist"),
        ["February 29 of no leap year"] = BadAt("\"2025-02-29T12:00:00Z\"", "day", "not exist"),
        ["month 13"] = BadAt("\"2026-13-01T12:00:00Z\"", "day", "not exist"),
        ["hour 24"] = BadAt("\"2026-05-01T24:00:00Z\"", "time of day"),
        ["second 60 at noon"] = BadAt("\"2026-05-01T12:00:60Z\"", "60"),
        ["a fraction without digits"] = BadAt("\"2026-05-01T12:00:00.Z\"", "RFC 3339"),
        ["year 0"] = BadAt("\"0000-01-01T00:00:00Z\"", "year 1"),
        ["before year 1"] = BadAt("\"0001-01-01T00:00:00+01:00\"", "years 1 to 9999"),
        ["after year 9999"] = BadAt("\"9999-12-31T23:59:59-01:00\"", "years 1 to 9999"),
        ["an empty time"] = BadAt("\"\"", "RFC 3339"),
        ["words for a time"] = BadAt("\"yesterday\"", "RFC 3339"),
        ["a time of digits in a string"] = BadAt("\"1777636800000\"", "number", "string"),
        ["a fraction of a millisecond"] = BadAt("1777636800000.5", "whole number"),
        ["a number beyond 64 bits"] = BadAt("99999999999999999999999", "whole number"),
        ["the year 1"] = BadAt("\"0001-01-01T00:00:00Z\"", "before 1900"),
        ["25 hours ahead"] = BadAt("\"2026-06-02T13:00:00Z\"", "24 hours", "future"),
        ["far ahead in milliseconds"] = BadAt("9007199254740991", "future"),

        // Words
        ["an unknown kind"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"poke\"}}", "kind", "poke", "message", "attendance"),
        ["a kind in capitals"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"Message\"}}", "kind", "Message"),
        ["an empty kind"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"\"}}", "kind", "none of"),
        ["an unknown exchange"] = new($"{{\"id\":\"x\",{Rest},\"exchange\":\"barter\"}}", "exchange", "barter", "unsolicited-advice"),
        ["an unknown setting"] = new($"{{\"id\":\"x\",{Rest},\"setting\":\"work\"}}", "setting", "work", "professional"),

        // Ids and texts
        ["an empty id"] = new($"{{\"id\":\"\",{Rest}}}", "id", "empty") { Id = "" },
        ["an id of 129 characters"] = new(
            $"{{\"id\":\"{new string('i', 129)}\",{Rest}}}", "id", "129", "128")
        { Id = new string('i', 128) + "…" },
        ["a from of 129 characters"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"{new string('p', 129)}\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "129", "128"),
        ["an empty from"] = new($"{{\"id\":\"x\",{At},\"from\":\"\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "empty"),
        ["an empty recipient"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"\"],\"kind\":\"message\"}}", "to", "empty"),
        ["a control character in an id"] = new($"{{\"id\":\"a\\u0000b\",{Rest}}}", "id", "control character", "U+0000") { Id = "a\0b" },
        ["a line break in a person"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"an\\nn\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "control character", "U+000A"),
        ["a blank person"] = new($"{{\"id\":\"x\",{At},\"from\":\" \\u00a0\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "blank"),
        ["white space in an address"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"lee park@example.org\",\"kind\":\"message\"}}", "to", "white space", "address"),
        ["a noncharacter in a person"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"x\\ufffe@x\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "noncharacter", "U+FFFE"),
        ["a bidirectional override in a person"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\\u202eb\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "bidirectional override"),
        ["a zero-width end of a person"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\\u200b\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "zero-width"),
        ["to oneself in another spelling"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann@x\",\"to\":\"Ann@X\",\"kind\":\"message\"}}", "to", "sender"),
        ["twice to the same in two spellings"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"b@x\",\"B@x\"],\"kind\":\"message\"}}", "to", "twice"),
        ["broken UTF-8 in a person"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"an\u00ff\",\"to\":\"bob\",\"kind\":\"message\"}}", "from", "UTF-8"),
        ["a surrogate in UTF-8"] = new($"{{\"id\":\"x\",{Rest},\"venue\":\"\u00ed\u00a0\u0080\"}}", "venue", "UTF-8"),
        ["an overlong character"] = new($"{{\"id\":\"x\",{Rest},\"venue\":\"\u00c0\u00af\"}}", "venue", "UTF-8"),
        ["half a surrogate pair"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"b\\ud83d\",\"kind\":\"message\"}}", "to", "surrogate", "d83d"),
        ["surrogates the wrong way round"] = new($"{{\"id\":\"x\",{Rest},\"about\":\"\\ude00\\ud83d\"}}", "about", "surrogate"),
        ["a channel of 33 characters"] = new($"{{\"id\":\"x\",{Rest},\"channel\":\"{new string('c', 33)}\"}}", "channel", "33", "32"),
        ["an empty channel"] = new($"{{\"id\":\"x\",{Rest},\"channel\":\"\"}}", "channel", "empty"),
        ["a venue of 129 characters"] = new($"{{\"id\":\"x\",{Rest},\"venue\":\"{new string('v', 129)}\"}}", "venue", "129", "128"),
        ["an empty venue"] = new($"{{\"id\":\"x\",{Rest},\"venue\":\"\"}}", "venue", "empty"),
        ["an empty inReplyTo"] = new($"{{\"id\":\"x\",{Rest},\"inReplyTo\":\"\"}}", "inReplyTo", "empty"),
        ["an empty about"] = new($"{{\"id\":\"x\",{Rest},\"about\":\"\"}}", "about", "empty"),

        // Rules
        ["to oneself"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"ann\",\"kind\":\"message\"}}", "to", "sender"),
        ["to oneself among others"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\",\"ann\"],\"kind\":\"meeting\"}}", "to", "sender"),
        ["twice to the same"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\",\"cy\",\"bob\"],\"kind\":\"message\"}}", "to", "twice"),
        ["1,001 recipients"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[{string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"p{i}\""))}],"
                + $"\"kind\":\"message\"}}", "to", "1001", "1000"),
        ["no recipient"] = new($"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[],\"kind\":\"call\"}}", "to", "required", "call"),
        ["an introduction of one"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\"],\"kind\":\"introduction\"}}", "to", "exactly two"),
        ["an introduction of three"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\",\"cy\",\"di\"],\"kind\":\"introduction\"}}", "to", "exactly two", "3"),
        ["a referral of nobody"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\"],\"kind\":\"referral\"}}", "about", "required", "referral"),
        ["a referral to the one referred"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":[\"bob\",\"cy\"],\"kind\":\"referral\",\"about\":\"cy\"}}", "about",
            "recipients"),
        ["an attendance nowhere"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"kind\":\"attendance\"}}", "venue", "required", "attendance"),
        ["an attendance with recipients"] = new(
            $"{{\"id\":\"x\",{At},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"attendance\",\"venue\":\"fair\"}}", "to", "empty",
            "attendance"),
        ["in reply to itself"] = new($"{{\"id\":\"x\",{Rest},\"inReplyTo\":\"x\"}}", "inReplyTo", "itself"),
        ["a negative length"] = new($"{{\"id\":\"x\",{Rest},\"lengthSeconds\":-1}}", "lengthSeconds", "between 0"),
        ["a length beyond all numbers"] = new($"{{\"id\":\"x\",{Rest},\"lengthSeconds\":1e999}}", "lengthSeconds", "between 0"),

        // Fields
        ["a misspelt field"] = new($"{{\"id\":\"x\",{Rest},\"personalized\":true}}", "personalized", "not a field"),
        ["a field in capitals"] = new($"{{\"id\":\"x\",{Rest},\"Venue\":\"fair\"}}", "Venue", "not a field"),
        ["a field in snake case"] = new($"{{\"id\":\"x\",{Rest},\"in_reply_to\":\"y\"}}", "in_reply_to", "not a field"),
        ["message text"] = new($"{{\"id\":\"x\",{Rest},\"text\":{{\"deep\":[{{}}]}}}}", "text", "not a field"),
        ["a field twice"] = new($"{{\"id\":\"x\",{Rest},\"from\":\"cy\"}}", "from", "twice"),
        ["a field twice, once escaped"] = new($"{{\"id\":\"x\",{Rest},\"\\u0066rom\":\"cy\"}}", "from", "twice"),

        // JSON
        ["a lone number"] = new("42", "line", "object", "number") { Id = null, IsMalformed = true },
        ["a lone string"] = new("\"hello\"", "line", "object", "string") { Id = null, IsMalformed = true },
        ["null"] = new("null", "line", "object", "null") { Id = null, IsMalformed = true },
        ["an array within"] = new("[]", "line", "object", "array") { Id = null, IsMalformed = true },
        ["not JSON"] = new("hello", "line", "JSON") { Id = null, IsMalformed = true },
        ["NaN"] = new($"{{\"id\":\"x\",{Rest},\"lengthSeconds\":NaN}}", "lengthSeconds", "not valid JSON") { IsMalformed = true },
        ["single quotes"] = new("{'id':'x'}", "line", "not valid JSON") { Id = null, IsMalformed = true },
        ["a trailing comma"] = new($"{{\"id\":\"x\",{Rest},}}", "kind", "not valid JSON") { IsMalformed = true },
        ["a comment"] = new($"{{\"id\":\"x\",/* who */{Rest}}}", "id", "not valid JSON") { IsMalformed = true },
        ["a raw control character"] = new(
            $"{{\"id\":\"x\",{Rest},\"venue\":\"a\u0001b\"}}", "venue", "not valid JSON")
        { IsMalformed = true },
        ["a bad escape"] = new($"{{\"id\":\"x\",{Rest},\"venue\":\"a\\qb\"}}", "venue", "not valid JSON") { IsMalformed = true },
        ["deep nesting"] = new(
            $"{{\"id\":\"x\",{Rest},\"venue\":{new string('[', 500)}{new string(']', 500)}}}", "venue",
            "not valid JSON")
        { IsMalformed = true },
        ["trailing garbage"] = new($"{{\"id\":\"x\",{Rest}}} garbage", "line", "more after") { IsMalformed = true, BreaksArrays = true },
        ["two objects in a line"] = new(
            $"{{\"id\":\"x\",{Rest}}}{{\"id\":\"z\",{Rest}}}", "line", "more after")
        { IsMalformed = true, BreaksArrays = true },
        ["cut off in a string"] = new($"{{\"id\":\"x\",{At},\"from\":\"an", "from", "cut off") { IsMalformed = true, BreaksArrays = true },
        ["cut off before the brace"] = new($"{{\"id\":\"x\",{Rest}", "kind", "cut off") { IsMalformed = true, BreaksArrays = true },
    };

    private static MalformedLine BadAt(string at, params string[] words) =>
        new($"{{\"id\":\"x\",\"at\":{at},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}}", "at", words);
}
