using System.Text;
using System.Text.Json;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// One interaction from and to JSON (UTF-8), without a document tree or reflection. Types are strict, unknown and repeated
/// fields are rejected (a misspelt field would be lost without a word), null for an optional field means absent.
/// </summary>
public static class InteractionJson
{
    /// <summary>Reads one object; <paramref name="nowMs"/> is Unix ms.</summary>
    public static ParsedInteraction Parse(ReadOnlySpan<byte> json, InteractionDraft draft, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(draft);
        draft.Clear();
        Read(json, draft);
        return draft.Complete(nowMs);
    }

    /// <summary>Writes one object; <c>to</c> is always an array, optional fields that are absent are left out.</summary>
    public static void Write(Utf8JsonWriter writer, Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(interaction);
        writer.WriteStartObject();
        writer.WriteString("id"u8, interaction.Id);
        Span<byte> at = stackalloc byte[Rfc3339.MaxBytes];
        writer.WriteString("at"u8, at[..Rfc3339.Write(interaction.AtMs, at)]);
        writer.WriteString("from"u8, interaction.From);
        writer.WriteStartArray("to"u8);
        foreach (var person in interaction.To) writer.WriteStringValue(person);
        writer.WriteEndArray();
        writer.WriteString("kind"u8, WireNames.Of(interaction.Kind));
        writer.WriteString("exchange"u8, WireNames.Of(interaction.Exchange));
        writer.WriteString("setting"u8, WireNames.Of(interaction.Setting));
        if (interaction.Channel is { } channel) writer.WriteString("channel"u8, channel);
        if (interaction.Venue is { } venue) writer.WriteString("venue"u8, venue);
        if (interaction.InReplyTo is { } inReplyTo) writer.WriteString("inReplyTo"u8, inReplyTo);
        if (interaction.About is { } about) writer.WriteString("about"u8, about);
        if (interaction.Personalised is { } personalised) writer.WriteBoolean("personalised"u8, personalised);
        if (interaction.LengthSeconds is { } lengthSeconds) writer.WriteNumber("lengthSeconds"u8, lengthSeconds);
        if (interaction.ExchangeBy is not ExchangeBy.Sender) writer.WriteString("exchangeBy"u8, WireNames.Of(interaction.ExchangeBy));
        if (interaction.ExchangeConfidence is { } confidence) writer.WriteNumber("exchangeConfidence"u8, confidence);
        if (interaction.Series is { } series) writer.WriteString("series"u8, series);
        if (interaction.Batch is { } batch) writer.WriteString("batch"u8, batch);
        writer.WriteEndObject();
    }

    private static void Read(ReadOnlySpan<byte> json, InteractionDraft draft)
    {
        // Not the final block: what is cut off then ends quietly instead of with an exception.
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        var field = InteractionFields.Line;
        try
        {
            if (!reader.Read())
            {
                // A number may go on, as far as the reader knows.
                draft.RejectMalformed(
                    field, json.TrimStart(" \t\r\n"u8) is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]
                    ? "must be a JSON object, not a number" : CutOff);
                return;
            }
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                draft.RejectMalformed(field, $"must be a JSON object, not {JsonText.Named(reader.TokenType)}");
                return;
            }
            if (!ReadFields(ref reader, draft, ref field))
            {
                draft.RejectMalformed(field, CutOff);
                return;
            }
            if (json[(int)reader.BytesConsumed..].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
                draft.RejectMalformed(InteractionFields.Line, "has more after the end of the object");
        }
        catch (JsonException malformed)
        {
            draft.RejectMalformed(field, JsonText.Describe(malformed));
        }
    }

    private const string CutOff = "is cut off: the JSON object does not end";

    /// <summary>False where the text ends before the object does.</summary>
    private static bool ReadFields(ref Utf8JsonReader reader, InteractionDraft draft, ref string name)
    {
        var seen = 0u;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject) return true;
            if (!TryFind(ref reader, out var field))
            {
                name = Unknown(ref reader);
                draft.Reject(name, "is not a field of an interaction");
                if (!reader.Read() || !reader.TrySkip()) return false;
                continue;
            }
            name = field.Name();
            if ((seen & 1u << (int)field) != 0) draft.Reject(name, "stands twice in the object");
            seen |= 1u << (int)field;
            if (!reader.Read() || !ReadValue(ref reader, draft, field)) return false;
        }
        return false;
    }

    private static bool TryFind(ref Utf8JsonReader reader, out InteractionField field)
    {
        if (!reader.ValueIsEscaped) return InteractionFields.TryFind(reader.ValueSpan, out field);
        field = default;
        return JsonText.Read(ref reader, null, out _) is { } name && InteractionFields.TryFind(Encoding.UTF8.GetBytes(name), out field);
    }

    private static string Unknown(ref Utf8JsonReader reader) =>
        JsonText.Shorten(JsonText.Read(ref reader, null, out _) ?? Encoding.UTF8.GetString(reader.ValueSpan));

    /// <summary>False where the text ends before the value does.</summary>
    private static bool ReadValue(ref Utf8JsonReader reader, InteractionDraft draft, InteractionField field)
    {
        if (reader.TokenType is JsonTokenType.Null) return true;
        switch (field)
        {
            case InteractionField.Id:
                draft.Id = Text(ref reader, draft, field, texts: null) ?? draft.Id;
                break;
            case InteractionField.At:
                ReadAt(ref reader, draft);
                break;
            case InteractionField.From:
                draft.From = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.To:
                return ReadTo(ref reader, draft);
            case InteractionField.Kind or InteractionField.Exchange or InteractionField.Setting or InteractionField.ExchangeBy:
                ReadWord(ref reader, draft, field);
                break;
            case InteractionField.Channel:
                draft.Channel = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.Venue:
                draft.Venue = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.InReplyTo:
                draft.InReplyTo = Text(ref reader, draft, field, texts: null);
                break;
            case InteractionField.About:
                draft.About = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.Personalised:
                if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                    draft.Personalised = reader.TokenType is JsonTokenType.True;
                else draft.Reject(field.Name(), $"must be true or false, not {JsonText.Named(reader.TokenType)}");
                break;
            case InteractionField.Series:
                draft.Series = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.Batch:
                draft.Batch = Text(ref reader, draft, field, draft.Texts);
                break;
            case InteractionField.LengthSeconds:
                draft.LengthSeconds = Number(ref reader, draft, field);
                break;
            case InteractionField.ExchangeConfidence:
                draft.ExchangeConfidence = Number(ref reader, draft, field);
                break;
        }
        return reader.TrySkip();
    }

    private static double? Number(ref Utf8JsonReader reader, InteractionDraft draft, InteractionField field)
    {
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var number)) return number;
        draft.Reject(field.Name(), $"must be a number, not {JsonText.Named(reader.TokenType)}");
        return null;
    }

    private static void ReadAt(ref Utf8JsonReader reader, InteractionDraft draft)
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out var number)) draft.SetAt(number);
            else if (draft.TimeUnit is TimeUnit.Seconds && reader.TryGetDouble(out var seconds)) draft.SetAtSeconds(seconds);
            else draft.Reject("at", "must be a whole number of Unix milliseconds, or an RFC 3339 time as a string");
        }
        else if (reader.TokenType is not JsonTokenType.String)
        {
            draft.Reject("at", $"must be an RFC 3339 string or a number of Unix milliseconds, not {JsonText.Named(reader.TokenType)}");
        }
        else if (!reader.ValueIsEscaped)
        {
            draft.SetAt(reader.ValueSpan);
        }
        else if (Text(ref reader, draft, InteractionField.At, texts: null) is { } text)
        {
            draft.SetAt(Encoding.UTF8.GetBytes(text));
        }
    }

    private static void ReadWord(ref Utf8JsonReader reader, InteractionDraft draft, InteractionField field)
    {
        if (reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped) draft.SetWord(field, reader.ValueSpan);
        else if (Text(ref reader, draft, field, texts: null) is { } text) draft.SetWord(field, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A person or an array of them. False where the text ends before the value does.</summary>
    private static bool ReadTo(ref Utf8JsonReader reader, InteractionDraft draft)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            if (Text(ref reader, draft, InteractionField.To, draft.Texts) is { } person) draft.AddRecipient(person);
            return true;
        }
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            draft.Reject("to", $"must be a person's id or an array of them, not {JsonText.Named(reader.TokenType)}");
            return reader.TrySkip();
        }
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray) return true;
            if (Text(ref reader, draft, InteractionField.To, draft.Texts) is { } person) draft.AddRecipient(person);
            else if (!reader.TrySkip()) return false;
        }
        return false;
    }

    /// <summary>The string the reader stands on; null, noted in the draft, where it is none.</summary>
    private static string? Text(ref Utf8JsonReader reader, InteractionDraft draft, InteractionField field, TextCache? texts)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            draft.Reject(field.Name(), $"must be a string, not {JsonText.Named(reader.TokenType)}");
            return null;
        }
        var text = JsonText.Read(ref reader, texts, out var reason);
        if (text is null) draft.Reject(field.Name(), reason);
        return text;
    }
}
