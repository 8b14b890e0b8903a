using System.Text;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Csv;

/// <summary>One row of a table, with its cells by heading.</summary>
public sealed class CsvTableRow
{
    private readonly CsvTable _table;
    private readonly string[] _cells;

    internal CsvTableRow(CsvTable table, long line, string[] cells) => (_table, Line, _cells) = (table, line, cells);

    public long Line { get; }

    /// <summary>Why the row could not be split; null where it could.</summary>
    public string? Broken { get; init; }

    public bool IsBlank => Array.TrueForAll(_cells, string.IsNullOrWhiteSpace);

    /// <summary>The trimmed cell under the first of these headings that the table has; empty for none.</summary>
    public string this[params ReadOnlySpan<string> headings]
    {
        get
        {
            foreach (var heading in headings)
                if (_table.ColumnOf(heading) is var column and >= 0 && column < _cells.Length) return _cells[column].Trim();
            return "";
        }
    }

    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Whether the table has a column of this heading, in any case and spelling.</summary>
    public bool Has(string heading) => _table.Has(heading);
}

/// <summary>
/// A CSV file as text, row by row, with the header found below whatever stands above it, in any encoding and with any usual
/// delimiter. For exports of other programs, whose columns are found by their headings; holds one row at a time.
/// </summary>
public sealed class CsvTable : IDisposable
{
    private const int MaxPreambleRows = 10;

    private readonly Stream _stream;
    private readonly List<CsvCell> _cells = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly byte _delimiter;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _line = 1;
    private bool _isAtEnd;
    private bool _isSkipping;

    private CsvTable(Stream stream, byte delimiter) => (_stream, _delimiter) = (stream, delimiter);

    public IReadOnlyList<string> Headings { get; private set; } = [];

    /// <summary>The line that the header begins at, from 1.</summary>
    public long HeaderLine { get; private set; }

    /// <summary>Opens a table; null where no row among the first ten is a header.</summary>
    public static CsvTable? Open(ImportFile file, Func<IReadOnlyList<string>, bool> isHeader)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(isHeader);
        return Open(file, isHeader, file.Open);
    }

    /// <summary>Opens the beginning of a table alone, to find out what it is; null where no row among the first ten is a header.</summary>
    internal static CsvTable? OpenBeginning(ImportFile file, Func<IReadOnlyList<string>, bool> isHeader)
    {
        var beginning = file.Head.ToArray();
        return Open(file, isHeader, () => new MemoryStream(beginning, writable: false));
    }

    /// <summary>Whether a file is a table with such a header, by its beginning.</summary>
    public static bool Is(ImportFile file, Func<IReadOnlyList<string>, bool> isHeader)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(isHeader);
        using var table = OpenBeginning(file, isHeader);
        return table is not null;
    }

    private static CsvTable? Open(ImportFile file, Func<IReadOnlyList<string>, bool> isHeader, Func<Stream> open)
    {
        var lines = file.HeadText.Split('\n', MaxPreambleRows + 5);
        foreach (var delimiter in lines.Take(MaxPreambleRows + 4).Select(
            line => CsvDelimiter.Recognise(Encoding.UTF8.GetBytes(line))).Prepend((byte)',').Distinct())
        {
            var table = new CsvTable(TextEncodings.ToUtf8(open(), TextEncodings.Recognise(file.Head)), delimiter);
            if (table.FindHeader(isHeader)) return table;
            table.Dispose();
        }
        return null;
    }

    /// <summary>Whether the table has a column of this heading, in any case and spelling.</summary>
    public bool Has(string heading) => ColumnOf(heading) >= 0;

    public int ColumnOf(string heading) => _columns.GetValueOrDefault(CsvHeadings.Fold(heading), -1);

    /// <summary>The rows below the header that are not blank.</summary>
    public IEnumerable<CsvTableRow> Rows(CancellationToken cancellation)
    {
        while (Next() is { } row)
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Broken is not null || !row.IsBlank) yield return row;
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool FindHeader(Func<IReadOnlyList<string>, bool> isHeader)
    {
        for (var i = 0; i < MaxPreambleRows; i++)
        {
            if (Next() is not { } row) return false;
            if (row.Broken is not null || !isHeader(row.Cells)) continue;
            HeaderLine = row.Line;
            Headings = [.. row.Cells.Select(cell => cell.Trim())];
            for (var column = 0; column < Headings.Count; column++) _columns.TryAdd(CsvHeadings.Fold(Headings[column]), column);
            return true;
        }
        return false;
    }

    private CsvTableRow? Next()
    {
        while (true)
        {
            if (_isSkipping && !SkipLine()) return null;
            var unread = _buffer.AsSpan(_start, _end - _start);
            if (unread.IsEmpty && _isAtEnd) return null;
            var split = unread.IsEmpty
                ? CsvSplit.NoEnd : CsvSplitter.Split(unread, _delimiter, _isAtEnd, _cells, out var consumed) is var outcome
                && outcome is CsvSplit.Row ? Take(consumed) : outcome;
            switch (split)
            {
                case CsvSplit.Row:
                    return _row;
                case CsvSplit.NoEnd or CsvSplit.OpenQuote when !_isAtEnd && unread.Length < RowLimits.Default.MaxLineBytes:
                    Fill();
                    continue;
                default:
                    _isSkipping = true;
                    return new CsvTableRow(this, _line, []) { Broken = Reason(split) };
            }
        }
    }

    private CsvTableRow? _row;

    private CsvSplit Take(int consumed)
    {
        var bytes = _buffer.AsSpan(_start, consumed);
        var cells = new string[_cells.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var text = Encoding.UTF8.GetString(bytes.Slice(_cells[i].Start, _cells[i].Length));
            cells[i] = _cells[i].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
        if (_line == 1 && cells.Length > 0) cells[0] = cells[0].TrimStart('\uFEFF').Trim('"');
        _row = new CsvTableRow(this, _line, cells);
        _line += bytes.Count((byte)'\n');
        _start += consumed;
        return CsvSplit.Row;
    }

    private bool SkipLine()
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _start += end + 1;
                _line++;
                _isSkipping = false;
                return true;
            }
            _start = _end;
            if (_isAtEnd) return false;
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        if (count == 0) _isAtEnd = true;
    }

    private static string Reason(CsvSplit split) => split switch
    {
        CsvSplit.OpenQuote => "has a quote that is never closed",
        CsvSplit.StrayQuote => "has a quote within a cell that is not quoted",
        CsvSplit.TextAfterQuote => "has text after a closing quote",
        _ => "is too long",
    };
}
