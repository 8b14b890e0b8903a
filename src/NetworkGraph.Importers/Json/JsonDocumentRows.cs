using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Json;

/// <summary>
/// A JSON document: one interaction (or profile), or an array of them read element by element. Lines are elements from 1. An element
/// that is wrong is rejected; an array whose commas and brackets are, could not be parsed past a fault.
/// </summary>
public sealed class JsonDocumentRows : IRowSource, IDisposable
{
    /// <summary>Reads one element into a batch. An element of an array that is no object at all is rejected; as a whole document it is
    /// told, and not added.</summary>
    private delegate Rejection? ReadElement(ReadOnlySpan<byte> json, RowBatch rows, long line, long nowMs, bool isWhole);

    private enum Place
    {
        Start,
        FirstElement,
        NextElement,
        InElement,
        AfterElement,
        InObject,
        AfterArray,
        End,
    }

    private readonly ByteWindow _window;
    private readonly RowLimits _limits;
    private readonly ReadElement _read;
    private Place _place;
    private ElementScan _scan;
    private int _scanned;
    private bool _isTooLong;
    private long _line;

    /// <summary>Interactions.</summary>
    public JsonDocumentRows(Stream stream, InteractionDraft draft, RowLimits limits)
        : this(stream, limits, (json, rows, line, nowMs, isWhole) =>
        {
            var parsed = InteractionJson.Parse(json, draft, nowMs);
            if (isWhole && parsed.IsMalformed) return parsed.Rejection;
            rows.Add(parsed, line, json.Length);
            return null;
        })
    {
    }

    private JsonDocumentRows(Stream stream, RowLimits limits, ReadElement read)
    {
        ArgumentNullException.ThrowIfNull(limits);
        (_window, _limits, _read) = (new ByteWindow(stream, limits.MaxBytes), limits, read);
    }

    /// <summary>People's profiles, as changes that happen now.</summary>
    public static JsonDocumentRows OfProfiles(Stream stream, RowLimits limits) => new(stream, limits, (json, rows, line, nowMs, isWhole) =>
    {
        var parsed = ProfileJson.Parse(json);
        if (isWhole && parsed.IsMalformed) return parsed.Rejection;
        rows.Add(parsed, nowMs, line, json.Length);
        return null;
    });

    public long BytesRead => _window.BytesRead;

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        while (true)
        {
            while (!rows.IsFull && _place != Place.End && Step(rows, nowMs))
            {
            }
            if (_place == Place.End) return false;
            if (rows.IsFull) return true;
            if (_window.IsAtEnd)
            {
                EndOfBytes(rows, nowMs);
                return false;
            }
            if (!await _window.FillAsync(rows, cancellation)) return true;
        }
    }

    public void Dispose() => _window.Dispose();

    /// <summary>Goes on by one token; false where more bytes are needed.</summary>
    private bool Step(RowBatch rows, long nowMs)
    {
        if (_place is Place.InElement) return StepElement(rows, nowMs);
        if (_place is Place.InObject) return StepObject(rows);
        var blank = _window.Unread.IndexOfAnyExcept(" \t\r\n"u8);
        _window.Consume(blank < 0 ? _window.Unread.Length : blank);
        if (blank < 0) return false;
        var next = _window.Unread[0];
        switch (_place)
        {
            case Place.Start when next == '[':
                MoveTo(Place.FirstElement);
                break;
            case Place.Start when next == '{':
                _line = 1;
                _place = Place.InObject;
                break;
            case Place.Start:
                Fail(rows, 1, "is not JSON: it must be an object, or an array of objects");
                break;
            case Place.FirstElement when next == ']':
            case Place.AfterElement when next == ']':
                MoveTo(Place.AfterArray);
                break;
            case Place.AfterElement when next == ',':
                MoveTo(Place.NextElement);
                break;
            case Place.AfterElement:
                Fail(rows, _line, $"is broken after element {_line}: a comma or the array's end must follow");
                break;
            case Place.AfterArray:
                Fail(rows, _line, "has more after the end of the array");
                break;
            case Place.FirstElement or Place.NextElement when next is (byte)',' or (byte)']' or (byte)'}':
                Fail(rows, _line + 1, $"is broken: element {_line + 1} is missing");
                break;
            default:
                _line++;
                _scan = default;
                _scanned = 0;
                _isTooLong = false;
                _place = Place.InElement;
                break;
        }
        return true;
    }

    private bool StepElement(RowBatch rows, long nowMs)
    {
        var unread = _window.Unread;
        var isEnd = _scan.TryEnd(unread, ref _scanned);
        if (!_isTooLong && _scanned > _limits.MaxLineBytes)
        {
            _isTooLong = true;
            rows.Reject(new RejectedLine(_line, null, InteractionFields.Line, _limits.TooLong));
        }
        if (isEnd)
        {
            if (!_isTooLong) _read(unread[.._scanned], rows, _line, nowMs, isWhole: false);
            _place = Place.AfterElement;
        }
        if (!isEnd && !_isTooLong) return false;
        // What is too long passes by unread; only its end matters.
        _window.Consume(_scanned);
        _scanned = 0;
        return isEnd;
    }

    /// <summary>An object that is the whole document is read when all of it is there, and nothing after it.</summary>
    private bool StepObject(RowBatch rows)
    {
        if (_window.Unread.Length <= _limits.MaxLineBytes) return false;
        var tooLong = new Unreadable(1, InteractionFields.Line, _limits.TooLong) { IsTooLarge = true };
        End(rows, tooLong);
        return true;
    }

    private void EndOfBytes(RowBatch rows, long nowMs)
    {
        if (_window.Failure is { } failure)
        {
            End(rows, failure with { Line = Math.Max(_line, 1) });
        }
        else if (_place is Place.AfterArray)
        {
            End(rows, null);
        }
        else if (_place is Place.Start)
        {
            End(rows, new Unreadable(1, InteractionFields.Line, "is empty") { IsEmpty = true });
        }
        else if (_place is not Place.InObject)
        {
            Fail(rows, Math.Max(_line, 1), _place is Place.InElement ? $"is cut off within element {_line}"
                : $"is cut off after element {_line}");
        }
        else
        {
            var malformed = _read(_window.Unread, rows, 1, nowMs, isWhole: true);
            End(rows, malformed is { } reason ? new Unreadable(1, reason.Field, reason.Reason) : null);
        }
    }

    private void Fail(RowBatch rows, long line, string reason) => End(rows, new Unreadable(line, InteractionFields.Line, reason));

    private void End(RowBatch rows, Unreadable? unreadable)
    {
        rows.Unreadable = unreadable;
        _place = Place.End;
    }

    private void MoveTo(Place place)
    {
        _window.Consume(1);
        _place = place;
    }
}
