using System.Buffers;
using System.Globalization;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>Writes interactions as the CSV that <see cref="CsvRows"/> reads: UTF-8, a header of all fields, one row each.</summary>
public static class InteractionCsv
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    public static void WriteHeader(TextWriter csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        csv.Write(string.Join(',', InteractionFields.Names));
        csv.Write('\n');
    }

    public static void WriteRow(TextWriter csv, Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(interaction);
        WriteCell(csv, interaction.Id);
        Next(csv, Rfc3339.Format(interaction.AtMs));
        Next(csv, interaction.From);
        Next(csv, Joined(interaction.To));
        Next(csv, WireNames.Of(interaction.Kind));
        Next(csv, WireNames.Of(interaction.Exchange));
        Next(csv, WireNames.Of(interaction.Setting));
        Next(csv, interaction.Channel);
        Next(csv, interaction.Venue);
        Next(csv, interaction.InReplyTo);
        Next(csv, interaction.About);
        Next(csv, interaction.Personalised switch { null => null, true => "true", false => "false" });
        Next(csv, interaction.LengthSeconds?.ToString("R", CultureInfo.InvariantCulture));
        Next(csv, interaction.ExchangeBy is ExchangeBy.Sender ? null : WireNames.Of(interaction.ExchangeBy));
        Next(csv, interaction.ExchangeConfidence?.ToString("R", CultureInfo.InvariantCulture));
        Next(csv, interaction.Series);
        Next(csv, interaction.Batch);
        csv.Write('\n');
    }

    /// <summary>Several texts as one cell: separated by ';', with a backslash before each ';' and backslash of their own.</summary>
    public static string Joined(string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts is [var one] && !one.AsSpan().ContainsAny(';', ',', '|')) return one;
        var cell = new StringBuilder();
        foreach (var text in texts)
        {
            if (cell.Length > 0) cell.Append(';');
            cell.Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal));
        }
        // A comma or bar within the only one would be taken for a separator of addresses.
        if (texts is [var only] && only.AsSpan().ContainsAny(',', '|')) cell.Append(';');
        return cell.ToString();
    }

    private static void Next(TextWriter csv, string? text)
    {
        csv.Write(',');
        WriteCell(csv, text);
    }

    /// <summary>
    /// Whether a spreadsheet would compute the text instead of showing it. It is written with an apostrophe before it, which
    /// spreadsheets take as "this is text" and the import takes off again; so one that has such an apostrophe already gets another.
    /// </summary>
    internal static bool IsTakenForFormula(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('\'');
        return !text.IsEmpty && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }

    /// <summary>Writes one cell, in quotes where it needs them; nothing for null.</summary>
    public static void WriteCell(TextWriter csv, string? text)
    {
        ArgumentNullException.ThrowIfNull(csv);
        if (string.IsNullOrEmpty(text)) return;
        if (IsTakenForFormula(text)) text = "'" + text;
        if (!text.AsSpan().ContainsAny(s_quoted) && text[0] != ' ' && text[^1] != ' ')
        {
            csv.Write(text);
            return;
        }
        csv.Write('"');
        csv.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        csv.Write('"');
    }
}
