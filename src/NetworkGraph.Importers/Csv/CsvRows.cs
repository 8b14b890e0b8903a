using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Csv;

/// <summary>
/// CSV with a header of field names, or with columns named by the options. Lines are physical lines from 1, of a row's
/// beginning; the header is line 1. A row that is wrong is rejected, and reading goes on at the next line.
/// </summary>
/// <remarks>
/// Split by our own reader and not by a library: rows of a request body need a bound on a row's size, a way on behind a quote
/// that never closes, broken UTF-8 reported instead of replaced, and cells as bytes. Tests hold it against CsvHelper.
/// </remarks>
public sealed class CsvRows(Stream stream, CsvOptions options, InteractionDraft draft, RowLimits limits, long linesBeforeHeader = 0)
    : IRowSource, IDisposable
{
    private readonly ByteWindow _window = new(stream, limits.MaxBytes);
    private readonly List<CsvCell> _cells = [];
    private byte? _delimiter = options.Delimiter;
    private readonly MailGroups _mails = new();
    private IReadOnlyList<InteractionField?>? _columns = options.Columns;
    private readonly List<string> _notes = [];
    private byte[] _undoubled = [];
    private long _line = 1;
    private bool _isSkipping = linesBeforeHeader > 0;
    private bool _isAnythingThere;
    private int _dateColumn = -1;
    private int _timeColumn = -1;

    public long BytesRead => _window.BytesRead;

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        while (true)
        {
            while (!rows.IsFull && rows.Unreadable is null && Step(rows, nowMs))
            {
            }
            if (rows.Unreadable is not null)
            {
                _mails.Flush(rows);
                return false;
            }
            if (rows.IsFull) return true;
            if (_window.IsAtEnd)
            {
                _mails.Flush(rows);
                if (_window.Failure is { } failure) rows.Unreadable = failure with { Line = _line };
                else if (!_isAnythingThere) rows.Unreadable = new Unreadable(1, InteractionFields.Line, "is empty") { IsEmpty = true };
                return false;
            }
            if (!await _window.FillAsync(rows, cancellation)) return true;
        }
    }

    public void Dispose() => _window.Dispose();

    /// <summary>What was noticed about the file while its header was read, in sentences.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Reads one row; false where more bytes are needed.</summary>
    private bool Step(RowBatch rows, long nowMs)
    {
        var unread = _window.Unread;
        if (unread.IsEmpty || _window.Failure is not null) return false;
        if (_isSkipping) return SkipLine();
        // No more is looked at than a row may have, so that what is said of it does not depend on what has arrived after it.
        var isCut = unread.Length > limits.MaxLineBytes + 1;
        if (isCut) unread = unread[..(limits.MaxLineBytes + 1)];
        if (_delimiter is not { } delimiter) return TryDelimiter(unread, _window.IsAtEnd || isCut);
        var split = CsvSplitter.Split(unread, delimiter, _window.IsAtEnd && !isCut, _cells, out var consumed);
        switch (split)
        {
            case CsvSplit.Row:
                TakeRow(unread[..consumed], rows, nowMs);
                _line += _cells.Exists(c => c.IsQuoted) ? unread[..consumed].Count((byte)'\n') : 1;
                _window.Consume(consumed);
                return true;
            case CsvSplit.NoEnd or CsvSplit.OpenQuote when !_window.IsAtEnd && !isCut:
                return false;
            case CsvSplit.OpenQuote:
                Reject(rows, "has a quote that is never closed");
                break;
            case CsvSplit.StrayQuote:
                Reject(rows, "has a quote within a cell that is not quoted");
                break;
            case CsvSplit.TextAfterQuote:
                Reject(rows, "has text after a closing quote");
                break;
            default:
                Reject(rows, limits.TooLong);
                break;
        }
        _isSkipping = true;
        return true;
    }

    /// <summary>
    /// Finds out what separates the columns by the first line; Excel's <c>sep=;</c> says it. False where more of the line is needed.
    /// </summary>
    private bool TryDelimiter(ReadOnlySpan<byte> unread, bool isAll)
    {
        var end = unread.IndexOf((byte)'\n');
        if (end < 0 && !isAll) return false;
        var line = (end < 0 ? unread : unread[..end]).TrimEnd((byte)'\r');
        if (CsvDelimiter.IsDeclaration(line, out var declared) && end >= 0)
        {
            _window.Consume(end + 1);
            _line++;
            _delimiter = declared;
            return true;
        }
        _delimiter = CsvDelimiter.Recognise(line);
        if (_delimiter is not (byte)',') _notes.Add($"Columns are separated by {CsvDelimiter.NameOf(_delimiter.Value)}.");
        return true;
    }

    /// <summary>Passes by the rest of a line that was rejected.</summary>
    private bool SkipLine()
    {
        var end = _window.Unread.IndexOf((byte)'\n');
        _window.Consume(end < 0 ? _window.Unread.Length : end + 1);
        if (end < 0) return false;
        _line++;
        _isSkipping = _line <= linesBeforeHeader;
        return true;
    }

    private void Reject(RowBatch rows, string reason)
    {
        _isAnythingThere = true;
        // Without a header nothing after it can be understood.
        if (_columns is null)
            rows.Unreadable = new Unreadable(_line, InteractionFields.Line, $"has a header that cannot be read: it {reason}");
        else rows.Reject(new RejectedLine(_line, null, InteractionFields.Line, reason));
    }

    private void TakeRow(ReadOnlySpan<byte> row, RowBatch rows, long nowMs)
    {
        // Spreadsheets write rows of nothing but delimiters below the data, and old editors end a file with Ctrl-Z.
        if (IsBlank(row)) return;
        _isAnythingThere = true;
        if (_columns is null)
        {
            ReadHeader(row, rows);
            return;
        }
        draft.Clear();
        foreach (var (field, text) in options.Constants) CsvCells.Set(draft, field, text, options.Time);
        for (var i = 0; i < _cells.Count && i < _columns.Count; i++)
            if (_columns[i] is { } field && i != _dateColumn) CsvCells.Set(draft, field, Text(row, _cells[i]), options.Time);
        if (_dateColumn >= 0 && _dateColumn < _cells.Count) SetDateAndTime(row);
        if (!HasCellPerColumn())
            draft.RejectMalformed(InteractionFields.Line, $"has {_cells.Count} cells, where there are {_columns.Count} columns");
        var isDerived = draft.Id is null;
        var parsed = draft.Complete(nowMs);
        if (parsed.Interaction is { } one) _mails.Add(one, isDerived, _line, row.Length, rows);
        else rows.Add(parsed, _line, row.Length);
    }

    private bool IsBlank(ReadOnlySpan<byte> row)
    {
        if (_cells is [{ IsQuoted: false } only] && row.Slice(only.Start, only.Length) is [0x1A]) return true;
        foreach (var cell in _cells)
            if (cell.Length > 0 || cell.IsQuoted) return false;
        return true;
    }

    /// <summary>Empty cells too many do no harm: spreadsheets write them.</summary>
    private bool HasCellPerColumn()
    {
        for (var i = _columns!.Count; i < _cells.Count; i++)
            if (_cells[i].Length > 0) return false;
        if (_cells.Count >= _columns.Count) return true;
        if (!options.LeavesOutUnknownColumns) return false;
        // What is missing at the end may be missing, unless it is what a row cannot do without.
        for (var i = _cells.Count; i < _columns.Count; i++)
            if (_columns[i] is InteractionField.At or InteractionField.From or InteractionField.To or InteractionField.Kind) return false;
        return true;
    }

    private void SetDateAndTime(ReadOnlySpan<byte> row)
    {
        var date = Encoding.UTF8.GetString(Text(row, _cells[_dateColumn]));
        var time = _timeColumn < _cells.Count ? Encoding.UTF8.GetString(Text(row, _cells[_timeColumn])) : "";
        CsvCells.Set(draft, InteractionField.At, Encoding.UTF8.GetBytes(CsvHeader.Joined(date, time)), options.Time);
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> row, CsvCell cell)
    {
        var text = row.Slice(cell.Start, cell.Length);
        if (!cell.HasDoubledQuotes) return WithoutTextMark(text);
        if (_undoubled.Length < text.Length) _undoubled = new byte[text.Length];
        return WithoutTextMark(_undoubled.AsSpan(0, CsvSplitter.Undouble(text, _undoubled)));
    }

    /// <summary>
    /// Takes off the apostrophe that keeps spreadsheets from computing a cell (<see cref="InteractionCsv.IsTakenForFormula"/>).
    /// </summary>
    private static ReadOnlySpan<byte> WithoutTextMark(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '\'') return text;
        var marked = text.TrimStart((byte)'\'');
        return !marked.IsEmpty && marked[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r'
            ? text[1..] : text;
    }

    private void ReadHeader(ReadOnlySpan<byte> row, RowBatch rows)
    {
        var headings = new string[_cells.Count];
        for (var i = 0; i < headings.Length; i++) headings[i] = Encoding.UTF8.GetString(Text(row, _cells[i]));
        var errors = new List<string>();
        _columns = CsvHeader.Read(headings, options, errors, _notes);
        var dateColumn = _columns.ToList().IndexOf(InteractionField.At);
        if (!options.LeavesOutUnknownColumns || CsvHeader.TimeOfDay(headings, dateColumn) is not (>= 0 and var timeColumn)
            || _columns[timeColumn] is not null)
        {
            if (errors.Count > 0) rows.Unreadable = new Unreadable(_line, InteractionFields.Line, string.Join("; ", errors));
            return;
        }
        (_dateColumn, _timeColumn) = (dateColumn, timeColumn);
        _notes.RemoveAll(note => note == CsvHeader.LeftOut(headings[timeColumn]));
        _notes.Add($"The column '{headings[timeColumn]}' is taken for the time of day of '{headings[dateColumn]}'.");
        if (errors.Count > 0) rows.Unreadable = new Unreadable(_line, InteractionFields.Line, string.Join("; ", errors));
    }
}
