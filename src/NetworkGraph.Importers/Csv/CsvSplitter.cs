namespace NetworkGraph.Importers.Csv;

/// <summary>One cell of a row: where it lies in the row's bytes, without its quotes.</summary>
internal readonly record struct CsvCell(int Start, int Length, bool IsQuoted, bool HasDoubledQuotes);

internal enum CsvSplit
{
    Row,

    /// <summary>The row does not end within these bytes, outside quotes.</summary>
    NoEnd,

    /// <summary>The row does not end within these bytes, because a quoted cell does not.</summary>
    OpenQuote,

    StrayQuote,
    TextAfterQuote,
}

/// <summary>
/// Splits CSV (RFC 4180) into rows and cells by bytes. Cells that are not quoted lose the white space around them; a quote
/// within one, or text after a closing quote, is an error of the row, since either may mean that a quote is missing and
/// rows have run together.
/// </summary>
/// <remarks>
/// Not CsvHelper's reader, quick as it is: where a record grows beyond its limit, as every one does behind a quote that is
/// never closed, it ends with an exception and cannot go on, and one bad line of a body must not cost the lines after it.
/// The tests hold this against CsvHelper.
/// </remarks>
internal static class CsvSplitter
{
    /// <summary>
    /// Splits the first row off <paramref name="text"/>. For <see cref="CsvSplit.Row"/>, <paramref name="consumed"/> is its
    /// length with the line's end; otherwise it says nothing.
    /// </summary>
    public static CsvSplit Split(ReadOnlySpan<byte> text, byte delimiter, bool isAll, List<CsvCell> cells, out int consumed)
    {
        cells.Clear();
        consumed = 0;
        var at = 0;
        while (true)
        {
            var outcome = SplitCell(text, delimiter, isAll, cells, ref at, out var isLast);
            if (outcome is not CsvSplit.Row) return outcome;
            if (!isLast) continue;
            consumed = at;
            return CsvSplit.Row;
        }
    }

    /// <summary>Writes a quoted cell's text, with doubled quotes made single. Returns its length.</summary>
    public static int Undouble(ReadOnlySpan<byte> cell, Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            text[length++] = cell[i];
            if (cell[i] == '"') i++;
        }
        return length;
    }

    private static CsvSplit SplitCell(ReadOnlySpan<byte> text, byte delimiter, bool isAll, List<CsvCell> cells, ref int at, out bool isLast)
    {
        isLast = false;
        var first = at;
        while (first < text.Length && text[first] == ' ' && delimiter != ' ') first++;
        if (first < text.Length && text[first] == '"')
        {
            at = first;
            return SplitQuoted(text, delimiter, isAll, cells, ref at, out isLast);
        }
        var length = text[at..].IndexOfAny(delimiter, (byte)'\n', (byte)'"');
        if (length < 0)
        {
            if (!isAll) return CsvSplit.NoEnd;
            length = text.Length - at;
        }
        var end = at + length;
        if (end < text.Length && text[end] == '"') return CsvSplit.StrayQuote;
        isLast = end == text.Length || text[end] == '\n';
        var (start, stop) = Trim(text, delimiter, at, end);
        cells.Add(new CsvCell(start, stop - start, IsQuoted: false, HasDoubledQuotes: false));
        at = Math.Min(end + 1, text.Length);
        return CsvSplit.Row;
    }

    /// <summary><paramref name="at"/> is at the opening quote.</summary>
    private static CsvSplit SplitQuoted(
        ReadOnlySpan<byte> text, byte delimiter, bool isAll, List<CsvCell> cells, ref int at, out bool isLast)
    {
        isLast = false;
        var start = at + 1;
        var end = start;
        var hasDoubled = false;
        while (true)
        {
            var quote = text[end..].IndexOf((byte)'"');
            if (quote < 0) return CsvSplit.OpenQuote;
            end += quote;
            if (end + 1 == text.Length && !isAll) return CsvSplit.OpenQuote;
            if (end + 1 == text.Length || text[end + 1] != '"') break;
            hasDoubled = true;
            end += 2;
        }
        at = end + 1;
        while (at < text.Length && text[at] != delimiter && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r') at++;
        if (at == text.Length && !isAll) return CsvSplit.NoEnd;
        isLast = at == text.Length || text[at] == '\n';
        if (!isLast && text[at] != delimiter) return CsvSplit.TextAfterQuote;
        cells.Add(new CsvCell(start, end - start, IsQuoted: true, hasDoubled));
        at = Math.Min(at + 1, text.Length);
        return CsvSplit.Row;
    }

    private static (int Start, int Stop) Trim(ReadOnlySpan<byte> text, byte delimiter, int start, int stop)
    {
        while (stop > start && IsBlank(text[stop - 1], delimiter)) stop--;
        while (start < stop && IsBlank(text[start], delimiter)) start++;
        return (start, stop);
    }

    private static bool IsBlank(byte b, byte delimiter) => b is (byte)' ' or (byte)'\t' or (byte)'\r' && b != delimiter;
}
