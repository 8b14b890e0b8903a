using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>From the text of a cell to a field of an interaction.</summary>
internal static class CsvCells
{
    /// <summary>Between the recipients of one cell.</summary>
    public const byte RecipientSeparator = (byte)';';

    private static readonly SearchValues<byte> s_several = SearchValues.Create(";,|<> \t\r\n"u8);
    private static readonly string[] s_yes = ["1", "true", "yes", "y", "ja", "oui", "si", "sí", "wahr", "vrai", "x"];
    private static readonly string[] s_no = ["0", "false", "no", "n", "nein", "non", "falsch", "faux", "falso"];

    /// <summary>Sets a field. An empty cell leaves it absent.</summary>
    public static void Set(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> text, CsvTime time)
    {
        if (text.IsEmpty) return;
        switch (field)
        {
            case InteractionField.Id:
                draft.Id = Text(draft, field, text, isRepeated: false);
                break;
            case InteractionField.At:
                if (time.TryParse(text, out var unixMs, out var reason)) draft.AtMs = unixMs;
                else draft.Reject("at", reason);
                break;
            case InteractionField.From:
                draft.From = Text(draft, field, Address(text), isRepeated: true);
                break;
            case InteractionField.To:
                AddRecipients(draft, text);
                break;
            case InteractionField.Kind or InteractionField.Exchange or InteractionField.Setting or InteractionField.ExchangeBy:
                CsvWords.Set(draft, field, text);
                break;
            case InteractionField.Channel:
                draft.Channel = Text(draft, field, text, isRepeated: true);
                break;
            case InteractionField.Venue:
                draft.Venue = Text(draft, field, text, isRepeated: true);
                break;
            case InteractionField.InReplyTo:
                draft.InReplyTo = Text(draft, field, text, isRepeated: false);
                break;
            case InteractionField.About:
                draft.About = Text(draft, field, text, isRepeated: true);
                break;
            case InteractionField.Personalised:
                if (TryTruth(text, out var personalised)) draft.Personalised = personalised;
                else draft.Reject(field.Name(), "must be true or false");
                break;
            case InteractionField.LengthSeconds:
                draft.LengthSeconds = Number(draft, field, text);
                break;
            case InteractionField.ExchangeConfidence:
                draft.ExchangeConfidence = Number(draft, field, text);
                break;
            case InteractionField.Series:
                draft.Series = Text(draft, field, text, isRepeated: true);
                break;
            case InteractionField.Batch:
                draft.Batch = Text(draft, field, text, isRepeated: true);
                break;
        }
    }

    private static bool TryTruth(ReadOnlySpan<byte> text, out bool truth)
    {
        truth = IsWord(text, s_yes);
        return truth || IsWord(text, s_no);
    }

    private static bool IsWord(ReadOnlySpan<byte> text, string[] words)
    {
        if (text.Length > 8) return false;
        Span<char> chars = stackalloc char[8];
        if (!Encoding.UTF8.TryGetChars(text, chars, out var length)) return false;
        foreach (var word in words)
            if (chars[..length].Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static double? Number(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && double.IsFinite(number)) return number;
        if (text.Length < 40
            && Amounts.TryParse(
            Encoding.UTF8.GetString(text), isDuration: field is InteractionField.LengthSeconds, out number)) return number;
        draft.Reject(field.Name(), "must be a number");
        return null;
    }

    /// <summary>Recipients are separated by ';', and by more where each part is an address (<see cref="RecipientCell"/>).</summary>
    private static void AddRecipients(InteractionDraft draft, ReadOnlySpan<byte> cell)
    {
        if (!cell.ContainsAny(s_several))
        {
            if (Text(draft, InteractionField.To, cell, isRepeated: true) is { } one) draft.AddRecipient(one);
            return;
        }
        if (Text(draft, InteractionField.To, cell, isRepeated: false) is not { } text) return;
        foreach (var person in RecipientCell.Split(text)) draft.AddRecipient(person);
    }

    /// <summary>The address of <c>Dana Okafor &lt;dana@example.org&gt;</c>; anything else as it stands.</summary>
    private static ReadOnlySpan<byte> Address(ReadOnlySpan<byte> person) =>
        person.ContainsAny(s_several) && person.Contains((byte)'@')
            ? Encoding.UTF8.GetBytes(RecipientCell.AddressOf(Encoding.UTF8.GetString(person))) : person;

    private static string? Text(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> utf8, bool isRepeated)
    {
        if (isRepeated ? draft.Texts.TryGet(utf8, out var text) : TextCache.TryDecode(utf8, out text)) return text;
        draft.Reject(field.Name(), "is not valid UTF-8");
        return null;
    }
}
