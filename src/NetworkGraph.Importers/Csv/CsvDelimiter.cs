using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>What separates the columns of a file, as its first line shows.</summary>
internal static class CsvDelimiter
{
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>
    /// The delimiter by which most cells of a header are fields' names; where that does not decide, the one that occurs most
    /// outside quotes; a comma where none does.
    /// </summary>
    public static byte Recognise(ReadOnlySpan<byte> line)
    {
        var best = (byte)',';
        var bestScore = 0;
        foreach (var candidate in Candidates)
        {
            var score = Score(line, candidate);
            if (score <= bestScore) continue;
            (best, bestScore) = (candidate, score);
        }
        return best;
    }

    /// <summary>Whether the line is Excel's <c>sep=;</c>.</summary>
    public static bool IsDeclaration(ReadOnlySpan<byte> line, out byte delimiter)
    {
        delimiter = 0;
        line = line.Trim((byte)'"');
        if (line.Length != 5 || !Ascii.EqualsIgnoreCase(line[..4], "sep="u8)) return false;
        delimiter = line[4];
        return true;
    }

    public static string NameOf(byte delimiter) => delimiter switch
    {
        (byte)';' => "semicolons",
        (byte)'\t' => "tabs",
        (byte)',' => "commas",
        (byte)'|' => "bars",
        (byte)' ' => "spaces",
        _ => $"'{(char)delimiter}'",
    };

    private static int Score(ReadOnlySpan<byte> line, byte delimiter)
    {
        var cells = 0;
        var known = 0;
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"') isQuoted = !isQuoted;
            if (i < line.Length && (isQuoted || line[i] != delimiter)) continue;
            var heading = Encoding.UTF8.GetString(line[start..i]).Trim(' ', '"');
            if (InteractionFields.TryFindLoosely(heading, out _) || CsvHeadings.TryFind(heading, out _)) known++;
            start = i + 1;
            cells++;
        }
        return (cells - 1) + (cells > 1 ? known * 100 : 0);
    }
}
