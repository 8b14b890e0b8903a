using System.Buffers;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// Splits an mbox file into messages, whichever way it quotes lines that begin with From: mboxo, mboxrd, mboxcl (whose Content-Length
/// counts), Google Takeout, Thunderbird (which quotes nothing) and Pipermail. Holds one header, and of the body as much as is asked for.
/// </summary>
/// <remarks>
/// A line is a boundary where it is a From_ line by its form (<see cref="FromLine"/>) and a header field follows it. MimeKit's own
/// parser takes any body line that begins with "From " for one.
/// </remarks>
internal sealed class MboxReader(Stream stream, int maxBodyBytes) : IDisposable
{
    private const int MaxHeaderBytes = 1 << 20;
    private const int MaxLineBytes = 2048;
    private const int MaxHeaderLookedAt = 4096;
    private const int MaxCountedBody = 8 << 20;
    private const int ReadBytes = 1 << 18;

    private byte[] _buffer = new byte[ReadBytes * 2];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _isBegun;

    /// <summary>The length of the From_ line that stands next, where that was found out already; 0 for unknown.</summary>
    private int _boundary;
    private byte[] _header = new byte[1 << 14];
    private int _headerLength;
    private readonly ArrayBufferWriter<byte> _body = new();

    /// <summary>The From_ line of the message, without its line end; empty where the file has none.</summary>
    public string FromLine { get; private set; } = "";

    /// <summary>The header block, up to and without the blank line.</summary>
    public ReadOnlySpan<byte> Header => _header.AsSpan(0, _headerLength);

    /// <summary>The beginning of the body as it stands in the file.</summary>
    public ReadOnlySpan<byte> Body => _body.WrittenSpan;

    /// <summary>Which message of the file it is, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Goes on to the next message; false at the end.</summary>
    public bool Next()
    {
        if (!_isBegun) Begin();
        Need(1);
        if (_start == _end) return false;
        Number++;
        FromLine = "";
        var length = _boundary;
        _boundary = 0;
        if (length > 0 || IsBoundary(0, isAfterBlank: true, out length))
        {
            FromLine = Mail.FromLine.Text(_buffer.AsSpan(_start, length));
            _start += length;
        }
        ReadHeader();
        ReadBody();
        return true;
    }

    public void Dispose() => stream.Dispose();

    private void Begin()
    {
        _isBegun = true;
        Need(3);
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
        while (Need(1) && _buffer[_start] is (byte)'\r' or (byte)'\n') _start++;
    }

    private void ReadHeader()
    {
        _headerLength = 0;
        while (true)
        {
            var length = LineLength(0);
            if (length == 0) return;
            var line = _buffer.AsSpan(_start, length);
            if (line.TrimEnd("\r\n"u8).IsEmpty)
            {
                _start += length;
                return;
            }
            if (_headerLength > 0 && line.StartsWith("From "u8) && IsBoundary(0, isAfterBlank: false, out _)) return;
            if (_headerLength + length <= MaxHeaderBytes)
            {
                if (_header.Length < _headerLength + length)
                    Array.Resize(ref _header, Math.Max(_header.Length * 2, _headerLength + length));
                _buffer.AsSpan(_start, length).CopyTo(_header.AsSpan(_headerLength));
                _headerLength += length;
            }
            _start += length;
        }
    }

    private void ReadBody()
    {
        _body.ResetWrittenCount();
        if (_headerLength > 0 && MailHeader.ContentLength(Header) is { } counted && counted <= MaxCountedBody && TryCounted((int)counted))
            return;
        // The blank line before a message may be missing, so each line that begins with "From " is looked at.
        var isAfterBlank = true;
        while (true)
        {
            Need(MaxLineBytes);
            var unread = _buffer.AsSpan(_start, _end - _start);
            if (unread.IsEmpty) return;
            if (unread.StartsWith("From "u8) && IsBoundary(0, isAfterBlank, out _boundary)) return;
            _boundary = 0;
            var at = unread.IndexOf("\nFrom "u8);
            var whole = at >= 0 ? at + 1 : _isAtEnd ? unread.Length : Math.Max(1, unread.Length - 5);
            isAfterBlank = at >= 1 && unread[at - 1] is (byte)'\n' || at >= 2 && unread[at - 1] == '\r' && unread[at - 2] == '\n';
            Keep(unread[..whole]);
            _start += whole;
        }
    }

    /// <summary>Takes the body by its Content-Length, where a boundary or the file's end stands behind it.</summary>
    private bool TryCounted(int length)
    {
        Need(length + MaxLineBytes);
        var available = _end - _start;
        if (available < length) return false;
        var behind = length;
        while (behind < available && _buffer[_start + behind] is (byte)'\r' or (byte)'\n') behind++;
        if (behind < available && !IsBoundary(behind, isAfterBlank: true, out _)) return false;
        Keep(_buffer.AsSpan(_start, length));
        _start += behind;
        return true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = maxBodyBytes - _body.WrittenCount;
        if (room > 0) _body.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    /// <summary>Whether a message begins at an offset. <paramref name="length"/> is that of its From_ line.</summary>
    private bool IsBoundary(int offset, bool isAfterBlank, out int length)
    {
        Need(offset + MaxLineBytes);
        length = 0;
        if (!_buffer.AsSpan(_start + offset, Math.Min(5, _end - _start - offset)).SequenceEqual("From "u8)) return false;
        length = LineLength(offset);
        if (length is 0 or > MaxLineBytes / 2) return false;
        var form = Mail.FromLine.FormOf(_buffer.AsSpan(_start + offset, length).TrimEnd("\r\n"u8));
        if (form is FromLineForm.None || form is FromLineForm.Empty or FromLineForm.Day && !isAfterBlank) return false;
        Need(offset + length + MaxHeaderLookedAt);
        var rest = _buffer.AsSpan(_start + offset + length, Math.Max(0, Math.Min(MaxHeaderLookedAt, _end - _start - offset - length)));
        if (form is not FromLineForm.Dated) return MailHeader.HasKnownField(rest);
        // A message may be empty, or begin with a line that is no field; text that looks like this one is followed by neither.
        return rest.IsEmpty || MailHeader.IsField(rest) || MailHeader.HasKnownField(rest) || isAfterBlank
            && rest[0] is (byte)'\n' or (byte)'\r';
    }

    /// <summary>The length of the line at an offset, with its end; a longer one than the buffer can take is cut.</summary>
    private int LineLength(int offset)
    {
        for (var wanted = MaxLineBytes; ; wanted *= 2)
        {
            Need(offset + wanted);
            var rest = _buffer.AsSpan(_start + offset, Math.Max(0, _end - _start - offset));
            var end = rest.IndexOf((byte)'\n');
            if (end >= 0) return end + 1;
            if (_isAtEnd || rest.Length >= MaxHeaderBytes) return rest.Length;
        }
    }

    /// <summary>Reads until so many bytes are there; false where the file ends before.</summary>
    private bool Need(int count)
    {
        while (_end - _start < count && !_isAtEnd)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            if (_buffer.Length - _end < ReadBytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, count + ReadBytes));
            var read = stream.Read(_buffer, _end, ReadBytes);
            _end += read;
            _isAtEnd = read == 0;
        }
        return _end - _start >= count;
    }
}
