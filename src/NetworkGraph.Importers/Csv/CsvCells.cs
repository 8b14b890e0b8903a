using System.Buffers.Text;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>From the text of a cell to a field of an interaction.</summary>
internal static class CsvCells
{
    /// <summary>Between the recipients of one cell.</summary>
    public const byte RecipientSeparator = (byte)';';

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
        truth = text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8);
        return truth || text is [(byte)'0'] || Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8);
    }

    private static double? Number(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && double.IsFinite(number)) return number;
        draft.Reject(field.Name(), "must be a number");
        return null;
    }

    /// <summary>
    /// Recipients are separated by ';', or by ',' where each part is an address or a URL, since names have commas. In a cell
    /// with ';', one behind a backslash stands for itself. Blanks around a recipient, and empty ones, are none.
    /// </summary>
    private static void AddRecipients(InteractionDraft draft, ReadOnlySpan<byte> cell)
    {
        if (cell.Contains(RecipientSeparator))
        {
            AddSeparated(draft, cell);
            return;
        }
        if (!cell.Contains((byte)',') || !IsListOfAddresses(cell))
        {
            AddRecipient(draft, cell);
            return;
        }
        foreach (var part in cell.Split((byte)',')) AddRecipient(draft, cell[part]);
    }

    private static void AddSeparated(InteractionDraft draft, ReadOnlySpan<byte> cell)
    {
        var person = new byte[cell.Length];
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == RecipientSeparator)
            {
                AddRecipient(draft, person.AsSpan(0, length));
                length = 0;
                continue;
            }
            if (cell[i] == '\\' && i + 1 < cell.Length && cell[i + 1] is RecipientSeparator or (byte)'\\') i++;
            person[length++] = cell[i];
        }
        AddRecipient(draft, person.AsSpan(0, length));
    }

    private static bool IsListOfAddresses(ReadOnlySpan<byte> cell)
    {
        foreach (var range in cell.Split((byte)','))
        {
            var part = cell[range].Trim((byte)' ');
            if (!part.IsEmpty && !part.Contains((byte)'@') && part.IndexOf("://"u8) < 0) return false;
        }
        return true;
    }

    private static void AddRecipient(InteractionDraft draft, ReadOnlySpan<byte> person)
    {
        person = Address(person.Trim(" \t\r\n"u8));
        if (!person.IsEmpty && Text(draft, InteractionField.To, person, isRepeated: true) is { } text) draft.AddRecipient(text);
    }

    /// <summary>The address of <c>Dana Okafor &lt;dana@example.org&gt;</c>; anything else as it stands.</summary>
    private static ReadOnlySpan<byte> Address(ReadOnlySpan<byte> person)
    {
        if (person is not [.., (byte)'>']) return person;
        var open = person.LastIndexOf((byte)'<');
        return open < 0 || !person[open..].Contains((byte)'@') ? person : person[(open + 1)..^1].Trim((byte)' ');
    }

    private static string? Text(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> utf8, bool isRepeated)
    {
        if (isRepeated ? draft.Texts.TryGet(utf8, out var text) : TextCache.TryDecode(utf8, out text)) return text;
        draft.Reject(field.Name(), "is not valid UTF-8");
        return null;
    }
}
