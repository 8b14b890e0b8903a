using System.Buffers;
using System.Globalization;
using System.Text;
using NetworkGraph.Interactions;

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
        Cell(csv, interaction.Id);
        Next(csv, Rfc3339.Format(interaction.AtMs));
        Next(csv, interaction.From);
        Next(csv, Recipients(interaction.To));
        Next(csv, WireNames.Of(interaction.Kind));
        Next(csv, WireNames.Of(interaction.Exchange));
        Next(csv, WireNames.Of(interaction.Setting));
        Next(csv, interaction.Channel);
        Next(csv, interaction.Venue);
        Next(csv, interaction.InReplyTo);
        Next(csv, interaction.About);
        Next(csv, interaction.Personalised switch { null => null, true => "true", false => "false" });
        Next(csv, interaction.LengthSeconds?.ToString("R", CultureInfo.InvariantCulture));
        csv.Write('\n');
    }

    private static string Recipients(string[] to)
    {
        if (to is [var one] && !one.Contains(';', StringComparison.Ordinal)) return one;
        var cell = new StringBuilder();
        foreach (var person in to)
        {
            if (cell.Length > 0) cell.Append(';');
            cell.Append(person.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal));
        }
        return cell.ToString();
    }

    private static void Next(TextWriter csv, string? text)
    {
        csv.Write(',');
        Cell(csv, text);
    }

    private static void Cell(TextWriter csv, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
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
