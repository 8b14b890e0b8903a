using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Ndjson;

/// <summary>
/// Newline-delimited JSON: one record a line. Lines are physical lines from 1; blank ones are skipped; a last line
/// without an end is a line like any other, and rejected where it was cut off.
/// </summary>
public sealed class NdjsonRows : IRowSource, IDisposable
{
    /// <summary>Reads one line into a batch. <paramref name="nowMs"/> is Unix ms.</summary>
    private delegate void ReadLine(ReadOnlySpan<byte> json, RowBatch rows, long line, long nowMs);

    private readonly ByteWindow _window;
    private readonly RowLimits _limits;
    private readonly ReadLine _readLine;
    private long _line;
    private int _scanned;
    private bool _isSkipping;
    private bool _isAnythingThere;

    private NdjsonRows(Stream stream, RowLimits limits, ReadLine readLine)
    {
        _window = new ByteWindow(stream, limits.MaxBytes);
        _limits = limits;
        _readLine = readLine;
    }

    public long BytesRead => _window.BytesRead;

    /// <summary>Lines of interactions.</summary>
    public static NdjsonRows OfInteractions(Stream stream, InteractionDraft draft, RowLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new NdjsonRows(
            stream, limits, (json, rows, line, nowMs) => rows.Add(InteractionJson.Parse(json, draft, nowMs), line, json.Length));
    }

    /// <summary>Lines of people's profiles, as changes that happen now.</summary>
    public static NdjsonRows OfProfiles(Stream stream, RowLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new NdjsonRows(stream, limits, (json, rows, line, nowMs) => rows.Add(ProfileJson.Parse(json), nowMs, line, json.Length));
    }

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        while (true)
        {
            ReadLines(rows, nowMs);
            if (rows.IsFull) return true;
            if (_window.IsAtEnd) return End(rows, nowMs);
            if (!await _window.FillAsync(rows, cancellation)) return true;
        }
    }

    public void Dispose() => _window.Dispose();

    /// <summary>Reads the whole lines in the window.</summary>
    private void ReadLines(RowBatch rows, long nowMs)
    {
        while (!rows.IsFull)
        {
            var unread = _window.Unread;
            var end = unread[_scanned..].IndexOf((byte)'\n');
            if (end < 0)
            {
                _scanned = unread.Length;
                if (unread.Length > _limits.MaxLineBytes) Skip(rows);
                if (_isSkipping) Consume(_scanned);
                return;
            }
            end += _scanned;
            if (!_isSkipping) Add(unread[..end], rows, nowMs);
            _isSkipping = false;
            Consume(end + 1);
        }
    }

    private bool End(RowBatch rows, long nowMs)
    {
        rows.Unreadable = _window.Failure is { } failure ? failure with { Line = _line + 1 } : null;
        if (_window.Failure is null && !_isSkipping && _window.Unread.Length > 0) Add(_window.Unread, rows, nowMs);
        Consume(_window.Unread.Length);
        if (!_isAnythingThere && rows.Unreadable is null)
            rows.Unreadable = new Unreadable(1, InteractionFields.Line, "is empty") { IsEmpty = true };
        return false;
    }

    private void Add(ReadOnlySpan<byte> line, RowBatch rows, long nowMs)
    {
        if (line.Length > _limits.MaxLineBytes)
        {
            Skip(rows);
            return;
        }
        _line++;
        var json = line.Trim(" \t\r"u8);
        if (json.IsEmpty) return;
        _isAnythingThere = true;
        _readLine(json, rows, _line, nowMs);
    }

    /// <summary>Rejects the line begun; what is left of it passes by unread.</summary>
    private void Skip(RowBatch rows)
    {
        if (_isSkipping) return;
        _line++;
        _isSkipping = _isAnythingThere = true;
        rows.Reject(new RejectedLine(_line, null, InteractionFields.Line, _limits.TooLong));
    }

    private void Consume(int count)
    {
        _window.Consume(count);
        _scanned = 0;
    }
}
