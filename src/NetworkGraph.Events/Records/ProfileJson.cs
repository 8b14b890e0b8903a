using System.Text;
using System.Text.Json;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>What became of reading one profile: it, or why not.</summary>
/// <param name="Profile">Null where it was rejected.</param>
/// <param name="Rejection">The first thing wrong with it; null where there is nothing.</param>
/// <param name="Id">Its id, where it could be read.</param>
/// <param name="IsMalformed">The text is not one JSON object at all, in contrast to one with wrong contents.</param>
public readonly record struct ParsedProfile(Profile? Profile, Rejection? Rejection, string? Id, bool IsMalformed);

/// <summary>
/// One person's profile from and to JSON (UTF-8): strict types, unknown and repeated fields are rejected, null means absent.
/// </summary>
public static class ProfileJson
{
    private static readonly string[] s_names = [
        "id", "name", "organisation", "role", "industry", "offers", "audience", "tags", "openToIntroductions", "entity"];
    private static readonly byte[][] s_utf8Names = [.. s_names.Select(Encoding.UTF8.GetBytes)];
    private const int FirstList = 5;
    private const int OpenToIntroductions = 8;
    private const int Entity = 9;

    /// <summary>
    /// Reads one object. <paramref name="idFromPath"/> is the person it is about where the request names them; the object
    /// may then leave <c>id</c> out, or repeat it.
    /// </summary>
    public static ParsedProfile Parse(ReadOnlySpan<byte> json, string? idFromPath = null)
    {
        var draft = new Draft();
        Read(json, draft);
        var id = draft.Texts[0] is { } text ? PersonId.CanonicalOrSame(text) : null;
        if (draft.Rejection is null && id is not null && idFromPath is not null && id != idFromPath)
            draft.Reject("id", "is not the person the path names");
        if (draft.Rejection is null && id is null && idFromPath is null) draft.Reject("id", "is required");
        if (draft.Rejection is not null) return new ParsedProfile(null, draft.Rejection, id, draft.IsMalformed);
        var profile = new Profile
        {
            Id = (id ?? idFromPath)!,
            Name = draft.Texts[1],
            Organisation = draft.Texts[2],
            Role = draft.Texts[3],
            Industry = draft.Texts[4],
            Offers = draft.Lists[0],
            Audience = draft.Lists[1],
            Tags = draft.Lists[2],
            OpenToIntroductions = draft.IsOpen,
            Entity = draft.Entity,
        };
        return ProfileRules.FirstBroken(profile) is { } broken
            ? new ParsedProfile(null, broken, profile.Id, IsMalformed: false)
            : new ParsedProfile(profile, null, profile.Id, IsMalformed: false);
    }

    /// <summary>Writes one object; fields that are absent are left out, lists are always written.</summary>
    public static void Write(Utf8JsonWriter writer, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(profile);
        writer.WriteStartObject();
        WriteFields(writer, profile);
        writer.WriteEndObject();
    }

    /// <summary>Writes the fields into an object already begun: for answers that hold more than the profile.</summary>
    public static void WriteFields(Utf8JsonWriter writer, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(profile);
        string?[] texts = [profile.Id, profile.Name, profile.Organisation, profile.Role, profile.Industry];
        for (var i = 0; i < texts.Length; i++)
            if (texts[i] is { } text) writer.WriteString(s_utf8Names[i], text);
        string[][] lists = [profile.Offers, profile.Audience, profile.Tags];
        for (var i = 0; i < lists.Length; i++)
        {
            writer.WriteStartArray(s_utf8Names[FirstList + i]);
            foreach (var entry in lists[i]) writer.WriteStringValue(entry);
            writer.WriteEndArray();
        }
        writer.WriteBoolean(s_utf8Names[OpenToIntroductions], profile.OpenToIntroductions);
        if (profile.Entity is { } entity) writer.WriteString(s_utf8Names[Entity], entity.WireName());
    }

    private static void Read(ReadOnlySpan<byte> json, Draft draft)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        var name = InteractionFields.Line;
        try
        {
            if (!reader.Read() || reader.TokenType is JsonTokenType.StartObject && !ReadFields(ref reader, draft, ref name))
                draft.RejectMalformed(name, "is cut off: the JSON object does not end");
            else if (reader.TokenType is not JsonTokenType.EndObject)
                draft.RejectMalformed(name, $"must be a JSON object, not {JsonText.Named(reader.TokenType)}");
            else if (json[(int)reader.BytesConsumed..].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
                draft.RejectMalformed(InteractionFields.Line, "has more after the end of the object");
        }
        catch (JsonException malformed)
        {
            draft.RejectMalformed(name, JsonText.Describe(malformed));
        }
    }

    /// <summary>False where the text ends before the object does.</summary>
    private static bool ReadFields(ref Utf8JsonReader reader, Draft draft, ref string name)
    {
        var seen = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject) return true;
            var found = JsonText.Read(ref reader, null, out _);
            name = JsonText.Shorten(found ?? Encoding.UTF8.GetString(reader.ValueSpan));
            var field = Array.IndexOf(s_names, found);
            if (field < 0) draft.Reject(name, "is not a field of a profile");
            else if ((seen & 1 << field) != 0) draft.Reject(name, "stands twice in the object");
            if (!reader.Read()) return false;
            if (field >= 0)
            {
                seen |= 1 << field;
                if (reader.TokenType is not JsonTokenType.Null && !ReadValue(ref reader, draft, field)) return false;
            }
            else if (!reader.TrySkip())
            {
                return false;
            }
        }
        return false;
    }

    private static bool ReadValue(ref Utf8JsonReader reader, Draft draft, int field)
    {
        if (field < FirstList)
        {
            draft.Texts[field] = Text(ref reader, draft, s_names[field]);
            return reader.TrySkip();
        }
        if (field < OpenToIntroductions) return ReadList(ref reader, draft, field);
        if (field == Entity)
        {
            if (Text(ref reader, draft, s_names[field]) is { } name)
            {
                if (EntityKinds.TryParse(name, out var entity)) draft.Entity = entity;
                else draft.Reject(s_names[field], $"'{JsonText.Shorten(name)}' is none of {string.Join(", ", EntityKinds.Names)}");
            }
            return reader.TrySkip();
        }
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) draft.IsOpen = reader.TokenType is JsonTokenType.True;
        else draft.Reject(s_names[field], $"must be true or false, not {JsonText.Named(reader.TokenType)}");
        return reader.TrySkip();
    }

    private static bool ReadList(ref Utf8JsonReader reader, Draft draft, int field)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            draft.Reject(s_names[field], $"must be an array of strings, not {JsonText.Named(reader.TokenType)}");
            return reader.TrySkip();
        }
        var entries = new List<string>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray)
            {
                draft.Lists[field - FirstList] = [.. entries];
                return true;
            }
            if (Text(ref reader, draft, s_names[field]) is { } entry) entries.Add(entry);
            else if (!reader.TrySkip()) return false;
        }
        return false;
    }

    private static string? Text(ref Utf8JsonReader reader, Draft draft, string field)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            draft.Reject(field, $"must be a string, not {JsonText.Named(reader.TokenType)}");
            return null;
        }
        var text = JsonText.Read(ref reader, null, out var reason);
        if (text is null) draft.Reject(field, reason);
        return text;
    }

    private sealed class Draft
    {
        public string?[] Texts { get; } = new string?[FirstList];

        public string[][] Lists { get; } = [[], [], []];

        public bool IsOpen { get; set; } = true;

        public EntityKind? Entity { get; set; }

        public Rejection? Rejection { get; private set; }

        public bool IsMalformed { get; private set; }

        public void Reject(string field, string reason) => Rejection ??= new Rejection(field, reason);

        public void RejectMalformed(string field, string reason)
        {
            if (!IsMalformed) Rejection = new Rejection(field, reason);
            IsMalformed = true;
        }
    }
}
